package dev.connector.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** At which calls of a story something is to go wrong, counted from 1. */
final class Strikes {

    private Strikes() {}

    static List<Integer> atEach(int calls) {
        return IntStream.rangeClosed(1, calls).boxed().toList();
    }

    /** Of a call that is repeated until AWS is done the first two and the last stand for all. */
    static List<Integer> withoutRepetitions(List<String> operations) {
        List<Integer> strikes = new ArrayList<>();
        for (int call = 0; call < operations.size(); call++) {
            if (!isLike(operations, call, call - 2) || !isLike(operations, call, call + 1)) {
                strikes.add(call + 1);
            }
        }
        return strikes;
    }

    private static boolean isLike(List<String> operations, int call, int other) {
        boolean between = other >= 0 && other < operations.size();
        return between
                && operations.subList(Math.min(call, other), Math.max(call, other) + 1).stream()
                        .allMatch(operations.get(call)::equals);
    }

    /** A fault makes for a call more, so there is one more that a second fault may strike. */
    static List<Integer> after(int first, List<Integer> strikes) {
        TreeSet<Integer> seconds = new TreeSet<>();
        strikes.forEach(call -> seconds.addAll(List.of(call, call + 1)));
        return List.copyOf(seconds.tailSet(first, false));
    }
}
