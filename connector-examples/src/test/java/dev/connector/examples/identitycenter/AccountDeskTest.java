package dev.connector.examples.identitycenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.connector.core.ConnectorClock;
import dev.connector.core.RuntimeConnector;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.Outcome;
import dev.connector.core.strategy.RemainingAccess;
import dev.connector.core.strategy.Revocation;
import dev.connector.testing.SimulatedAws;
import dev.connector.testing.SimulatedIdentityCenter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AccountDeskTest {

    private static final String ACCOUNT = "444455556666";

    private final SimulatedAws aws = SimulatedAws.create();
    private final SimulatedIdentityCenter center = aws.identityCenter();

    @Test
    void desk_letsInAndOut_andSaysHowLongSessionsMayGoOn() {
        String ada = center.createUser("ada", "ada@example.com");
        String readOnly = center.createPermissionSet("ReadOnly", Duration.ofHours(4));
        try (RuntimeConnector connector = connector();
                AccountDesk desk = new AccountDesk(connector, aws.ssoConnector("main"), readOnly, ACCOUNT)) {
            Grant grant = desk.letIn("ada@example.com", "INC-42", aws.clock().instant());
            assertThat(center.assignedUsers(readOnly, ACCOUNT)).containsExactly(ada);

            Revocation revocation = desk.letOut(grant.toJson());

            assertThat(revocation.result()).isEqualTo(Revocation.Result.REVOKED);
            assertThat(center.assignedUsers(readOnly, ACCOUNT)).isEmpty();
            assertThat(revocation.remaining())
                    .extracting(RemainingAccess::kind, RemainingAccess::until)
                    .containsExactly(tuple(
                            RemainingAccess.Kind.SESSIONS,
                            Optional.of(aws.clock().instant().plus(Duration.ofHours(4)))));
        }
    }

    @Test
    void desk_letsEverybodyOutAtOnce_andTellsOfEach() {
        center.createUser("ada");
        center.createUser("bob");
        String readOnly = center.createPermissionSet("ReadOnly", Duration.ofHours(4));
        List<Outcome<Revocation>> told = new ArrayList<>();
        try (RuntimeConnector connector = connector();
                AccountDesk desk = new AccountDesk(connector, aws.ssoConnector("main"), readOnly, ACCOUNT)) {
            List<String> stored = Stream.of("ada", "bob")
                    .map(user -> desk.letIn(user, "INC-42", aws.clock().instant()))
                    .map(Grant::toJson)
                    .toList();

            assertThat(desk.letAllOut(stored, told::add))
                    .extracting(outcome -> outcome.orElseThrow().result())
                    .containsExactly(Revocation.Result.REVOKED, Revocation.Result.REVOKED);
            assertThat(told).hasSize(2);
            assertThat(center.assignedUsers(readOnly, ACCOUNT)).isEmpty();
        }
    }

    private RuntimeConnector connector() {
        return RuntimeConnector.builder()
                .settings(aws.runtimeConnector("main"))
                .environment("main")
                .sourceCredentials(aws.serviceCredentials())
                .httpClient(aws.httpClient())
                .clock(ConnectorClock.of(aws.clock(), aws.clock()::nanos, aws.clock()::sleep, aws.clock()::await))
                .build();
    }
}
