package dev.connector.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One thing measured in two ways, in turn. What disturbs the machine disturbs both of a pair, so the ratio is taken of each pair, and the median of these is
 * what counts.
 *
 * <p>Not thread-safe.
 */
final class Pairs {

    private final List<Pair> pairs = new ArrayList<>();

    void add(double ours, double baseline) {
        pairs.add(new Pair(ours, baseline));
    }

    double ours() {
        return median(Pair::ours);
    }

    double baseline() {
        return median(Pair::baseline);
    }

    double ratio() {
        return median(pair -> pair.ours() / pair.baseline());
    }

    private double median(ToDoubleFunction<Pair> what) {
        double[] sorted = pairs.stream().mapToDouble(what).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private record Pair(double ours, double baseline) {}
}
