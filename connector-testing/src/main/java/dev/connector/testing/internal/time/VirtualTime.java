package dev.connector.testing.internal.time;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The time of a simulation. Outside of a run each wait moves it; in a run a task's wait passes the baton on, and time moves only
 * when no task can go on at the present instant.
 *
 * <p>Thread-safe: one lock is round everything, also round what a run knows.
 */
public final class VirtualTime {

    private final ReentrantLock lock = new ReentrantLock();
    private final SplittableRandom ties;
    private final StallDetector stallDetector;
    private volatile Reading reading;
    private @Nullable Baton run;

    /**
     * Time that stands still.
     *
     * @param start what the wall clock shows
     * @param ties decides who of several tasks goes on first
     */
    public VirtualTime(Instant start, SplittableRandom ties) {
        this(start, ties, new StallDetector());
    }

    VirtualTime(Instant start, SplittableRandom ties, StallDetector stallDetector) {
        this.reading = new Reading(start, 0);
        this.ties = ties;
        this.stallDetector = stallDetector;
    }

    public Instant instant() {
        return reading.wall();
    }

    public long nanos() {
        return reading.nanos();
    }

    /** Waits for as long, unless that is nothing. */
    public void sleep(Duration duration) throws InterruptedException {
        throwIfInterrupted();
        if (isSome(duration)) {
            sleepOrPass(duration);
        }
    }

    /** Waits until the future is complete, but no longer than that; says whether it is. */
    public boolean await(CompletableFuture<?> future, Duration limit) throws InterruptedException {
        if (future.isDone()) {
            return true;
        }
        throwIfInterrupted();
        if (isSome(limit)) {
            TaskThread task = currentTask();
            if (task == null) {
                move(limit);
            } else {
                task.baton().await(task, future, limit);
            }
        }
        return future.isDone();
    }

    /** Waits for as long in a run; outside of one the time passes at once, whether or not the thread is interrupted. */
    public void sleepOrPass(Duration duration) throws InterruptedException {
        TaskThread task = currentTask();
        if (task == null) {
            move(duration);
        } else {
            task.baton().await(task, null, duration);
        }
    }

    /** Lets time pass for everybody; whoever calls goes on. */
    public void advance(Duration duration) {
        // Refuses a thread that is none of a run's.
        currentTask();
        move(duration);
    }

    public void set(Instant instant) {
        change(now -> new Reading(instant, now.nanos()));
    }

    /** Runs tasks, each on a thread of its own, one at a time, until all have ended. */
    public void run(List<Runnable> tasks) {
        Baton baton = begin();
        try {
            baton.run(tasks);
        } finally {
            end();
        }
    }

    private Baton begin() {
        lock.lock();
        try {
            if (run != null) {
                throw new IllegalStateException("A run is on already. Give all tasks to one run, or wait for its end.");
            }
            run = new Baton(this, lock, ties, stallDetector);
            return run;
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            run = null;
        } finally {
            lock.unlock();
        }
    }

    /** Goes forward to an instant of the monotonic clock. */
    void moveTo(long nanos) {
        move(Duration.ofNanos(nanos - nanos()));
    }

    private void move(Duration duration) {
        change(now -> now.plus(duration));
    }

    private void change(UnaryOperator<Reading> change) {
        lock.lock();
        try {
            reading = change.apply(reading);
        } finally {
            lock.unlock();
        }
    }

    /** The task that the calling thread runs; null outside of runs. During one, other threads are refused. */
    private @Nullable TaskThread currentTask() {
        if (Thread.currentThread() instanceof TaskThread task && task.baton().isOf(this)) {
            return task;
        }
        refuseDuringARun();
        return null;
    }

    private void refuseDuringARun() {
        lock.lock();
        try {
            if (run != null) {
                throw new IllegalStateException(
                        "The thread \"" + Thread.currentThread().getName()
                                + "\" is no task of the run that is on, so it cannot wait on the clock or move it. Make it one of the"
                                + " tasks that are given to SimulatedAws.run, or let it wait until the run has ended.");
            }
        } finally {
            lock.unlock();
        }
    }

    private static boolean isSome(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("The thread was interrupted before it waited, or while it did");
        }
    }
}
