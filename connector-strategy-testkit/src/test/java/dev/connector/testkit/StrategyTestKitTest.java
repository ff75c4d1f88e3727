package dev.connector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connector.core.strategy.AccessStrategy;
import dev.connector.testing.Fault;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StrategyTestKitTest {

    private final StrategyTestKit<GroupTarget> kit = kitOf(honest -> honest);

    @Test
    void crashes_whenTheStrategyIsHonest_findNothing() {
        Report report = kit.crashes();

        assertThat(report.runs()).isGreaterThan(1_500);
        assertThat(report.notTried()).contains("renamed before the end").doesNotContain("prior absent");
        assertThat(report.toString())
                .containsPattern("(?m)^prior absent +\\d+ +[1-9]")
                .contains("not tried: renamed before it is given; ");
    }

    @Test
    void histories_whenTheStrategyIsHonest_findNothing() {
        assertThat(kit.histories(60).histories().runs()).isEqualTo(60);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FORGETS_THAT_A_REQUEST_MAY_HAVE_RUN")
    void faults_whenTheStrategyLies_catchIt(Lie lie) {
        assertThatThrownBy(() -> kitOf(lie::of).faults())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("The strategy has broken its word: ");
    }

    @Test
    void histories_whenTheStrategyLies_showTheShortestOne() {
        StrategyTestKit<GroupTarget> lying =
                kitOf(Lie.SAYS_REVOKED_WITHOUT_REMOVING::of).histories(50);

        String shown = failureOf(lying::histories);

        assertThat(shown).containsPattern("random history \\d+ of seed 1, steps \\[escalate \\d \\d \\d+]");
        assertThat(failureOf(lying::histories)).isEqualTo(shown);
        assertThat(failureOf(lying.seed(2)::histories)).contains("seed 2").isNotEqualTo(shown);
    }

    @Test
    void crashes_whenTheStrategyForgetsThatARequestMayHaveRun_catchIt() {
        StrategyTestKit<GroupTarget> forgetful = kitOf(Lie.FORGETS_THAT_A_REQUEST_MAY_HAVE_RUN::of);

        assertThat(failureOf(forgetful::crashes)).contains("the request may have run before", "then ASK_AGAIN");
    }

    @Test
    void pairs_areAllPairsOfFaultsAtTwoCalls() {
        Scenario<GroupTarget> twoCalls = new Scenario<>("two calls", story -> story.prepare(true));

        Report.Section section = pairsOf(twoCalls, Integer.MAX_VALUE);

        int faults = Fault.values().length;
        assertThat(new Report("pairs", List.of(section)).runs()).isEqualTo(3 * faults * faults);
    }

    @Test
    void pairs_areNoMoreThanWanted() {
        Scenario<GroupTarget> twoCalls = new Scenario<>("two calls", story -> story.prepare(true));

        Report.Section section = pairsOf(twoCalls, 7);

        assertThat(new Report("pairs", List.of(section)).runs()).isEqualTo(7);
    }

    private static Report.Section pairsOf(Scenario<GroupTarget> scenario, int most) {
        return new FaultMatrix<>(new Runs<>(() -> new GroupWorld(honest -> honest)), 1, most).pairs(scenario);
    }

    @Test
    void histories_ofLessThanOne_areRefused() {
        assertThatThrownBy(() -> kit.histories(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pairs_ofLessThanOne_areRefused() {
        assertThatThrownBy(() -> kit.pairs(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void run_isAllThatThereIs() {
        String shown = failureOf(kitOf(Lie.SAYS_REVOKED_WITHOUT_REMOVING::of)::run);

        assertThat(shown)
                .startsWith("The strategy has broken its word: it said REVOKED, but the access is still there")
                .contains("in: prior absent; no fault", "deescalate ada, OnCall #1 -> ", "iam:AddUserToGroup");
    }

    @ParameterizedTest
    @EnumSource
    void faults_whenTheWorldIsNotAsNeeded_sayWhy(BrokenWorld broken) {
        assertThatThrownBy(() -> StrategyTestKit.of(broken::world).faults())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(broken.complaint());
    }

    private static String failureOf(Supplier<Report> run) {
        return String.valueOf(
                catchThrowableOfType(AssertionError.class, run::get).getMessage());
    }

    private static StrategyTestKit<GroupTarget> kitOf(Function<GroupStrategy, AccessStrategy<GroupTarget>> strategy) {
        return StrategyTestKit.of(() -> new GroupWorld(strategy));
    }
}
