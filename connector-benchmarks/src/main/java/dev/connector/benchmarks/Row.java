package dev.connector.benchmarks;

import java.util.List;
import java.util.Locale;

/** One line of the table. */
record Row(String measure, String ours, String baseline, String ratio, String target, boolean ok) {

    private static final String NONE = "–";

    /** What must cost at most so many times what the baseline costs. */
    static Row atMostTimes(double target, String measure, Unit unit, Pairs pairs) {
        return atMostTimes(target, measure, unit, pairs.ours(), pairs.baseline(), pairs.ratio());
    }

    /** What is the same each time, and must be at most so many times what the baseline is. */
    static Row atMostTimes(double target, String measure, Unit unit, double ours, double baseline) {
        return atMostTimes(target, measure, unit, ours, baseline, ours / baseline);
    }

    private static Row atMostTimes(
            double target, String measure, Unit unit, double ours, double baseline, double ratio) {
        return new Row(
                measure, unit.print(ours), unit.print(baseline), times(ratio), "≤ " + times(target), ratio <= target);
    }

    /** What has no target. */
    static Row compared(String measure, Unit unit, double ours, double baseline) {
        return new Row(measure, unit.print(ours), unit.print(baseline), times(ours / baseline), NONE, true);
    }

    private static String times(double ratio) {
        return String.format(Locale.ROOT, "%.2f ×", ratio);
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
