package dev.connector.testing;

import dev.connector.testing.internal.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * A clock that stands still until somebody waits on it or moves it: a wait costs no real time, and the time it would have taken
 * has passed.
 *
 * <p>It has a wall clock, {@link #instant()}, which can be set as an administrator would set it, and a monotonic clock,
 * {@link #nanos()}, which only ever goes forward, by waiting or by {@link #advance(Duration)}.
 *
 * <p><b>One thread:</b> a wait moves the clock and returns at once. Without a run the clock is made for one waiting thread: the
 * waits of two would add up.
 *
 * <p><b>Several threads</b> wait as they would on a real clock when they are the tasks of {@link SimulatedAws#run}: time moves
 * only when no task can go on at the present instant, so two tasks that sleep for 20 and for 30 seconds take 30 together. As
 * long as a run is on, only its tasks may wait on the clock or advance it. {@code SimulatedAws.run} has an example.
 *
 * <p>Thread-safe.
 */
public final class SimulatedClock implements InstantSource {

    private final VirtualTime time;

    SimulatedClock(VirtualTime time) {
        this.time = time;
    }

    /**
     * The time on the wall clock.
     *
     * @return the time that was started from or set, and what has passed since
     */
    @Override
    public Instant instant() {
        return time.instant();
    }

    /**
     * The monotonic clock, which {@link #set(Instant)} does not touch.
     *
     * @return nanoseconds since this clock was made
     */
    public long nanos() {
        return time.nanos();
    }

    /**
     * Waits. In a run other tasks go on meanwhile; else both clocks move on, and this returns at once. In a run, 292 years or
     * more are without a limit.
     *
     * @param duration how long; nothing happens where it is zero or negative
     * @throws InterruptedException if the thread was interrupted before or while it waited; its flag is then cleared. In a run
     *     the wait ends at the instant of the interrupt
     * @throws IllegalStateException if a run is on and the thread is none of its tasks
     */
    public void sleep(Duration duration) throws InterruptedException {
        time.sleep(Objects.requireNonNull(duration, "duration"));
    }

    /**
     * Waits until a future is complete or the duration has passed. A future that is complete costs no time. In a run, a task
     * that completes the future ends the wait at that instant, and 292 years or more are without a limit. Else the whole
     * duration passes at once, since on one thread nobody could complete it meanwhile.
     *
     * @param future what to wait for; how it completes does not matter
     * @param duration how long at most; zero or negative only looks
     * @return whether the future is complete
     * @throws InterruptedException if the thread was interrupted before or while it waited and the future is not complete; the
     *     flag is then cleared. In a run the wait ends at the instant of the interrupt
     * @throws IllegalStateException if the future is not complete, a run is on and the thread is none of its tasks
     */
    public boolean await(CompletableFuture<?> future, Duration duration) throws InterruptedException {
        return time.await(future, Objects.requireNonNull(duration, "duration"));
    }

    /**
     * Lets time pass, on both clocks. In a run it passes for all tasks while the calling one goes on; those whose waits it has
     * ended follow when that one waits, in the order in which their waits were to end.
     *
     * @param duration how much
     * @throws IllegalArgumentException if the duration is negative; {@link #set(Instant)} turns the wall clock back
     * @throws IllegalStateException if a run is on and the thread is none of its tasks
     */
    public void advance(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("Time does not go backwards: " + duration);
        }
        time.advance(duration);
    }

    /**
     * Sets the wall clock, forward or back, as a correction of a machine's clock does. No time passes: the monotonic clock
     * stays as it is, and so do the waits of a run.
     *
     * @param instant the new time on the wall
     */
    public void set(Instant instant) {
        time.set(Objects.requireNonNull(instant, "instant"));
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
}
