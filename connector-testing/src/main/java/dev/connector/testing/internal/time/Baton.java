package dev.connector.testing.internal.time;

import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of one run pass on: who has it runs, and all others wait. It goes to whoever wakes first, and among several at
 * one instant to one by lot.
 *
 * <p>Thread-safe: the lock, which is that of the time, is round everything, so each task sees all that was done before it.
 */
final class Baton {

    /** The instant at which a wait without a limit ends. */
    private static final long NEVER = Long.MAX_VALUE;

    private static final Duration UNLIMITED = Duration.ofDays(292 * 365);

    private final List<TaskThread> living = new ArrayList<>();
    private final List<Throwable> thrown = new ArrayList<>();
    private final VirtualTime time;
    private final ReentrantLock lock;
    private final Condition allEnded;
    private final SplittableRandom ties;
    private final StallDetector stallDetector;
    private @Nullable TaskThread holder;
    private long passed;
    private boolean over;

    Baton(VirtualTime time, ReentrantLock lock, SplittableRandom ties, StallDetector stallDetector) {
        this.time = time;
        this.lock = lock;
        this.allEnded = lock.newCondition();
        this.ties = ties;
        this.stallDetector = stallDetector;
    }

    boolean isOf(VirtualTime candidate) {
        return time == candidate;
    }

    /** Runs the tasks to their ends, and throws what the first of them threw. */
    void run(List<Runnable> tasks) {
        lock.lock();
        try {
            start(tasks);
            awaitEnd();
            rethrow();
        } finally {
            over = true;
            living.forEach(task -> task.turn().signal());
            lock.unlock();
        }
    }

    private void start(List<Runnable> tasks) {
        for (Runnable task : tasks) {
            TaskThread thread = new TaskThread(this, task, lock.newCondition(), "task-" + (living.size() + 1));
            thread.waitUntil(time.nanos(), null);
            living.add(thread);
        }
        living.forEach(Thread::start);
        pass();
    }

    /** Called by a task's thread before the task: it waits until it is its turn for the first time. */
    void begin(TaskThread task) {
        lock.lock();
        try {
            awaitTurn(task);
        } finally {
            lock.unlock();
        }
    }

    /** Called by a task's thread after the task. */
    void end(TaskThread task, @Nullable Throwable failure) {
        lock.lock();
        try {
            living.remove(task);
            if (!over) {
                if (failure != null) {
                    thrown.add(failure);
                }
                pass();
            }
            if (living.isEmpty()) {
                allEnded.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the time has passed or, if there is one, the future is complete. */
    void await(TaskThread task, @Nullable CompletableFuture<?> future, Duration limit) throws InterruptedException {
        lock.lock();
        try {
            VirtualTime.throwIfInterrupted();
            if (!over) {
                task.waitUntil(instantAfter(limit), future);
                pass();
            }
            awaitTurn(task);
        } finally {
            lock.unlock();
        }
        if (future == null || !future.isDone()) {
            VirtualTime.throwIfInterrupted();
        }
    }

    private long instantAfter(Duration limit) {
        long now = time.nanos();
        boolean unlimited = limit.compareTo(UNLIMITED) >= 0 || limit.toNanos() > NEVER - now;
        return unlimited ? NEVER : now + limit.toNanos();
    }

    private void awaitTurn(TaskThread task) {
        while (holder != task && !over) {
            task.turn().awaitUninterruptibly();
        }
        if (over) {
            throw new RunOver();
        }
        task.goOn();
    }

    /** Gives the baton to the next. Whoever calls waits, or has ended. */
    private void pass() {
        holder = null;
        if (living.isEmpty()) {
            return;
        }
        long next = nextInstant();
        if (next == NEVER) {
            fail("Each task that is left waits without a limit for what no other will do.");
            return;
        }
        time.moveTo(Math.max(next, time.nanos()));
        List<TaskThread> first = wakingAt(next);
        holder = first.get(ties.nextInt(first.size()));
        holder.turn().signal();
        passed++;
    }

    private long nextInstant() {
        long now = time.nanos();
        return living.stream().mapToLong(task -> task.wakesAt(now)).min().orElse(NEVER);
    }

    private List<TaskThread> wakingAt(long instant) {
        long now = time.nanos();
        return living.stream().filter(task -> task.wakesAt(now) == instant).toList();
    }

    private void awaitEnd() {
        boolean interrupted = false;
        while (!living.isEmpty()) {
            try {
                awaitSomeProgress();
            } catch (InterruptedException e) {
                interrupted = true;
                fail("The thread that waits for the end of the run was interrupted.");
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitSomeProgress() throws InterruptedException {
        long passedBefore = passed;
        boolean overBefore = over;
        if (stallDetector.await(() -> living.isEmpty() || passed != passedBefore || over != overBefore, allEnded)) {
            return;
        }
        if (overBefore) {
            abandon();
        } else {
            fail("The task that has the baton, " + holder + ", has neither ended nor waited on the clock for "
                    + stallDetector + ". It may be blocked by what only a task that waits could do: by a lock that one"
                    + " holds, or in a wait that is not the clock's.");
        }
    }

    /** From here on nobody has the baton: all threads are let go, and end when they wait the next time. */
    private void fail(String why) {
        if (over) {
            return;
        }
        over = true;
        thrown.add(new AssertionError(why + Stacks.of(living)));
        living.forEach(task -> task.turn().signal());
        if (holder != null) {
            holder.interruptForReal();
        }
    }

    private void abandon() {
        thrown.add(new AssertionError("These threads could not be ended:" + Stacks.of(living)));
        living.clear();
    }

    private void rethrow() {
        if (thrown.isEmpty()) {
            return;
        }
        Throwable first = thrown.get(0);
        thrown.stream().filter(later -> later != first).forEach(first::addSuppressed);
        if (first instanceof RuntimeException failure) {
            throw failure;
        }
        if (first instanceof Error failure) {
            throw failure;
        }
        throw new UndeclaredThrowableException(first, "A task threw an exception that a Runnable cannot declare");
    }
}
