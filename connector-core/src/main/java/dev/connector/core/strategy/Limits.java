package dev.connector.core.strategy;

import dev.connector.core.internal.Names;
import dev.connector.core.internal.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Bounds of what stands in requests and grants: of times, so that no sum of them overflows and each has one way to be written; and of texts, so that the JSON
 * of every grant is short enough to be read back. A grant that cannot be read back cannot be ended.
 */
final class Limits {

    static final Duration MAX_DURATION = Duration.ofDays(3650);
    static final Duration MAX_WAIT = Duration.ofDays(1);

    private static final int MAX_TEXT = 8_192;
    private static final int MAX_COUNT = 100;

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

    static void requireText(String name, Optional<String> value) {
        requireLength(name, value.orElse("").length(), MAX_TEXT);
    }

    static void requireShortText(String name, Optional<String> value) {
        requireLength(name, value.orElse("").length(), Names.MAX_CHARACTERS);
    }

    static void requireTexts(String name, Map<String, String> values) {
        int length = 0;
        for (Map.Entry<String, String> entry : values.entrySet()) {
            // Not every parser of JSON reads every key that it would read as a value.
            if (!Printable.isPlain(entry.getKey())) {
                throw new IllegalArgumentException("The " + name
                        + " must have keys without control, format and line characters, but has \""
                        + Printable.excerpt(entry.getKey()) + "\".");
            }
            length = Math.addExact(
                    length,
                    Math.addExact(entry.getKey().length(), entry.getValue().length()));
        }
        requireLength(name, length, MAX_TEXT);
    }

    static void requireCount(String name, int count) {
        if (count > MAX_COUNT) {
            throw new IllegalArgumentException(
                    "There must be at most " + MAX_COUNT + " " + name + ", but there are " + count + ".");
        }
    }

    private static void requireLength(String name, int length, int max) {
        if (length > max) {
            throw new IllegalArgumentException(
                    "The " + name + " must have at most " + max + " characters, but has " + length + ".");
        }
    }
}
