package dev.connector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connector.core.strategy.AccessStrategy;
import dev.connector.testing.Fault;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** AWS goes on with a change after the call that sent it is over. */
class SlowServiceTest {

    private final StrategyTestKit<AssignmentTarget> kit = kitOf(honest -> honest);

    @Test
    void crashes_whenTheStrategyIsHonest_findNothing() {
        assertThat(kit.crashes().runs()).isGreaterThan(500);
    }

    @Test
    void histories_whenTheStrategyIsHonest_findNothing() {
        assertThat(kit.histories(50).histories().runs()).isEqualTo(50);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SAYS_GRANTED_WHILE_A_DELETION_IS_UNDER_WAY")
    void faults_whenTheStrategyLies_catchIt(SlowLie lie) {
        assertThatThrownBy(() -> kitOf(lie::of).faults())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("The strategy has broken its word: " + lie.caughtAs());
    }

    @Test
    void askedForAgainWhileTheEndIsUnderWay_whenTheStrategyLies_isCaught() {
        SlowLie lie = SlowLie.SAYS_GRANTED_WHILE_A_DELETION_IS_UNDER_WAY;

        assertThatThrownBy(() -> askAgainWhileTheEndIsUnderWay(lie::of))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("The strategy has broken its word: " + lie.caughtAs());
    }

    @Test
    void askedForAgainWhileTheEndIsUnderWay_whenTheStrategyIsHonest_isFine() {
        assertThat(askAgainWhileTheEndIsUnderWay(honest -> honest).tally().of(Tally.Said.END_UNKNOWN))
                .isOne();
    }

    private static Runs.Run askAgainWhileTheEndIsUnderWay(
            Function<AssignmentStrategy, AccessStrategy<AssignmentTarget>> strategy) {
        Runs<AssignmentTarget> runs = new Runs<>(() -> new AssignmentWorld(strategy));
        return runs.tell("asked for again", Plan.NOTHING, Story.Recovery.RESUME, story -> {
            Held<AssignmentTarget> first = story.escalate();
            story.service().wire().follow(Plan.outage(2, Fault.ACCESS_DENIED));
            story.service().end(first);
            story.service().wire().heal();
            Held<AssignmentTarget> second = story.escalate();
            story.end(second);
            story.end(first);
        });
    }

    private static StrategyTestKit<AssignmentTarget> kitOf(
            Function<AssignmentStrategy, AccessStrategy<AssignmentTarget>> strategy) {
        return StrategyTestKit.of(() -> new AssignmentWorld(strategy));
    }
}
