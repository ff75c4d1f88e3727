package dev.connector.examples.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.connector.core.strategy.AccessStrategy;
import dev.connector.core.strategy.Requester;
import dev.connector.strategies.iam.IamGroupPattern;
import dev.connector.strategies.iam.IamGroupStrategy;
import dev.connector.strategies.iam.IamGroupTarget;
import dev.connector.testing.SimulatedAws;
import dev.connector.testkit.Change;
import dev.connector.testkit.Report;
import dev.connector.testkit.ServiceProcess;
import dev.connector.testkit.StrategyTestKit;
import dev.connector.testkit.StrategyWorld;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;

class TestKitApiTest {

    @Test
    void kit_ofAWorld_tellsAsManyHistoriesAsItWasTold() {
        Report report = StrategyTestKit.of(Offices::create)
                .seed(7)
                .histories(3)
                .pairs(1)
                .histories();

        assertThat(report.runs()).isEqualTo(3);
        assertThat(report.notTried()).isEmpty();
        assertThat(report.toString()).contains("Random histories, seed 7");
    }

    @Test
    void kit_withoutAWorld_isRefused() {
        assertThatNullPointerException()
                .isThrownBy(() -> StrategyTestKit.<IamGroupTarget>of(null))
                .withMessage("worlds");
    }

    @Test
    void numbers_belowOne_areRefused() {
        StrategyTestKit<IamGroupTarget> kit = StrategyTestKit.of(Offices::create);

        assertThatIllegalArgumentException().isThrownBy(() -> kit.histories(0)).withMessageContaining("not 0");
        assertThatIllegalArgumentException().isThrownBy(() -> kit.pairs(0)).withMessageContaining("not 0");
    }

    private static final class Offices implements StrategyWorld<IamGroupTarget> {

        private static final List<String> NAMES = List.of("ada", "bob", "cleo", "dan");
        private static final List<String> GROUPS = List.of("OnCall", "Billing", "Audit");

        private final SimulatedAws aws = SimulatedAws.create();
        private final Map<String, String> runtime = aws.runtimeConnector("main");
        private final Map<String, String> role = aws.iamConnector("main");

        static Offices create() {
            Offices offices = new Offices();
            NAMES.forEach(offices.aws.iam()::createUser);
            GROUPS.forEach(group -> offices.aws.iam().createGroup("/sym/", group));
            return offices;
        }

        @Override
        public SimulatedAws aws() {
            return aws;
        }

        @Override
        public List<Requester> people() {
            return NAMES.stream().map(Requester::of).toList();
        }

        @Override
        public List<IamGroupTarget> targets() {
            return GROUPS.stream()
                    .map(group -> IamGroupTarget.of("/sym/", group))
                    .toList();
        }

        /** The client is the process's, so that the kit can break its calls; what the strategy does not close, it leaves open. */
        @Override
        public AccessStrategy<IamGroupTarget> start(ServiceProcess<IamGroupTarget> process) {
            return IamGroupStrategy.builder()
                    .connector(process.connector(runtime, "main"))
                    .settings(role)
                    .iamClient(process.configure(IamClient.builder())
                            .httpClient(process.httpClient())
                            .build())
                    .allowedGroups(patterns(process.allowed()))
                    .revocableGroups(patterns(process.revocable()))
                    .clock(process.clock())
                    .retries(process.retries())
                    .build();
        }

        private static IamGroupPattern[] patterns(List<IamGroupTarget> groups) {
            return groups.stream()
                    .map(group -> IamGroupPattern.of("/sym/", group.groupName()))
                    .toArray(IamGroupPattern[]::new);
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
}
