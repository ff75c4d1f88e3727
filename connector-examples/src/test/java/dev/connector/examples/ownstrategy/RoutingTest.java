package dev.connector.examples.ownstrategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.core.ConnectorClock;
import dev.connector.core.RuntimeConnector;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.AccessTarget;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.StrategyRouter;
import dev.connector.strategies.iam.IamGroupPattern;
import dev.connector.strategies.iam.IamGroupStrategy;
import dev.connector.strategies.iam.IamGroupTarget;
import dev.connector.testing.SimulatedAws;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows one's own strategy beside the library's: a router takes each request and each stored grant to the one that it is for. */
class RoutingTest {

    private final SimulatedAws aws = SimulatedAws.create();
    private final ConnectorClock clock =
            ConnectorClock.of(aws.clock(), aws.clock()::nanos, aws.clock()::sleep, aws.clock()::await);
    private final RuntimeConnector connector = RuntimeConnector.builder()
            .settings(aws.runtimeConnector("main"))
            .environment("main")
            .sourceCredentials(aws.serviceCredentials())
            .httpClient(aws.httpClient())
            .clock(clock)
            .build();

    @TempDir
    private Path flags;

    @BeforeEach
    void makeUserAndGroup() {
        aws.iam().createUser("ada@example.com");
        aws.iam().createGroup("/sym/", "OnCall");
    }

    @AfterEach
    void close() {
        connector.close();
        aws.close();
    }

    @Test
    void router_overAGroupAndAFlag_givesBothAndEndsBothFromTheirStoredForm() throws Exception {
        try (IamGroupStrategy groups = groups();
                FeatureFlagStrategy ownStrategy = new FeatureFlagStrategy(flags, Set.of("new-checkout"), clock)) {
            StrategyRouter router = StrategyRouter.of(groups, ownStrategy);
            List<String> stored = new ArrayList<>();

            for (AccessTarget target :
                    List.of(IamGroupTarget.of("/sym/", "OnCall"), new FeatureFlagTarget("new-checkout"))) {
                stored.add(router.escalate(request(target)).toJson());
            }

            assertThat(aws.iam().members("OnCall")).containsExactly("ada@example.com");
            assertThat(flags.resolve("new-checkout")).hasContent("ada@example.com");

            for (String json : stored) {
                Revocation revocation = router.deescalate(Grant.fromJson(json));
                assertThat(revocation.result()).isEqualTo(Revocation.Result.REVOKED);
            }

            assertThat(aws.iam().members("OnCall")).isEmpty();
            assertThat(Files.readString(flags.resolve("new-checkout"))).isEmpty();
        }
    }

    private IamGroupStrategy groups() {
        return IamGroupStrategy.builder()
                .connector(connector)
                .settings(aws.iamConnector("main"))
                .allowedGroups(IamGroupPattern.of("/sym/", "OnCall"))
                .build();
    }

    private AccessRequest<AccessTarget> request(AccessTarget target) {
        return AccessRequest.builder(Requester.of("ada@example.com"), target)
                .duration(Duration.ofHours(1))
                .requestedAt(clock.instant())
                .build();
    }
}
