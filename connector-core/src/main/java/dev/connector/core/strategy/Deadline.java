package dev.connector.core.strategy;

import dev.connector.core.ConnectorClock;
import java.time.Duration;

/**
 * When a verb's time is over, by the monotonic clock: a step of the wall clock does not move it.
 *
 * <p>Immutable and thread-safe. For people who write strategies.
 */
public final class Deadline {

    private final ConnectorClock clock;
    private final long started;
    private final Duration limit;

    private Deadline(ConnectorClock clock, Duration limit) {
        this.clock = clock;
        this.started = clock.nanos();
        this.limit = limit;
    }

    /**
     * A deadline that much from now.
     *
     * @param clock the clock to go by
     * @param limit from now; a negative one is over at once
     * @return the deadline
     */
    public static Deadline in(ConnectorClock clock, Duration limit) {
        return new Deadline(clock, limit.isNegative() ? Duration.ZERO : limit);
    }

    /**
     * The time that is left.
     *
     * @return zero if it is over
     */
    public Duration remaining() {
        Duration left = limit.minusNanos(clock.nanos() - started);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /**
     * The time that is left, or a shorter one.
     *
     * @param other a duration from now
     * @return the shorter of the two, zero at least
     */
    public Duration remainingAtMost(Duration other) {
        Duration left = remaining();
        Duration shorter = other.compareTo(left) < 0 ? other : left;
        return shorter.isNegative() ? Duration.ZERO : shorter;
    }
}
