package dev.connector.testing.internal.time;

import java.time.Duration;
import java.time.Instant;

/**
 * What both clocks show at one moment.
 *
 * @param wall the wall clock
 * @param nanos the monotonic clock
 */
record Reading(Instant wall, long nanos) {

    Reading plus(Duration duration) {
        return new Reading(wall.plus(duration), Math.addExact(nanos, duration.toNanos()));
    }
}
