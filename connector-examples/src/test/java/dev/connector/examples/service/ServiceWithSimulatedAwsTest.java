package dev.connector.examples.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.core.ConnectorClock;
import dev.connector.core.RuntimeConnector;
import dev.connector.strategies.iam.IamGroupPattern;
import dev.connector.strategies.iam.IamGroupStrategy;
import dev.connector.testing.Fault;
import dev.connector.testing.SimulatedAws;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Shows how to test a service over simulated AWS: nothing is stubbed, the roles and policies are enforced, and what is asserted is what came of it.
 */
class ServiceWithSimulatedAwsTest {

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
    private final IamGroupStrategy strategy = IamGroupStrategy.builder()
            .connector(connector)
            .settings(aws.iamConnector("main"))
            .allowedGroups(IamGroupPattern.of("/sym/", "OnCall"))
            .build();
    private final OnCallDesk desk = new OnCallDesk(strategy, clock);

    @BeforeEach
    void makeUserAndGroup() {
        aws.iam().createUser("ada@example.com");
        aws.iam().createGroup("/sym/", "OnCall");
    }

    @AfterEach
    void close() {
        strategy.close();
        connector.close();
        aws.close();
    }

    @Test
    void shift_fromBeginToEnd_putsTheUserIntoTheGroupAndOutAgain() {
        assertThat(desk.begin("ada@example.com", "INC-42")).isEqualTo("You are on call until 2026-01-01T08:00:00Z.");
        assertThat(aws.iam().members("OnCall")).containsExactly("ada@example.com");

        assertThat(desk.end("ada@example.com")).isEqualTo("Your access is gone.");
        assertThat(aws.iam().members("OnCall")).isEmpty();
    }

    @Test
    void begin_whenTheUserIsUnknown_saysSo() {
        assertThat(desk.begin("bob@example.com", "INC-42")).isEqualTo("AWS does not know you.");
    }

    /** A fault that is hard to stub: the change is made, and only the answer is lost. The library sends it again, and that is safe. */
    @Test
    void begin_whenTheAnswerIsLost_isDoneAllTheSame() {
        aws.fault("AddUserToGroup", 1, Fault.CONNECTION_RESET_AFTER);

        assertThat(desk.begin("ada@example.com", "INC-42")).startsWith("You are on call until ");
        assertThat(aws.calls("AddUserToGroup")).hasSize(2);
    }

    /** Nobody can know how it ended while no answer comes through; the service says so, and finds out when it is asked again. */
    @Test
    void begin_whenAllAnswersAreLost_isFoundOutLater() {
        for (int attempt = 1; attempt <= 5; attempt++) {
            aws.fault("AddUserToGroup", attempt, Fault.CONNECTION_RESET_AFTER);
        }

        assertThat(desk.begin("ada@example.com", "INC-42")).startsWith("Nobody knows yet");
        assertThat(desk.begin("ada@example.com", "INC-42")).startsWith("You are on call until ");

        assertThat(desk.end("ada@example.com")).isEqualTo("Your access is gone.");
        assertThat(aws.iam().members("OnCall")).isEmpty();
    }

    /** The service tells people what went wrong in the library's words. The canary shows that no key, token or External ID is among them. */
    @ParameterizedTest
    @EnumSource(Fault.class)
    void shift_whateverGoesWrong_tellsNobodyASecret(Fault fault) {
        for (int attempt = 1; attempt <= 5; attempt++) {
            aws.fault("AddUserToGroup", attempt, fault);
        }

        List<String> told = List.of(
                desk.begin("ada@example.com", "INC-42"),
                desk.end("ada@example.com"),
                desk.begin("bob@example.com", "INC-42"));

        aws.canary().check("what people are told", told);
        aws.canary().check("what a failing test prints", aws.printCalls());
    }
}
