package dev.connector.core.strategy;

import dev.connector.core.ConnectorClock;
import dev.connector.core.ConnectorListener;
import dev.connector.core.internal.SafeListener;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Waiting until AWS's reads show what is so: they lag behind its writes, and no read by itself proves that something is absent.
 *
 * <p>Thread-safe; the calling thread waits. For people who write strategies.
 */
public final class Settling {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final ConnectorClock clock;
    private final ConnectorListener listener;
    private final Duration settleTime;

    /**
     * Waits of one length.
     *
     * @param clock the clock to wait on
     * @param listener told of each wait
     * @param settleTime how long reads may lag behind writes
     * @throws IllegalArgumentException if {@code settleTime} is negative
     */
    public Settling(ConnectorClock clock, ConnectorListener listener, Duration settleTime) {
        if (settleTime.isNegative()) {
            throw new IllegalArgumentException("settleTime must not be negative, but is " + settleTime + ".");
        }
        this.clock = clock;
        this.listener = SafeListener.of(listener);
        this.settleTime = settleTime;
    }

    /**
     * Reads until a reading is what was hoped for, or the settle time or the deadline has passed. The last read is made when that time is over, not before.
     *
     * @param <S> what a read shows
     * @param purpose what is waited for, for the listener
     * @param deadline when to give up even before the settle time has passed
     * @param read one read
     * @param hopedFor what ends the wait
     * @return the last reading
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public <S> S readUntil(String purpose, Deadline deadline, Supplier<S> read, Predicate<S> hopedFor)
            throws InterruptedException {
        Deadline settled = Deadline.in(clock, deadline.remainingAtMost(settleTime));
        Duration pause = FIRST_PAUSE;
        while (true) {
            boolean last = settled.remaining().isZero();
            S reading = read.get();
            if (last || hopedFor.test(reading)) {
                return reading;
            }
            pause(purpose, settled.remainingAtMost(pause));
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    /**
     * Reads twice, the settle time apart, to be sure of what a single read cannot prove.
     *
     * @param <S> what a read shows
     * @param purpose what is waited for, for the listener
     * @param deadline when there is no time for a second read
     * @param read one read
     * @param hopedFor what both reads must show
     * @return the reading that was not hoped for, or else the second one; the first one is also the last if there is no time for another
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public <S> Twice<S> readTwice(String purpose, Deadline deadline, Supplier<S> read, Predicate<S> hopedFor)
            throws InterruptedException {
        S first = read.get();
        if (!hopedFor.test(first) || deadline.remaining().compareTo(settleTime) < 0) {
            return new Twice<>(first, false);
        }
        pause(purpose, settleTime);
        S second = read.get();
        return new Twice<>(second, hopedFor.test(second));
    }

    private void pause(String purpose, Duration duration) throws InterruptedException {
        listener.onWait(ConnectorListener.Wait.of(purpose, duration));
        clock.sleep(duration);
    }

    /**
     * What two reads showed.
     *
     * @param <S> what a read shows
     */
    public static final class Twice<S> {

        private final S last;
        private final boolean agreed;

        private Twice(S last, boolean agreed) {
            this.last = last;
            this.agreed = agreed;
        }

        /**
         * The last reading.
         *
         * @return what it showed
         */
        public S last() {
            return last;
        }

        /**
         * Whether two reads, the settle time apart, showed what was hoped for.
         *
         * @return {@code false} also if there was no time for the second one
         */
        public boolean agreed() {
            return agreed;
        }
    }
}
