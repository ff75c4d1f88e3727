package dev.connector.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.core.ConnectorClock;
import dev.connector.testing.SimulatedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private final SimulatedClock clock = Samples.clock();

    private Deadline in(Duration limit) {
        return Deadline.in(Samples.connectorClock(clock), limit);
    }

    @Test
    void remaining_whenTimePasses_isWhatIsLeft() {
        Deadline deadline = in(Duration.ofSeconds(10));
        assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(10));

        clock.advance(Duration.ofSeconds(4));
        assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(6));

        clock.advance(Duration.ofDays(4));
        assertThat(deadline.remaining()).isZero();
    }

    @Test
    void remaining_whenWallClockIsSet_isNotMoved() {
        Deadline deadline = in(Duration.ofSeconds(10));

        clock.set(clock.instant().plus(Duration.ofDays(1)));
        assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(10));
        clock.set(Instant.EPOCH);
        assertThat(deadline.remaining()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void remainingAtMost_whenAsked_isTheShorterOne() {
        Deadline deadline = in(Duration.ofSeconds(10));

        assertThat(deadline.remainingAtMost(Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(3));
        assertThat(deadline.remainingAtMost(Duration.ofSeconds(30))).isEqualTo(Duration.ofSeconds(10));
        assertThat(deadline.remainingAtMost(Duration.ofSeconds(-3))).isZero();
        assertThat(deadline.remainingAtMost(Duration.ofSeconds(Long.MIN_VALUE))).isZero();
    }

    @Test
    void remaining_whenLimitIsExtreme_doesNotOverflow() {
        Deadline never = in(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999));
        Deadline overAtOnce = in(Duration.ofSeconds(Long.MIN_VALUE));
        Deadline days = in(Duration.ofDays(365 * 1_000));
        clock.advance(Duration.ofDays(100));

        assertThat(never.remaining()).isGreaterThan(Duration.ofDays(365 * 1_000_000));
        assertThat(overAtOnce.remaining()).isZero();
        assertThat(days.remaining()).isEqualTo(Duration.ofDays(365 * 1_000 - 100));
    }

    /** The monotonic clock may begin anywhere, and may pass the largest number meanwhile. */
    @Test
    void remaining_whenMonotonicClockWrapsAround_goesOn() {
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
        Deadline deadline = Deadline.in(
                ConnectorClock.of(() -> Instant.EPOCH, nanos::get, duration -> {}, (future, limit) -> true),
                Duration.ofNanos(20));
        nanos.addAndGet(12);

        assertThat(nanos.get()).isNegative();
        assertThat(deadline.remaining()).isEqualTo(Duration.ofNanos(8));
    }
}
