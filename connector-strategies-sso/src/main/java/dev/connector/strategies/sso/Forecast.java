package dev.connector.strategies.sso;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How long changes take, by how long earlier ones took. Not thread-safe. */
final class Forecast {

    private static final double WEIGHT_OF_LAST = 0.1;

    private double mean = TimeUnit.SECONDS.toNanos(5);

    void took(long nanos) {
        mean += (nanos - mean) * WEIGHT_OF_LAST;
    }

    /** Until the change at a position is done, where so many are worked on at one time. */
    Duration timeToGo(int position, int slots) {
        return Duration.ofNanos((long) (mean * position / slots + mean));
    }
}
