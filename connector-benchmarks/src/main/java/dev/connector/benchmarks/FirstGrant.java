package dev.connector.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import software.amazon.awssdk.http.SdkHttpClient;

/** A fresh JVM until it has given its first access, with the library and by hand, in turn. */
final class FirstGrant {

    private static final String OURS = "ours";
    private static final String BY_HAND = "by-hand";

    private FirstGrant() {}

    /**
     * For a process of its own: gives access, says so, and waits to be ended.
     *
     * @param args which side
     * @throws IOException if standard input cannot be read
     */
    public static void main(String[] args) throws IOException {
        give(args[0], new PrintStream(System.out, true, StandardCharsets.US_ASCII));
        System.in.read();
    }

    static void give(String side, PrintStream out) {
        SdkHttpClient http = CannedAws.quiet();
        try (Access access = side.equals(OURS) ? new WithLibrary(http) : new ByHand(http)) {
            access.give();
            out.println("given");
        }
    }

    static List<Row> rows(Effort effort) {
        Pairs cpu = new Pairs();
        Pairs wall = new Pairs();
        for (int pair = 0; pair < effort.pairs(); pair++) {
            Start ours = start(OURS);
            Start byHand = start(BY_HAND);
            cpu.add(ours.cpu(), byHand.cpu());
            wall.add(ours.wall(), byHand.wall());
        }
        return List.of(
                Row.atMostTimes(1.15, "start to the first grant, CPU time", Unit.NANOSECONDS, cpu),
                Row.atMostTimes(1.15, "start to the first grant, time", Unit.NANOSECONDS, wall));
    }

    private static Start start(String side) {
        long begun = System.nanoTime();
        try (JavaProcess process = JavaProcess.start(FirstGrant.class, side)) {
            process.line();
            return new Start(System.nanoTime() - begun, process.cpuTime().toNanos());
        }
    }

    private record Start(double wall, double cpu) {}
}
