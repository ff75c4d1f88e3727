package dev.connector.benchmarks;

import java.time.Duration;
import java.util.List;

/**
 * How long to measure.
 *
 * @param forks fresh processes for each thing that is measured within one
 * @param pairs measurements of either side, in turn
 * @param threads on how many threads JMH measures, one number after the other
 * @param iteration how long JMH measures at a time
 * @param warmUpCycles how often access is given and taken away before that is measured
 * @param cycles how often it is, for one measurement
 * @param grants how many grants a simulated day has
 * @param assignments how many assignments are made at once
 */
record Effort(
        int forks,
        int pairs,
        List<Integer> threads,
        Duration iteration,
        int warmUpCycles,
        int cycles,
        int grants,
        int assignments) {

    static final Effort FULL = new Effort(3, 9, List.of(1, 2, 8), Duration.ofSeconds(1), 20_000, 100, 2_000, 1_000);
    static final Effort QUICK = new Effort(1, 7, List.of(1, 2, 8), Duration.ofMillis(300), 10_000, 100, 2_000, 1_000);
}
