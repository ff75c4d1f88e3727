package dev.connector.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorClockTest {

    private static final Duration FOR_EVER = Duration.ofDays(1_000_000);

    private final ConnectorClock system = ConnectorClock.system();

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void system_always_isTheOneInstanceAndGoesByTheMachinesClocks() {
        Instant wallBefore = Clock.systemUTC().instant();
        long before = System.nanoTime();

        assertThat(system.instant()).isAfterOrEqualTo(wallBefore);
        assertThat(system.nanos() - before).isNotNegative();
        assertThat(ConnectorClock.system()).isSameAs(system);
    }

    @Test
    void await_whenFutureIsDone_isTrueWhateverTheLimit() throws InterruptedException {
        CompletableFuture<String> done = CompletableFuture.completedFuture("done");

        assertThat(system.await(done, Duration.ZERO)).isTrue();
        assertThat(system.await(done, Duration.ofSeconds(-1))).isTrue();
        assertThat(system.await(done, FOR_EVER)).isTrue();
    }

    @Test
    void await_whenFutureHasFailed_isTrue() throws InterruptedException {
        assertThat(system.await(CompletableFuture.failedFuture(new IllegalStateException()), Duration.ZERO))
                .isTrue();
    }

    @Test
    void await_whenFutureIsCancelled_isTrue() throws InterruptedException {
        CompletableFuture<String> cancelled = new CompletableFuture<>();
        cancelled.cancel(true);

        assertThat(system.await(cancelled, FOR_EVER)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT-24000000H"})
    void await_whenFutureIsPendingAndThereIsNoTime_isFalse(Duration limit) throws InterruptedException {
        assertThat(system.await(new CompletableFuture<>(), limit)).isFalse();
    }

    @Test
    void await_whenFutureIsPendingForTheWholeLimit_isFalse() throws InterruptedException {
        assertThat(system.await(new CompletableFuture<>(), Duration.ofNanos(1))).isFalse();
    }

    @Test
    void await_whenAnotherThreadCompletesTheFuture_isTrue() throws InterruptedException {
        CompletableFuture<String> future = new CompletableFuture<>();
        Thread completing = new Thread(() -> future.complete("done"));
        completing.start();

        assertThat(system.await(future, FOR_EVER)).isTrue();

        completing.join();
    }

    @Test
    void await_whenThreadIsInterruptedAndFutureIsPending_throwsAndClearsTheFlag() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> system.await(new CompletableFuture<>(), FOR_EVER));

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void sleep_whenThreadIsInterrupted_throwsAndClearsTheFlag() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> system.sleep(FOR_EVER));

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT-24000000H", "PT0.000001S"})
    void sleep_whenThereIsHardlyAnythingToWaitFor_returns(Duration duration) throws InterruptedException {
        long before = system.nanos();

        system.sleep(duration);

        assertThat(system.nanos() - before).isGreaterThanOrEqualTo(Math.max(0, duration.toSeconds()));
    }

    @Test
    void of_always_asksTheFourThatItWasMadeOf() throws InterruptedException {
        List<Object> asked = new ArrayList<>();
        CompletableFuture<String> future = new CompletableFuture<>();
        ConnectorClock clock = ConnectorClock.of(
                () -> Instant.EPOCH, () -> 42L, asked::add, (awaited, limit) -> asked.add(awaited) && asked.add(limit));

        assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
        assertThat(clock.millis()).isZero();
        assertThat(clock.nanos()).isEqualTo(42);
        clock.sleep(Duration.ofSeconds(1));
        assertThat(clock.await(future, Duration.ofSeconds(2))).isTrue();
        assertThat(asked).containsExactly(Duration.ofSeconds(1), future, Duration.ofSeconds(2));
    }
}
