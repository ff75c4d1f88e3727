package dev.connector.testkit;

import dev.connector.core.strategy.AccessTarget;
import dev.connector.testing.Fault;
import dev.connector.testkit.Story.Recovery;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Every fault at every call, once and for good; and every pair of faults.
 *
 * @param <T> the worlds' targets
 */
final class FaultMatrix<T extends AccessTarget> {

    private final Runs<T> runs;

    FaultMatrix(Runs<T> runs) {
        this.runs = runs;
    }

    Report.Section single(Scenario<T> scenario) {
        return section(scenario.name(), scenario, FaultMatrix::singles);
    }

    Report.Section pairs(Scenario<T> scenario) {
        return section(scenario.name() + ", two faults", scenario, FaultMatrix::pairs);
    }

    private Report.Section section(String name, Scenario<T> scenario, IntFunction<List<Plan>> plans) {
        return runs.undisturbed(scenario)
                .map(calls ->
                        Report.Section.tried(name, InParallel.sum(plans.apply(calls), plan -> tell(scenario, plan))))
                .orElseGet(() -> Report.Section.notTried(name));
    }

    private Tally tell(Scenario<T> scenario, Plan plan) {
        Runs.Run resumed = runs.tell(scenario.name(), plan, Recovery.RESUME, scenario.told());
        Tally tally = resumed.tally();
        if (resumed.recovered()) {
            tally.add(runs.tell(scenario.name(), plan, Recovery.END, scenario.told())
                    .tally());
        }
        return tally;
    }

    private static List<Plan> singles(int calls) {
        List<Plan> plans = new ArrayList<>();
        for (int call = 1; call <= calls; call++) {
            for (Fault fault : Fault.values()) {
                plans.add(Plan.fault(call, fault));
                plans.add(Plan.outage(call, fault));
            }
        }
        return plans;
    }

    /** A fault makes for a call more, so there is one more that the second fault may strike. */
    private static List<Plan> pairs(int calls) {
        List<Plan> pairs = new ArrayList<>();
        for (int first = 1; first <= calls; first++) {
            for (int second = first + 1; second <= calls + 1; second++) {
                for (Fault one : Fault.values()) {
                    for (Fault other : Fault.values()) {
                        pairs.add(Plan.fault(first, one).and(second, other));
                    }
                }
            }
        }
        return pairs;
    }
}
