package dev.connector.testkit;

import dev.connector.core.strategy.AccessTarget;
import dev.connector.testkit.Story.Recovery;
import java.util.ArrayList;
import java.util.List;

/**
 * A crash between any two calls, and each way to go on after it.
 *
 * @param <T> the worlds' targets
 */
final class CrashHarness<T extends AccessTarget> {

    private final Runs<T> runs;

    CrashHarness(Runs<T> runs) {
        this.runs = runs;
    }

    Report.Section of(Scenario<T> scenario) {
        return runs.undisturbed(scenario)
                .map(strikes -> Report.Section.tried(
                        scenario.name(), InParallel.sum(plans(strikes), plan -> tell(scenario, plan))))
                .orElseGet(() -> Report.Section.notTried(scenario.name()));
    }

    private Tally tell(Scenario<T> scenario, Plan plan) {
        Tally tally = new Tally();
        for (Recovery recovery : Recovery.values()) {
            tally.add(
                    runs.tell(scenario.name(), plan, recovery, scenario.told()).tally());
        }
        return tally;
    }

    private static List<Plan> plans(List<Integer> strikes) {
        List<Plan> plans = new ArrayList<>();
        for (int call : strikes) {
            plans.add(Plan.crash(call, false));
            plans.add(Plan.crash(call, true));
        }
        return plans;
    }
}
