package dev.connector.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * A clock that stands still until somebody waits on it or moves it: a wait returns at once, and the time it would have taken
 * has passed.
 *
 * <p>It has a wall clock, {@link #instant()}, which can be set as an administrator would set it, and a monotonic clock,
 * {@link #nanos()}, which only ever goes forward, by waiting or by {@link #advance(Duration)}.
 *
 * <p>Thread-safe, but made for one waiting thread: each wait moves the one clock, so the waits of two threads add up.
 */
public final class SimulatedClock implements InstantSource {

    private final ReentrantLock lock = new ReentrantLock();
    private volatile Reading reading;

    SimulatedClock(Instant start) {
        reading = new Reading(start, 0);
    }

    /**
     * The time on the wall clock.
     *
     * @return the time that was started from or set, and what has passed since
     */
    @Override
    public Instant instant() {
        return reading.wall();
    }

    /**
     * The monotonic clock, which {@link #set(Instant)} does not touch.
     *
     * @return nanoseconds since this clock was made
     */
    public long nanos() {
        return reading.nanos();
    }

    /**
     * Waits, which moves both clocks on and returns at once.
     *
     * @param duration how long; nothing happens where it is zero or negative
     * @throws InterruptedException if the thread was interrupted; its flag is then cleared and no time has passed
     */
    public void sleep(Duration duration) throws InterruptedException {
        Objects.requireNonNull(duration, "duration");
        throwIfInterrupted();
        pass(duration);
    }

    /**
     * Waits until a future is complete or the duration has passed. A future that is complete costs no time; for another the
     * whole duration passes at once, since on one thread nobody could complete it meanwhile.
     *
     * @param future what to wait for; how it completes does not matter
     * @param duration how long at most; zero or negative only looks
     * @return whether the future is complete
     * @throws InterruptedException if the thread was interrupted and the future is not complete; the flag is then cleared and
     *     no time has passed
     */
    public boolean await(CompletableFuture<?> future, Duration duration) throws InterruptedException {
        Objects.requireNonNull(duration, "duration");
        if (future.isDone()) {
            return true;
        }
        throwIfInterrupted();
        pass(duration);
        return future.isDone();
    }

    /**
     * Lets time pass, on both clocks.
     *
     * @param duration how much
     * @throws IllegalArgumentException if the duration is negative; {@link #set(Instant)} turns the wall clock back
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("Time does not go backwards: " + duration);
        }
        pass(duration);
    }

    /**
     * Sets the wall clock, forward or back, as a correction of a machine's clock does. No time passes: the monotonic clock
     * stays as it is.
     *
     * @param instant the new time on the wall
     */
    public void set(Instant instant) {
        Objects.requireNonNull(instant, "instant");
        change(now -> new Reading(instant, now.nanos()));
    }

    /**
     * Shows the time on the wall.
     *
     * @return the wall clock's time in ISO-8601
     */
    @Override
    public String toString() {
        return "SimulatedClock[" + instant() + "]";
    }

    private void pass(Duration duration) {
        if (!duration.isNegative() && !duration.isZero()) {
            change(now -> now.plus(duration));
        }
    }

    private void change(UnaryOperator<Reading> change) {
        lock.lock();
        try {
            reading = change.apply(reading);
        } finally {
            lock.unlock();
        }
    }

    private static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("The thread was interrupted before it waited");
        }
    }

    private record Reading(Instant wall, long nanos) {
        Reading plus(Duration duration) {
            return new Reading(wall.plus(duration), Math.addExact(nanos, duration.toNanos()));
        }
    }
}
