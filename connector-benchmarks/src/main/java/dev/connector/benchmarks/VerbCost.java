package dev.connector.benchmarks;

import com.sun.management.ThreadMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Giving access and taking it away again: the CPU time and the memory of the one thread that does it, with the library and by hand, in turn in one process.
 *
 * <p>Both send the same requests to the letter, which is checked first.
 */
final class VerbCost {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private VerbCost() {}

    /**
     * For a process of its own: prints one line for each pair, with our CPU time and bytes and those of the baseline.
     *
     * @param args how many pairs, cycles to warm up with, and cycles of a measurement
     */
    public static void main(String[] args) {
        measure(
                Integer.parseInt(args[0]),
                Integer.parseInt(args[1]),
                Integer.parseInt(args[2]),
                new PrintStream(System.out, true, StandardCharsets.US_ASCII));
    }

    static List<Row> rows(Effort effort) {
        Pairs cpu = new Pairs();
        Pairs memory = new Pairs();
        for (int fork = 0; fork < effort.forks(); fork++) {
            try (JavaProcess process = JavaProcess.start(
                    VerbCost.class, text(effort.pairs()), text(effort.warmUpCycles()), text(effort.cycles()))) {
                for (int pair = 0; pair < effort.pairs(); pair++) {
                    String[] numbers = process.line().split(" ", -1);
                    cpu.add(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[2]));
                    memory.add(Double.parseDouble(numbers[1]), Double.parseDouble(numbers[3]));
                }
            }
        }
        return List.of(
                Row.atMostTimes(1.05, "escalate and deescalate, CPU time", Unit.NANOSECONDS, cpu),
                Row.atMostTimes(1.05, "escalate and deescalate, memory", Unit.BYTES, memory));
    }

    private static String text(int number) {
        return Integer.toString(number);
    }

    static void measure(int pairs, int warmUpCycles, int cycles, PrintStream out) {
        requireSameRequests();
        try (Access ours = new WithLibrary(CannedAws.quiet());
                Access byHand = new ByHand(CannedAws.quiet())) {
            inTurn(ours, byHand, warmUpCycles);
            for (int pair = 0; pair < pairs; pair++) {
                out.println(inTurn(ours, byHand, cycles));
            }
        }
    }

    private static void requireSameRequests() {
        List<String> ours = new ArrayList<>();
        List<String> byHand = new ArrayList<>();
        try (Access access = new WithLibrary(new CannedAws(InstantSource.system(), ours::add))) {
            cycle(access);
        }
        try (Access access = new ByHand(new CannedAws(InstantSource.system(), byHand::add))) {
            cycle(access);
        }
        if (!ours.equals(byHand)) {
            throw new IllegalStateException("The requests differ: " + ours + " and " + byHand);
        }
    }

    private static void cycle(Access access) {
        access.give();
        access.takeAway();
    }

    /** One cycle of either side after the other: what one leaves in the processor's caches must not be the other's alone. */
    private static String inTurn(Access ours, Access byHand, int cycles) {
        Cost cost = Cost.NONE;
        Cost costByHand = Cost.NONE;
        for (int each = 0; each < cycles; each++) {
            cost = cost.plus(Cost.of(ours));
            costByHand = costByHand.plus(Cost.of(byHand));
        }
        return cost.dividedBy(cycles) + " " + costByHand.dividedBy(cycles);
    }

    private record Cost(long nanos, long bytes) {

        private static final Cost NONE = new Cost(0, 0);

        private static Cost of(Access access) {
            long bytes = THREADS.getCurrentThreadAllocatedBytes();
            long nanos = THREADS.getCurrentThreadCpuTime();
            cycle(access);
            return new Cost(
                    THREADS.getCurrentThreadCpuTime() - nanos, THREADS.getCurrentThreadAllocatedBytes() - bytes);
        }

        private Cost plus(Cost other) {
            return new Cost(nanos + other.nanos, bytes + other.bytes);
        }

        private Cost dividedBy(int cycles) {
            return new Cost(nanos / cycles, bytes / cycles);
        }

        @Override
        public String toString() {
            return nanos + " " + bytes;
        }
    }
}
