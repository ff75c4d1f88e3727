package dev.connector.testkit;

import dev.connector.core.strategy.AccessTarget;
import dev.connector.testing.Fault;
import dev.connector.testkit.Story.Recovery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Every fault at every call, once and for good; and pairs of faults.
 *
 * @param <T> the worlds' targets
 */
final class FaultMatrix<T extends AccessTarget> {

    private final Runs<T> runs;
    private final long seed;
    private final int most;

    /** @param most of how many pairs of faults in a scenario the seed chooses, if there are more */
    FaultMatrix(Runs<T> runs, long seed, int most) {
        this.runs = runs;
        this.seed = seed;
        this.most = most;
    }

    Report.Section single(Scenario<T> scenario) {
        return section(scenario.name(), scenario, FaultMatrix::singles);
    }

    Report.Section pairs(Scenario<T> scenario) {
        return section(scenario.name() + ", two faults", scenario, this::somePairs);
    }

    private Report.Section section(String name, Scenario<T> scenario, Function<List<Integer>, List<Plan>> plans) {
        return runs.undisturbed(scenario)
                .map(strikes ->
                        Report.Section.tried(name, InParallel.sum(plans.apply(strikes), plan -> tell(scenario, plan))))
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

    private static List<Plan> singles(List<Integer> strikes) {
        List<Plan> plans = new ArrayList<>();
        for (int call : strikes) {
            for (Fault fault : Fault.values()) {
                plans.add(Plan.fault(call, fault));
                plans.add(Plan.outage(call, fault));
            }
        }
        return plans;
    }

    private List<Plan> somePairs(List<Integer> strikes) {
        List<Plan> pairs = pairs(strikes);
        if (pairs.size() <= most) {
            return pairs;
        }
        Collections.shuffle(pairs, new Random(seed));
        return pairs.subList(0, most);
    }

    private static List<Plan> pairs(List<Integer> strikes) {
        List<Plan> pairs = new ArrayList<>();
        for (int first : strikes) {
            for (int second : Strikes.after(first, strikes)) {
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
