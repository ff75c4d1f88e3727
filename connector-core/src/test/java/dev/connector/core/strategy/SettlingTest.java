package dev.connector.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.connector.core.ConnectorClock;
import dev.connector.core.ConnectorListener;
import dev.connector.testing.SimulatedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SettlingTest {

    private static final Duration SETTLE_TIME = Duration.ofSeconds(30);

    private final SimulatedClock simulated = Samples.clock();
    private final ConnectorClock clock = Samples.connectorClock(simulated);
    private final List<ConnectorListener.Wait> waits = new ArrayList<>();

    /** When each read was made, in nanoseconds from the start. */
    private final List<Duration> reads = new ArrayList<>();

    private final long started = clock.nanos();

    private Settling settling(Duration settleTime) {
        return new Settling(
                clock,
                new ConnectorListener() {
                    @Override
                    public void onWait(Wait wait) {
                        waits.add(wait);
                    }
                },
                settleTime);
    }

    private Deadline in(Duration limit) {
        return Deadline.in(clock, limit);
    }

    /** Shows the door open from a time on. */
    private Supplier<Boolean> openAfter(Duration time) {
        return () -> {
            Duration now = Duration.ofNanos(clock.nanos() - started);
            reads.add(now);
            return now.compareTo(time) >= 0;
        };
    }

    private Supplier<Boolean> never() {
        return openAfter(Duration.ofDays(1_000));
    }

    @Test
    void readUntil_whenFirstReadingIsHopedFor_doesNotWait() throws InterruptedException {
        assertThat(settling(SETTLE_TIME)
                        .readUntil("door to open", in(Duration.ofHours(1)), openAfter(Duration.ZERO), open -> open))
                .isTrue();
        assertThat(reads).containsExactly(Duration.ZERO);
        assertThat(waits).isEmpty();
    }

    @Test
    void readUntil_whenItShowsLater_pausesLongerAndLonger() throws InterruptedException {
        assertThat(settling(SETTLE_TIME)
                        .readUntil(
                                "door to open",
                                in(Duration.ofHours(1)),
                                openAfter(Duration.ofSeconds(14)),
                                open -> open))
                .isTrue();
        assertThat(waits)
                .extracting(ConnectorListener.Wait::duration)
                .containsExactly(
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5));
        assertThat(waits).extracting(ConnectorListener.Wait::purpose).containsOnly("door to open");
    }

    @Test
    void readUntil_whenItNeverShows_readsLastWhenTheTimeIsOverExactly() throws InterruptedException {
        assertThat(settling(SETTLE_TIME).readUntil("door to open", in(Duration.ofHours(1)), never(), open -> open))
                .isFalse();
        assertThat(reads).endsWith(SETTLE_TIME).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void readUntil_whenItShowsInTheLastMoment_seesIt() throws InterruptedException {
        assertThat(settling(SETTLE_TIME)
                        .readUntil("door to open", in(Duration.ofHours(1)), openAfter(SETTLE_TIME), open -> open))
                .isTrue();
    }

    @Test
    void readUntil_whenDeadlineIsShorter_readsLastThen() throws InterruptedException {
        Duration limit = Duration.ofMillis(1_234);

        assertThat(settling(SETTLE_TIME).readUntil("door to open", in(limit), never(), open -> open))
                .isFalse();
        assertThat(reads).endsWith(limit);
    }

    @Test
    void readUntil_whenThereIsNoTime_readsOnce() throws InterruptedException {
        assertThat(settling(Duration.ZERO).readUntil("door to open", in(Duration.ofHours(1)), never(), open -> open))
                .isFalse();
        assertThat(settling(SETTLE_TIME).readUntil("door to open", in(Duration.ZERO), never(), open -> open))
                .isFalse();
        assertThat(reads).hasSize(2);
        assertThat(waits).isEmpty();
    }

    @Test
    void readUntil_whenReadsThemselvesTakeTheTime_readsOnceMoreAfterIt() throws InterruptedException {
        Supplier<Boolean> slow = () -> {
            simulated.advance(Duration.ofMinutes(1));
            return never().get();
        };

        assertThat(settling(SETTLE_TIME).readUntil("door to open", in(Duration.ofHours(1)), slow, open -> open))
                .isFalse();
        assertThat(reads).containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(2));
    }

    @Test
    void readUntil_whenInterrupted_endsAfterAReading() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> settling(SETTLE_TIME)
                        .readUntil("door to open", in(Duration.ofHours(1)), never(), open -> open));
        assertThat(reads).hasSize(1);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void readTwice_whenBothShowIt_agrees() throws InterruptedException {
        Settling.Twice<Boolean> twice =
                settling(SETTLE_TIME).readTwice("second look", in(SETTLE_TIME), never(), open -> !open);

        assertThat(twice.agreed()).isTrue();
        assertThat(twice.last()).isFalse();
        assertThat(reads).containsExactly(Duration.ZERO, SETTLE_TIME);
        assertThat(waits).containsExactly(ConnectorListener.Wait.of("second look", SETTLE_TIME));
    }

    @Test
    void readTwice_whenSecondShowsOtherwise_disagrees() throws InterruptedException {
        Settling.Twice<Boolean> twice = settling(SETTLE_TIME)
                .readTwice("second look", in(Duration.ofHours(1)), openAfter(Duration.ofNanos(1)), open -> !open);

        assertThat(twice.agreed()).isFalse();
        assertThat(twice.last()).isTrue();
    }

    @Test
    void readTwice_whenFirstShowsOtherwise_doesNotWait() throws InterruptedException {
        Settling.Twice<Boolean> twice = settling(SETTLE_TIME)
                .readTwice("second look", in(Duration.ofHours(1)), openAfter(Duration.ZERO), open -> !open);

        assertThat(twice.agreed()).isFalse();
        assertThat(twice.last()).isTrue();
        assertThat(waits).isEmpty();
    }

    @Test
    void readTwice_whenThereIsNoTimeForASecond_doesNotAgree() throws InterruptedException {
        Settling.Twice<Boolean> twice =
                settling(SETTLE_TIME).readTwice("second look", in(SETTLE_TIME.minusNanos(1)), never(), open -> !open);

        assertThat(twice.agreed()).isFalse();
        assertThat(twice.last()).isFalse();
        assertThat(reads).hasSize(1);
    }

    @Test
    void readTwice_whenInterrupted_provesNothing() {
        Thread.currentThread().interrupt();

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> settling(SETTLE_TIME)
                        .readTwice("second look", in(Duration.ofHours(1)), never(), open -> !open));
        assertThat(reads).hasSize(1);
    }

    @Test
    void readUntil_whenListenerThrows_waitsAllTheSame() throws InterruptedException {
        Settling settling = new Settling(
                clock,
                new ConnectorListener() {
                    @Override
                    public void onWait(Wait wait) {
                        throw new IllegalStateException("deaf");
                    }
                },
                SETTLE_TIME);

        assertThat(settling.readUntil(
                        "door to open", in(Duration.ofHours(1)), openAfter(Duration.ofSeconds(1)), open -> open))
                .isTrue();
    }

    @Test
    void new_whenSettleTimeIsNegative_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settling(Duration.ofNanos(-1)))
                .withMessageStartingWith("settleTime must not be negative");
    }
}
