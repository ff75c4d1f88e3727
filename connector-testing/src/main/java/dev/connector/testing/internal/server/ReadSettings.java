package dev.connector.testing.internal.server;

import dev.connector.testing.internal.time.Timeline;
import java.time.Duration;

/**
 * How reads behave where AWS is free to behave differently.
 *
 * @param delay how late readers see a change
 * @param paging how lists are cut
 */
public record ReadSettings(Duration delay, Paging paging) {

    public static final ReadSettings DEFAULT = new ReadSettings(Duration.ZERO, Paging.PLAIN);

    public ReadSettings withDelay(Duration other) {
        if (other.isNegative() || other.compareTo(Timeline.MEMORY) > 0) {
            throw new IllegalArgumentException("Changes take from nothing to one hour to be seen, not " + other);
        }
        return new ReadSettings(other, paging);
    }

    public ReadSettings withPaging(Paging other) {
        return new ReadSettings(delay, other);
    }
}
