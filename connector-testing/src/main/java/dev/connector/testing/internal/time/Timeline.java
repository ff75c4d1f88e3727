package dev.connector.testing.internal.time;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * A value and what it was before, for as long as anybody may still want to see it so. Not thread-safe.
 *
 * @param <T> the value, which is immutable
 */
public final class Timeline<T> {

    /** How far back anybody can look. */
    public static final Duration MEMORY = Duration.ofHours(1);

    private final Deque<Since<T>> newestFirst = new ArrayDeque<>();

    public Timeline(T initial) {
        newestFirst.push(new Since<>(Long.MIN_VALUE, initial));
    }

    public T latest() {
        return newestFirst.element().value();
    }

    /** The value at a moment of the monotonic clock, which is at most {@link #MEMORY} ago. */
    public T at(long nanos) {
        return newestFirst.stream()
                .filter(since -> since.nanos() <= nanos)
                .findFirst()
                .orElseGet(newestFirst::getLast)
                .value();
    }

    public void put(long nanos, T value) {
        newestFirst.push(new Since<>(nanos, value));
        forget(nanos - MEMORY.toNanos());
    }

    /** The newest value from before a moment is still what was to be seen at that moment. */
    private void forget(long before) {
        boolean covered = false;
        for (Iterator<Since<T>> each = newestFirst.iterator(); each.hasNext(); ) {
            long since = each.next().nanos();
            if (covered) {
                each.remove();
            }
            covered = covered || since <= before;
        }
    }

    private record Since<T>(long nanos, T value) {}
}
