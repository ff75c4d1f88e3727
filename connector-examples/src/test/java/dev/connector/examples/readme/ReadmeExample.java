package dev.connector.examples.readme;

import dev.connector.core.RuntimeConnector;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.Revocation;
import dev.connector.strategies.iam.IamGroupPattern;
import dev.connector.strategies.iam.IamGroupStrategy;
import dev.connector.strategies.iam.IamGroupTarget;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.regions.Region;

/** The README's code, so that the compiler sees it. {@link ReadmeTest} compares. */
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
