package dev.connector.testkit;

import dev.connector.core.strategy.AccessTarget;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Puts a strategy through everything that can go wrong, and compares each of its answers with what is so in the simulation.
 *
 * <p>After each verb these sentences must hold, whatever went wrong:
 * <ul>
 *   <li>It says <i>granted</i> only if the person has the access.
 *   <li>It says <i>revoked</i> or <i>absent</i> only if the person does not have it.
 *   <li>It fails only if nothing has changed; otherwise the outcome is unknown.
 *   <li>It says that the access was there before, or was not, only if that is so. What was there before is not taken away.
 *   <li>Nobody else's access, and none to anything else, has changed.
 *   <li>Preparing changes nothing, nothing is given after {@code notAfter}, and no read is claimed that the role may not make.
 *   <li>Where nothing goes wrong, it succeeds; so whatever was unknown comes to its end, and then nobody has access but from somebody else.
 * </ul>
 *
 * <p>In a world that has a {@link StrategyWorld#provisioningTime()}, a change may also be that of an earlier call for the same access, which crashed or did not know how it
 * ended, but only until the strategy has said for certain how it is: what comes or goes after that breaks its word, also when no verb is at work.
 *
 * <p>What breaks one of them is an {@link AssertionError} that says which, in which scenario, with which faults, and shows what happened and every call.
 *
 * <p>Immutable, thread-safe. It runs on the calling thread and on those of the common pool, and uses no time but the simulated one.
 *
 * @param <T> the strategy's targets
 */
public final class StrategyTestKit<T extends AccessTarget> {

    private static final int HISTORIES = 2_000;
    private static final int STEPS = 30;

    private final Runs<T> runs;
    private final long seed;
    private final int histories;
    private final int pairs;

    private StrategyTestKit(Runs<T> runs, long seed, int histories, int pairs) {
        this.runs = runs;
        this.seed = seed;
        this.histories = histories;
        this.pairs = pairs;
    }

    /**
     * A kit with all defaults.
     *
     * @param worlds makes a new world for each run, also on several threads at once
     * @param <T> the strategy's targets
     * @return a kit
     */
    public static <T extends AccessTarget> StrategyTestKit<T> of(Supplier<? extends StrategyWorld<T>> worlds) {
        return new StrategyTestKit<>(
                new Runs<>(Objects.requireNonNull(worlds, "worlds")), 1, HISTORIES, Integer.MAX_VALUE);
    }

    /**
     * What the random histories are made from, and pairs of faults chosen by where not all are tried; 1 by default. The same seed makes the same ones.
     *
     * @param value any number
     * @return a kit with this seed
     */
    public StrategyTestKit<T> seed(long value) {
        return new StrategyTestKit<>(runs, value, histories, pairs);
    }

    /**
     * How many random histories there are; 2,000 by default, of 30 steps each.
     *
     * @param value one or more
     * @return a kit with this number
     * @throws IllegalArgumentException if it is less than one
     */
    public StrategyTestKit<T> histories(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("There must be one history or more, not " + value + ".");
        }
        return new StrategyTestKit<>(runs, seed, value, pairs);
    }

    /**
     * How many pairs of faults are tried in a scenario at most, chosen by the {@link #seed}; all by default. For a strategy that makes many calls: there are a hundred pairs for
     * any two of them.
     *
     * @param most one or more
     * @return a kit with this number
     * @throws IllegalArgumentException if it is less than one
     */
    public StrategyTestKit<T> pairs(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("There must be one pair of faults or more, not " + most + ".");
        }
        return new StrategyTestKit<>(runs, seed, histories, most);
    }

    /**
     * Everything: {@link #faults()}, {@link #crashes()} and {@link #histories()}.
     *
     * @return what was tried and answered
     * @throws AssertionError if the strategy breaks its word
     * @throws IllegalArgumentException if the world is not as {@link StrategyWorld} says
     */
    public Report run() {
        return faults().and(crashes()).and(histories());
    }

    /**
     * The fault matrix. Each scenario is run without a fault, to count its calls, and then again with every kind of fault at every call: once, and from that call on until the
     * service notices. Where a single grant is given and ended, with the right to read, every pair of faults follows. In a world that has a {@link StrategyWorld#provisioningTime()}, of a call that is repeated again and again only
     * the first two and the last are struck. Where an outcome was unknown the service goes on without
     * faults, in one run by resuming and in another by ending the grant.
     *
     * @return what was tried and answered
     * @throws AssertionError if the strategy breaks its word
     * @throws IllegalArgumentException if the world is not as {@link StrategyWorld} says
     */
    public Report faults() {
        FaultMatrix<T> matrix = new FaultMatrix<>(runs, seed, pairs);
        return report("Fault matrix", Scenario.all(), matrix::single)
                .and(report("pairs of faults", Scenario.simple(), matrix::pairs));
    }

    /**
     * The crash harness. In each scenario the process stops before each call, and after it; another one goes on with nothing but the stored grants: by resuming, by ending, and,
     * where it has only the request left, by asking again with {@link dev.connector.core.strategy.AccessRequest#mayHaveRun()}.
     *
     * @return what was tried and answered
     * @throws AssertionError if the strategy breaks its word
     * @throws IllegalArgumentException if the world is not as {@link StrategyWorld} says
     */
    public Report crashes() {
        CrashHarness<T> harness = new CrashHarness<>(runs);
        return report("Crash harness", Scenario.all(), harness::of);
    }

    /**
     * Random histories: four people ask for three targets, others change their access, names and persons, calls go wrong, processes crash and the wall clock steps. One in which
     * the strategy breaks its word is shortened before it is shown.
     *
     * @return what was tried and answered
     * @throws AssertionError if the strategy breaks its word
     * @throws IllegalArgumentException if the world is not as {@link StrategyWorld} says
     */
    public Report histories() {
        return new Report(
                "Random histories, seed " + seed, List.of(new RandomHistories<>(runs, seed, STEPS).tellAll(histories)));
    }

    private Report report(String title, List<Scenario<T>> scenarios, Function<Scenario<T>, Report.Section> of) {
        runs.requireCalls();
        return new Report(title, scenarios.stream().map(of).toList());
    }
}
