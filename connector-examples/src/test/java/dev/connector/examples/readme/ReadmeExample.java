package dev.connector.examples.readme;

import dev.connector.core.RuntimeConnector;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.AccessStrategy;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.Revocation;
import dev.connector.strategies.iam.IamGroupPattern;
import dev.connector.strategies.iam.IamGroupStrategy;
import dev.connector.strategies.iam.IamGroupTarget;
import dev.connector.testing.SimulatedAws;
import dev.connector.testkit.Change;
import dev.connector.testkit.ServiceProcess;
import dev.connector.testkit.StrategyTestKit;
import dev.connector.testkit.StrategyWorld;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import software.amazon.awssdk.regions.Region;

/** The code of the README and of the pages that it leads to, so that the compiler sees it. {@link ReadmeTest} compares. */
final class ReadmeExample {

    private ReadmeExample() {}

    static void connect(String externalId) {
        // README: begin
        try (RuntimeConnector connector = RuntimeConnector.builder()
                        .roleArn("arn:aws:iam::111122223333:role/sym/SymRuntimeMain")
                        .externalId(externalId)
                        .environment("main")
                        .region(Region.US_EAST_1)
                        .build();
                IamGroupStrategy strategy = IamGroupStrategy.builder()
                        .connector(connector)
                        .roleArn("arn:aws:iam::111122223333:role/sym/SymIAMMain")
                        .allowedGroups(IamGroupPattern.of("/sym/", "OnCall"))
                        .build()) {
            Grant grant = strategy.escalate(
                    AccessRequest.builder(Requester.of("ada@example.com"), IamGroupTarget.of("/sym/", "OnCall"))
                            .reason("INC-42")
                            .duration(Duration.ofHours(1))
                            .build());
            // Store grant.toJson(); at grant.endsAt() end it, in this process or another.
            Revocation revocation = strategy.deescalate(grant);
            System.out.println(revocation.result());
        }
        // README: end
    }

    // own-strategy: begin
    record MyWorld(SimulatedAws aws, Map<String, String> runtime, Map<String, String> role)
            implements StrategyWorld<IamGroupTarget> {

        static MyWorld create() {
            SimulatedAws aws = SimulatedAws.create();
            Stream.of("ada", "bob", "cleo", "dan").forEach(aws.iam()::createUser);
            Stream.of("OnCall", "Billing", "Audit").forEach(group -> aws.iam().createGroup("/sym/", group));
            return new MyWorld(aws, aws.runtimeConnector("main"), aws.iamConnector("main"));
        }

        @Override
        public List<Requester> people() {
            return Stream.of("ada", "bob", "cleo", "dan").map(Requester::of).toList();
        }

        @Override
        public List<IamGroupTarget> targets() {
            return Stream.of("OnCall", "Billing", "Audit")
                    .map(group -> IamGroupTarget.of("/sym/", group))
                    .toList();
        }

        @Override
        public AccessStrategy<IamGroupTarget> start(ServiceProcess<IamGroupTarget> process) {
            return MyStrategy.of(process.connector(runtime, "main"), role, process.allowed(), process.revocable());
        }

        @Override
        public Set<String> principals(IamGroupTarget group) {
            return aws.iam().memberIds(group.groupName());
        }

        @Override
        public boolean change(Change change, Requester person, IamGroupTarget group) {
            switch (change) {
                case ACCESS_GIVEN -> aws.iam().addUserToGroup(person.username(), group.groupName());
                case ACCESS_TAKEN -> aws.iam().removeUserFromGroup(person.username(), group.groupName());
                default -> {
                    return false;
                }
            }
            return true;
        }
    }

    static void keepsItsWord() {
        System.out.println(StrategyTestKit.of(MyWorld::create).run());
    }
    // own-strategy: end

    static Revocation store(
            IamGroupStrategy strategy, AccessRequest<IamGroupTarget> request, Map<UUID, String> store, UUID id) {
        // README: begin
        Grant prepared = strategy.prepare(request); // changes nothing
        store.put(prepared.requestId(), prepared.toJson());
        Grant granted = strategy.resume(prepared);
        store.put(granted.requestId(), granted.toJson());
        // Later, in any process with a strategy of the same account and role:
        Revocation end = strategy.deescalate(Grant.fromJson(store.get(id)));
        // README: end
        return end;
    }
}
