package dev.connector.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A clock that moves when a test says so. A sleep moves it, and returns at once; a wait for a future ends when the future does, or once the
 * clock is moved past its limit.
 *
 * <p>Thread-safe. A wait that nobody ends fails the test after half a minute of real time.
 */
public final class VirtualClock implements ConnectorClock {

    private static final long PATIENCE_SECONDS = 30;

    private volatile Instant wall = Instant.parse("2026-01-01T00:00:00Z");
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Timer> timers = new ArrayList<>();
    private final List<Duration> sleeps = new CopyOnWriteArrayList<>();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - TimeUnit.MINUTES.toNanos(30));

    private record Timer(long due, CompletableFuture<Boolean> rings) {}

    /** Moves both clocks. The monotonic one overflows on its way, as it may. */
    public void advance(Duration duration) {
        lock.lock();
        try {
            wall = wall.plus(duration);
            long now = nanos.addAndGet(duration.toNanos());
            timers.removeIf(timer -> timer.due() - now <= 0 && timer.rings().complete(true));
        } finally {
            lock.unlock();
        }
    }

    /** Steps the wall clock only, as a correction of a machine's clock does. */
    public void stepWall(Duration by) {
        lock.lock();
        try {
            wall = wall.plus(by);
        } finally {
            lock.unlock();
        }
    }

    /** How many threads wait for a future. */
    public int waiting() {
        lock.lock();
        try {
            return timers.size();
        } finally {
            lock.unlock();
        }
    }

    /** What was slept so far. */
    public List<Duration> sleeps() {
        return List.copyOf(sleeps);
    }

    @Override
    public Instant instant() {
        return wall;
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        sleeps.add(duration);
        advance(duration);
    }

    @Override
    public boolean await(CompletableFuture<?> future, Duration limit) throws InterruptedException {
        Timer timer = new Timer(nanos.get() + limit.toNanos(), new CompletableFuture<>());
        lock.lock();
        try {
            timers.add(timer);
        } finally {
            lock.unlock();
        }
        try {
            CompletableFuture.anyOf(future.handle((value, failure) -> true), timer.rings())
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException never) {
            throw new AssertionError("Nobody ended this wait.", never);
        } finally {
            lock.lock();
            try {
                timers.remove(timer);
            } finally {
                lock.unlock();
            }
        }
        return future.isDone();
    }
}
