package dev.connector.strategies.sso;

import dev.connector.core.AwsFailure;
import java.util.Locale;
import java.util.stream.Stream;

/** AWS's two ways of saying that it is too much, which differ by their message alone. */
enum Throttle {
    /** Too many calls in a second. */
    RATE,
    /** Too many changes that are not done yet. */
    OUTSTANDING;

    static Throttle of(AwsFailure failure) {
        String words = failure.description().toLowerCase(Locale.ROOT);
        return Stream.of("processing", "outstanding", "in progress", "concurrent")
                        .anyMatch(words::contains)
                ? OUTSTANDING
                : RATE;
    }
}
