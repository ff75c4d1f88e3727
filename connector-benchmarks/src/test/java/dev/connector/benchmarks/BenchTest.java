package dev.connector.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void run_whenArgumentsAreNotUnderstood_saysHowAndAnswersTwo() {
        assertThat(run("--fast")).isEqualTo(2);
        assertThat(run("start", "strategy")).isEqualTo(2);
        assertThat(run("--quick", "Start")).isEqualTo(2);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .hasSize(3)
                .containsOnly("Usage: ./bench [--quick] [credentials|strategy|start|assignments|simulation]");
    }

    @Test
    void measure_whenTargetsAreMet_printsTheTableAndAnswersZero() {
        Effort effort = new Effort(1, 1, List.of(), Duration.ofMillis(1), 1, 1, 20, 1);

        int code = Bench.measure(List.of(Group.SIMULATION), effort, print(out), print(err));

        assertThat(code).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(5)
                .anyMatch(line -> line.startsWith("| members left") && line.endsWith("| yes |"));
    }

    @Test
    void print_ofRows_showsOneTableAndWhetherAllTargetsAreMet() {
        Pairs pairs = new Pairs();
        pairs.add(30, 100);
        pairs.add(90, 100);
        pairs.add(1_000, 2_000);

        int code = Bench.print(
                List.of(
                        Row.atMostTimes(0.6, "time", Unit.NANOSECONDS, pairs),
                        Row.atMost(1_000, "memory", Unit.BYTES, 1_500),
                        Row.exactly(1, "calls", Unit.CALLS, 1)),
                print(out));

        assertThat(code).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("""
                | measure | ours    | baseline | ratio  | target    | ok  |
                | ------- | ------- | -------- | ------ | --------- | --- |
                | time    | 90.0 ns | 100.0 ns | 0.50 × | ≤ 0.60 ×  | yes |
                | memory  | 1.50 KB | –        | –      | ≤ 1.00 KB | NO  |
                | calls   | 1 call  | –        | –      | 1 call    | yes |
                """);
    }

    @Test
    void median_ofAnEvenNumber_isBetweenTheMiddleTwo() {
        Pairs pairs = new Pairs();
        pairs.add(10, 10);
        pairs.add(40, 10);
        pairs.add(20, 10);
        pairs.add(30, 10);

        assertThat(pairs.ratio()).isEqualTo(2.5);
    }

    @Test
    void units_printNumbersAsPeopleReadThem() {
        assertThat(Unit.NANOSECONDS.print(1_234)).isEqualTo("1.23 µs");
        assertThat(Unit.NANOSECONDS.print(12_345_678)).isEqualTo("12.3 ms");
        assertThat(Unit.NANOSECONDS.print(1.5e9)).isEqualTo("1.50 s");
        assertThat(Unit.BYTES.print(16)).isEqualTo("16 B");
        assertThat(Unit.CALLS.print(2)).isEqualTo("2 calls");
        assertThat(Unit.THREADS.print(1)).isEqualTo("1 thread");
        assertThat(Unit.THREADS.print(8)).isEqualTo("8 threads");
        assertThat(Unit.GRANTS.print(1)).isEqualTo("1 grant");
        assertThat(Unit.GRANTS.print(2_000)).isEqualTo("2,000 grants");
    }

    private int run(String... args) {
        return Bench.run(args, print(out), print(err));
    }

    private static PrintStream print(ByteArrayOutputStream stream) {
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }
}
