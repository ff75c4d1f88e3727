package dev.connector.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every measure works. What comes out of so short a run says nothing about time. */
class SmokeTest {

    private static final Effort SMOKE = new Effort(1, 1, List.of(2), Duration.ofMillis(10), 20, 5, 40, 30);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void credentials_areMeasured() {
        assertThat(Group.CREDENTIALS.measure(SMOKE))
                .extracting(Row::measure)
                .containsExactly(
                        "cached credentials, 2 threads",
                        "cached credentials, memory",
                        "200 threads, no session yet",
                        "200 threads, refresh due",
                        "200 threads, refresh due, blocked",
                        "200 threads, session over");
    }

    @Test
    void cachedCredentials_ofBothSides_areThoseOfTheRole() {
        CachedCredentials benchmark = new CachedCredentials();
        benchmark.open();

        assertThat(benchmark.ours().accessKeyId()).isEqualTo("ASIAIOSFODNN7EXAMPLE");
        assertThat(benchmark.sdk().accessKeyId()).isEqualTo("ASIAIOSFODNN7EXAMPLE");

        benchmark.close();
    }

    @Test
    void stampede_callsOnceAndBlocksNobodyWhileASessionIsLeft() {
        assertThat(Stampede.rows()).allMatch(Row::ok);
    }

    @Test
    void strategy_isMeasured() {
        assertThat(Group.STRATEGY.measure(SMOKE)).hasSize(2);
    }

    @Test
    void verbCost_inThisProcess_printsALineForEachPair() {
        VerbCost.measure(2, 10, 1, print());

        assertThat(out.toString(StandardCharsets.UTF_8)).matches("(\\d+ \\d+ \\d+ \\d+\\R){2}");
    }

    @Test
    void start_isMeasured() {
        assertThat(Group.START.measure(SMOKE)).hasSize(2);
    }

    @Test
    void firstGrant_onEitherSide_isGiven() {
        FirstGrant.give("ours", print());
        FirstGrant.give("by-hand", print());

        assertThat(out.toString(StandardCharsets.UTF_8)).matches("(given\\R){2}");
    }

    @Test
    void assignments_areAllMadeAndComparedWithEachLoop() {
        List<Row> rows = Group.ASSIGNMENTS.measure(SMOKE);

        assertThat(rows)
                .filteredOn(
                        row -> row.measure().contains("given") || row.measure().contains("ended"))
                .hasSize(3)
                .allMatch(Row::ok);
        assertThat(rows).extracting(Row::target).filteredOn("–"::equals).hasSize(Loop.values().length);
    }

    @Test
    void simulation_endsEveryGrantAndLeavesNobodyBehind() {
        assertThat(Group.SIMULATION.measure(SMOKE)).hasSize(3).allMatch(Row::ok);
    }

    private PrintStream print() {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }
}
