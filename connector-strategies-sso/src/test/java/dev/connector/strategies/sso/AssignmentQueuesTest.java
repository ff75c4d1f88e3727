package dev.connector.strategies.sso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.core.ConnectorClock;
import dev.connector.core.ConnectorListener;
import dev.connector.testing.SimulatedAws;
import dev.connector.testing.SimulatedClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AssignmentQueuesTest {

    private static final String INSTANCE = "arn:aws:sso:::instance/ssoins-1111222233334444";

    private final SimulatedClock time = SimulatedAws.create().clock();
    private final ConnectorClock clock = ConnectorClock.of(time, time::nanos, time::sleep, time::await);

    private AssignmentQueue queue(String instance, ConnectorClock used, AssignmentLimits limits) {
        return AssignmentQueues.of(instance, used, limits);
    }

    @Test
    void of_sameInstanceAndClock_isTheSameQueue() {
        AssignmentQueue queue = queue(INSTANCE, clock, AssignmentLimits.DEFAULT);

        assertThat(queue(INSTANCE, clock, AssignmentLimits.DEFAULT)).isSameAs(queue);
    }

    @Test
    void of_anotherInstanceOrClock_isAnotherQueue() {
        AssignmentQueue queue = queue(INSTANCE, clock, AssignmentLimits.DEFAULT);
        ConnectorClock other = ConnectorClock.of(time, time::nanos, time::sleep, time::await);

        assertThat(queue(INSTANCE + "5", clock, AssignmentLimits.DEFAULT)).isNotSameAs(queue);
        assertThat(queue(INSTANCE, other, AssignmentLimits.DEFAULT)).isNotSameAs(queue);
    }

    @Test
    void of_withLowerLimits_countsTheLowerOnesForAll() {
        ModelAws aws = new ModelAws(time::nanos, 1);
        AssignmentQueue queue = queue(INSTANCE, clock, AssignmentLimits.DEFAULT);
        queue(INSTANCE, clock, AssignmentLimits.DEFAULT.withOutstandingChanges(2));
        queue(INSTANCE, clock, AssignmentLimits.DEFAULT);

        try (Caller caller = queue.caller(ConnectorListener.none())) {
            for (int user = 0; user < 10; user++) {
                caller.submit(Samples.revocation(user), aws);
            }
            while (caller.open() > 0) {
                caller.next(Duration.ofHours(1));
            }
        } catch (InterruptedException never) {
            throw new AssertionError(never);
        }

        assertThat(aws.mostOutstanding).isEqualTo(2);
    }
}
