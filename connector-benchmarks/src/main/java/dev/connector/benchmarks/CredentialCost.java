package dev.connector.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs {@link CachedCredentials}: one process of either side in turn, on one thread and on several. */
final class CredentialCost {

    private CredentialCost() {}

    static List<Row> rows(Effort effort) {
        List<Row> rows = new ArrayList<>();
        double bytes = 0;
        for (int threads : effort.threads()) {
            Pairs time = new Pairs();
            for (int pair = 0; pair < effort.pairs(); pair++) {
                RunResult ours = run("ours", threads, effort);
                time.add(score(ours), score(run("sdk", threads, effort)));
                bytes = Math.max(bytes, bytes(ours));
            }
            rows.add(
                    Row.atMostTimes(0.6, "cached credentials, " + Unit.THREADS.print(threads), Unit.NANOSECONDS, time));
        }
        // No object is smaller than 16 bytes: less than half a byte is what JMH itself leaves behind.
        rows.add(Row.exactly(0, "cached credentials, memory", Unit.BYTES, (int) Math.round(bytes)));
        return rows;
    }

    private static RunResult run(String side, int threads, Effort effort) {
        TimeValue iteration = TimeValue.milliseconds(effort.iteration().toMillis());
        try {
            Collection<RunResult> results = new Runner(new OptionsBuilder()
                            .include(CachedCredentials.class.getName() + "." + side + "$")
                            .threads(threads)
                            .forks(1)
                            .warmupIterations(2)
                            .warmupTime(iteration)
                            .measurementIterations(3)
                            .measurementTime(iteration)
                            .addProfiler(GCProfiler.class)
                            .jvmArgs("-Xms256m", "-Xmx256m", "-Dslf4j.internal.verbosity=ERROR")
                            .verbosity(VerboseMode.SILENT)
                            .shouldFailOnError(true)
                            .build())
                    .run();
            return results.iterator().next();
        } catch (RunnerException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static double score(RunResult result) {
        return result.getPrimaryResult().getScore();
    }

    private static double bytes(RunResult result) {
        return Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"))
                .getScore();
    }
}
