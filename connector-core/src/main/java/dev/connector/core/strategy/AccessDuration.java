package dev.connector.core.strategy;

import dev.connector.core.internal.Printable;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A duration as people write it: {@code 30s}, {@code 10m}, {@code 1h}, {@code 1d} or {@code 1mo}, which is 30 days.
 *
 * <p>Immutable; of whole seconds.
 */
public final class AccessDuration {

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,9})(s|mo|m|h|d)");

    private final Duration duration;

    private AccessDuration(Duration duration) {
        Limits.requireDuration("A duration", duration, Limits.MAX_DURATION);
        if (!duration.equals(duration.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException("A duration must be of whole seconds, but is " + duration + ".");
        }
        this.duration = duration;
    }

    /**
     * Reads a duration.
     *
     * @param text a whole number and a unit, with nothing between, before or behind them
     * @return the duration
     * @throws IllegalArgumentException if it is not one, is zero, or is more than 3,660 days
     */
    public static AccessDuration parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "A duration is a whole number and a unit, as in 30s, 10m, 1h, 1d or 1mo, but not \""
                            + Printable.escape(text) + "\".");
        }
        return new AccessDuration(Unit.of(matcher.group(2)).length.multipliedBy(Long.parseLong(matcher.group(1))));
    }

    /**
     * Takes a duration.
     *
     * @param duration of whole seconds
     * @return the duration
     * @throws IllegalArgumentException if it is not of whole seconds, not more than zero, or more than 3,660 days
     */
    public static AccessDuration of(Duration duration) {
        return new AccessDuration(duration);
    }

    /**
     * The duration.
     *
     * @return of whole seconds, more than zero
     */
    public Duration toDuration() {
        return duration;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AccessDuration that && duration.equals(that.duration);
    }

    @Override
    public int hashCode() {
        return duration.hashCode();
    }

    /**
     * The duration as people write it, in the largest unit that is exact.
     *
     * @return for instance {@code 1h}, and {@code 90s} for a minute and a half
     */
    @Override
    public String toString() {
        Unit unit = Unit.largestThatDivides(duration);
        return duration.dividedBy(unit.length) + unit.letters;
    }

    private enum Unit {
        MONTH("mo", Duration.ofDays(30)),
        DAY("d", Duration.ofDays(1)),
        HOUR("h", Duration.ofHours(1)),
        MINUTE("m", Duration.ofMinutes(1)),
        SECOND("s", Duration.ofSeconds(1));

        private final String letters;
        private final Duration length;

        Unit(String letters, Duration length) {
            this.letters = letters;
            this.length = length;
        }

        private static Unit of(String letters) {
            return first(unit -> unit.letters.equals(letters));
        }

        private static Unit largestThatDivides(Duration duration) {
            return first(unit -> duration.toSeconds() % unit.length.toSeconds() == 0);
        }

        private static Unit first(Predicate<Unit> wanted) {
            return Arrays.stream(values()).filter(wanted).findFirst().orElseThrow();
        }
    }
}
