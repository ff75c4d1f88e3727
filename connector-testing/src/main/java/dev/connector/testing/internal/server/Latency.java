package dev.connector.testing.internal.server;

import java.time.Duration;
import java.util.SplittableRandom;

/** How long calls are under way. Not thread-safe. */
final class Latency {

    private static final Duration LONGEST = Duration.ofHours(1);

    private final SplittableRandom random;
    private Duration min = Duration.ZERO;
    private Duration max = Duration.ZERO;

    Latency(SplittableRandom random) {
        this.random = random;
    }

    void set(Duration newMin, Duration newMax) {
        if (newMin.isNegative() || newMin.compareTo(newMax) > 0 || newMax.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("A call takes from nothing to " + LONGEST
                    + ", and the shortest is not longer than the longest; not from " + newMin + " to " + newMax);
        }
        min = newMin;
        max = newMax;
    }

    /** Each way takes half of the latency, or of one that is not the same for both. */
    Trip next() {
        Duration there = oneOf(min.dividedBy(2), max.dividedBy(2));
        Duration back = oneOf(min.minus(min.dividedBy(2)), max.minus(max.dividedBy(2)));
        return new Trip(there, back);
    }

    private Duration oneOf(Duration shortest, Duration longest) {
        return shortest.equals(longest)
                ? shortest
                : Duration.ofNanos(random.nextLong(shortest.toNanos(), longest.toNanos() + 1));
    }

    /**
     * The way of one call.
     *
     * @param there until the request has reached the service
     * @param back until the answer has reached the caller
     */
    record Trip(Duration there, Duration back) {}
}
