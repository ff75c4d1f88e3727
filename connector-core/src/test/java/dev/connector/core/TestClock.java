package dev.connector.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Time that passes only when it is told to, or when somebody waits for it.
 *
 * <p>Thread-safe. Its monotonic readings begin shortly before they overflow, so that whoever compares them wrongly is found out.
 */
public final class TestClock implements ConnectorClock {

    private volatile Reading now = new Reading(Instant.parse("2026-01-01T00:00:00Z"), Long.MAX_VALUE - 1_000_000);
    private final Lock writing = new ReentrantLock();
    private final List<Duration> sleeps = new CopyOnWriteArrayList<>();

    @Override
    public Instant instant() {
        return now.wall();
    }

    @Override
    public long nanos() {
        return now.nanos();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        sleeps.add(duration);
        pass(duration);
    }

    @Override
    public boolean await(CompletableFuture<?> future, Duration limit) throws InterruptedException {
        if (future.isDone()) {
            return true;
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        pass(limit);
        return future.isDone();
    }

    /** Lets time pass on both clocks. */
    public void advance(Duration duration) {
        pass(duration);
    }

    /** Sets the wall clock on, or back; the monotonic one does not notice. */
    public void step(Duration duration) {
        move(duration, 0);
    }

    /** What was slept so far, in order; waits for futures are not among it. */
    public List<Duration> sleeps() {
        return List.copyOf(sleeps);
    }

    private void pass(Duration duration) {
        if (!duration.isNegative()) {
            move(duration, TimeUnit.NANOSECONDS.convert(duration));
        }
    }

    private void move(Duration wall, long nanos) {
        writing.lock();
        try {
            now = new Reading(now.wall().plus(wall), now.nanos() + nanos);
        } finally {
            writing.unlock();
        }
    }

    private record Reading(Instant wall, long nanos) {}
}
