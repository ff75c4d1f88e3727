package dev.connector.core;

import dev.connector.core.internal.SystemClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * The time that the library goes by: every clock reading and every wait of its own goes through one of these.
 *
 * <p>The wall clock ({@link #instant()}) is compared with instants that AWS or a caller gives; the monotonic one
 * ({@link #nanos()}) measures how long something took, so a step of the wall clock neither stretches nor shortens a wait.
 *
 * <p>Implementations are thread-safe.
 */
public interface ConnectorClock extends InstantSource {

    /**
     * A monotonic reading in nanoseconds, meaningful only as a difference of two readings of the same clock.
     *
     * @return the reading
     */
    long nanos();

    /**
     * Waits.
     *
     * @param duration how long; zero or less does not wait
     * @throws InterruptedException if the thread is interrupted before or while it waits; its flag is then cleared
     */
    void sleep(Duration duration) throws InterruptedException;

    /**
     * Waits for a future, but not for its result: whether it failed is for the caller to ask.
     *
     * @param future what to wait for
     * @param limit how long at most; zero or less only looks
     * @return whether the future is completed, normally or not
     * @throws InterruptedException if the thread is interrupted before or while it waits; its flag is then cleared
     */
    boolean await(CompletableFuture<?> future, Duration limit) throws InterruptedException;

    /**
     * The machine's own clock.
     *
     * @return the one instance
     */
    static ConnectorClock system() {
        return SystemClock.INSTANCE;
    }

    /**
     * Adapts another clock, for instance a virtual one in tests.
     *
     * @param wall the wall clock
     * @param nanos the monotonic clock, in nanoseconds
     * @param sleeper waits for a duration
     * @param awaiter waits for a future
     * @return a clock of the four
     */
    static ConnectorClock of(InstantSource wall, LongSupplier nanos, Sleeper sleeper, Awaiter awaiter) {
        return new ConnectorClock() {
            @Override
            public Instant instant() {
                return wall.instant();
            }

            @Override
            public long nanos() {
                return nanos.getAsLong();
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                sleeper.sleep(duration);
            }

            @Override
            public boolean await(CompletableFuture<?> future, Duration limit) throws InterruptedException {
                return awaiter.await(future, limit);
            }
        };
    }

    /** Waits for a duration, as {@link ConnectorClock#sleep(Duration)} does. */
    @FunctionalInterface
    interface Sleeper {

        /**
         * Waits.
         *
         * @param duration how long
         * @throws InterruptedException if the thread is interrupted
         */
        void sleep(Duration duration) throws InterruptedException;
    }

    /** Waits for a future, as {@link ConnectorClock#await(CompletableFuture, Duration)} does. */
    @FunctionalInterface
    interface Awaiter {

        /**
         * Waits.
         *
         * @param future what to wait for
         * @param limit how long at most
         * @return whether the future is completed
         * @throws InterruptedException if the thread is interrupted
         */
        boolean await(CompletableFuture<?> future, Duration limit) throws InterruptedException;
    }
}
