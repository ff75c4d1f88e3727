package dev.connector.benchmarks;

import java.util.List;
import java.util.Locale;

/** One line of the table. */
record Row(String measure, String ours, String baseline, String ratio, String target, boolean ok) {

    private static final String NONE = "–";

    /** What must cost at most so many times what the baseline costs. */
    static Row atMostTimes(double target, String measure, Unit unit, Pairs pairs) {
        double ratio = pairs.ratio();
        return new Row(
                measure,
                unit.print(pairs.ours()),
                unit.print(pairs.baseline()),
                String.format(Locale.ROOT, "%.2f ×", ratio),
                String.format(Locale.ROOT, "≤ %.2f ×", target),
                ratio <= target);
    }

    /** What must be no more than so much. */
    static Row atMost(double target, String measure, Unit unit, double value) {
        return new Row(measure, unit.print(value), NONE, NONE, "≤ " + unit.print(target), value <= target);
    }

    /** What must be so much. */
    static Row exactly(int target, String measure, Unit unit, int value) {
        return new Row(measure, unit.print(value), NONE, NONE, unit.print(target), value == target);
    }

    List<String> cells() {
        return List.of(measure, ours, baseline, ratio, target, ok ? "yes" : "NO");
    }
}
