package dev.connector.core.strategy;

import java.time.Duration;
import java.time.Instant;

/** Bounds of the times in requests and grants, so that no sum of them overflows and each has one way to be written. */
final class Limits {

    static final Duration MAX_DURATION = Duration.ofDays(3650);
    static final Duration MAX_WAIT = Duration.ofDays(1);

    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9000-01-01T00:00:00Z");

    private Limits() {}

    static void requireDuration(String name, Duration value, Duration max) {
        if (value.isNegative() || value.isZero() || value.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    name + " must be more than zero and at most " + max.toDays() + " days, but is " + value + ".");
        }
    }

    static void requireInstant(String name, Instant value) {
        if (value.isBefore(FIRST) || value.isAfter(LAST)) {
            throw new IllegalArgumentException(
                    name + " must be between " + FIRST + " and " + LAST + ", but is " + value + ".");
        }
    }
}
