package dev.connector.core.strategy;

import dev.connector.core.internal.Printable;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long an access lasts, as people write it: {@code 30s}, {@code 10m}, {@code 1h}, {@code 1d} or {@code 1mo}.
 *
 * <p>It is a whole number of seconds, from 1 second to 3,650 days. A day is always 24 hours and a month always 30 days, whatever the calendar
 * says. Two durations are equal if they last equally long: {@code 60m} equals {@code 1h}.
 *
 * <p>Immutable and thread-safe.
 */
public final class AccessDuration {

    private static final long MAX_SECONDS = Duration.ofDays(3650).toSeconds();
    private static final int MAX_DIGITS = 9;
    private static final Pattern FORM = Pattern.compile("([0-9]+)([a-z]+)");
    private static final String HOW_TO_WRITE =
            "Write a whole number and one unit, such as 30s, 10m, 1h, 1d or 1mo (30 days).";

    private final long seconds;

    private AccessDuration(long seconds) {
        this.seconds = seconds;
    }

    /**
     * Reads a duration.
     *
     * @param text a whole number without leading zeros, and directly behind it one of the units {@code s}, {@code m}, {@code h}, {@code d} and
     *     {@code mo}; nothing else
     * @return the duration
     * @throws IllegalArgumentException if it is written otherwise, is zero, or is longer than 3,650 days; the message says which
     */
    public static AccessDuration parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw invalid(text, whyNotOfTheForm(text));
        }
        String digits = form.group(1);
        Unit unit = Unit.named(form.group(2));
        if (unit == null) {
            throw invalid(text, "its unit is none of s, m, h, d and mo");
        }
        if (digits.equals("0")) {
            throw invalid(text, "it must be more than zero");
        }
        if (digits.startsWith("0")) {
            throw invalid(text, "the number must not begin with 0");
        }
        if (digits.length() > MAX_DIGITS || Long.parseLong(digits) > MAX_SECONDS / unit.seconds) {
            throw invalid(text, "it must be at most 3650d");
        }
        return new AccessDuration(Long.parseLong(digits) * unit.seconds);
    }

    /**
     * Takes a duration over.
     *
     * @param duration whole seconds, from 1 second to 3,650 days
     * @return the duration
     * @throws IllegalArgumentException if it is zero, negative, longer than 3,650 days, or has a fraction of a second
     */
    public static AccessDuration of(Duration duration) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("A duration of access must be more than zero, but is " + duration + ".");
        }
        if (duration.toNanosPart() != 0) {
            throw new IllegalArgumentException(
                    "A duration of access must be a whole number of seconds, but is " + duration + ".");
        }
        if (duration.toSeconds() > MAX_SECONDS) {
            throw new IllegalArgumentException(
                    "A duration of access must be at most 3,650 days, but is " + duration + ".");
        }
        return new AccessDuration(duration.toSeconds());
    }

    private static String whyNotOfTheForm(String text) {
        if (text.isEmpty()) {
            return "it is empty";
        }
        if (text.startsWith("-") || text.startsWith("+")) {
            return "it must not have a sign";
        }
        if (text.chars().anyMatch(Character::isWhitespace)) {
            return "it must not contain spaces";
        }
        if (text.chars().anyMatch(c -> c >= 'A' && c <= 'Z')) {
            return "the unit must be in lower case";
        }
        if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return "it has no unit";
        }
        return "it is not of that form";
    }

    private static IllegalArgumentException invalid(String text, String why) {
        String shown = text.length() <= 40 ? text : text.substring(0, 40) + "…";
        return new IllegalArgumentException(
                Printable.escape("Not a duration of access: \"" + shown + "\": " + why + ". " + HOW_TO_WRITE));
    }

    /**
     * The duration in the JDK's type.
     *
     * @return whole seconds, more than zero
     */
    public Duration toDuration() {
        return Duration.ofSeconds(seconds);
    }

    /**
     * The duration in seconds.
     *
     * @return more than zero
     */
    public long toSeconds() {
        return seconds;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AccessDuration that && seconds == that.seconds;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(seconds);
    }

    /** The duration in the largest unit of which it is a whole number, in the form that {@link #parse(String)} reads. */
    @Override
    public String toString() {
        for (Unit unit : Unit.values()) {
            if (seconds % unit.seconds == 0) {
                return seconds / unit.seconds + unit.symbol;
            }
        }
        throw new AssertionError(seconds);
    }

    /** The units, the largest first. */
    private enum Unit {
        MONTH("mo", Duration.ofDays(30)),
        DAY("d", Duration.ofDays(1)),
        HOUR("h", Duration.ofHours(1)),
        MINUTE("m", Duration.ofMinutes(1)),
        SECOND("s", Duration.ofSeconds(1));

        private final String symbol;
        private final long seconds;

        Unit(String symbol, Duration length) {
            this.symbol = symbol;
            this.seconds = length.toSeconds();
        }

        private static @Nullable Unit named(String symbol) {
            for (Unit unit : values()) {
                if (unit.symbol.equals(symbol)) {
                    return unit;
                }
            }
            return null;
        }
    }
}
