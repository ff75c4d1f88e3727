package dev.connector.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.connector.testing.internal.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SimulatedClockTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final SimulatedClock clock = new SimulatedClock(new VirtualTime(START, new SplittableRandom(1)));

    @Test
    void sleep_returnsAtOnceAndMovesBothClocks() throws InterruptedException {
        clock.sleep(Duration.ofMinutes(5));
        clock.sleep(Duration.ZERO);
        clock.sleep(Duration.ofSeconds(-1));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(300));
        assertThat(clock.nanos()).isEqualTo(300_000_000_000L);
        assertThat(clock).hasToString("SimulatedClock[2026-01-01T00:05:00Z]");
    }

    @Test
    void await_whenComplete_costsNoTime() throws InterruptedException {
        assertThat(clock.await(CompletableFuture.completedFuture(1), Duration.ofSeconds(9)))
                .isTrue();
        assertThat(clock.await(CompletableFuture.failedFuture(new IllegalStateException()), Duration.ofSeconds(9)))
                .isTrue();
        assertThat(clock.nanos()).isZero();
    }

    @Test
    void await_whenNotComplete_passesTheWholeTime() throws InterruptedException {
        assertThat(clock.await(new CompletableFuture<>(), Duration.ofSeconds(9)))
                .isFalse();
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(9));
    }

    @Test
    void waits_ofAnInterruptedThread_throwAndCostNoTime() throws InterruptedException {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> clock.sleep(Duration.ofSeconds(1)));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();

        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> clock.await(new CompletableFuture<>(), Duration.ofSeconds(1)));
        assertThat(clock.nanos()).isZero();

        Thread.currentThread().interrupt();
        assertThat(clock.await(CompletableFuture.completedFuture(1), Duration.ofSeconds(1)))
                .isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void set_movesTheWallClockOnly() {
        clock.advance(Duration.ofSeconds(1));
        clock.set(START.minusSeconds(3600));

        assertThat(clock.instant()).isEqualTo(START.minusSeconds(3600));
        assertThat(clock.nanos()).isEqualTo(1_000_000_000L);
    }

    @Test
    void advance_backwards_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> clock.advance(Duration.ofNanos(-1)));
    }
}
