package dev.connector.testing.internal.time;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/** The thread of one task of a run, and what it waits for. What it waits for is read and written under the run's lock. */
final class TaskThread extends Thread {

    private final Baton baton;
    private final Runnable task;
    private final Condition turn;
    private long due;
    private @Nullable CompletableFuture<?> awaited;
    private volatile boolean interruptedInWait;

    TaskThread(Baton baton, Runnable task, Condition turn, String name) {
        super(name);
        this.baton = baton;
        this.task = task;
        this.turn = turn;
        setDaemon(true);
    }

    @Override
    public void run() {
        Throwable thrown = null;
        try {
            baton.begin(this);
            task.run();
        } catch (Throwable failure) {
            thrown = failure;
        } finally {
            baton.end(this, thrown);
        }
    }

    /**
     * Ends this thread's wait, if it is in one. Only tasks of the same run can do that: another thread, such as one of the SDK's
     * timers of real time, would do it at no certain instant of the virtual time.
     */
    @Override
    public void interrupt() {
        Thread caller = Thread.currentThread();
        if (caller == this) {
            super.interrupt();
        } else if (caller instanceof TaskThread other && other.baton == baton) {
            interruptedInWait = true;
        }
    }

    @Override
    public boolean isInterrupted() {
        return interruptedInWait || super.isInterrupted();
    }

    /** Frees a thread that blocks where no virtual time can reach it. */
    void interruptForReal() {
        super.interrupt();
    }

    Baton baton() {
        return baton;
    }

    Condition turn() {
        return turn;
    }

    void waitUntil(long instant, @Nullable CompletableFuture<?> future) {
        due = instant;
        awaited = future;
    }

    /** When it is to go on, if nothing else happens until then. */
    long wakesAt(long now) {
        boolean canGoOn = interruptedInWait || (awaited != null && awaited.isDone());
        return canGoOn ? Math.min(due, now) : due;
    }

    /** It goes on. An interrupt in the meantime becomes a plain one of a thread that runs. */
    void goOn() {
        awaited = null;
        if (interruptedInWait) {
            interruptedInWait = false;
            super.interrupt();
        }
    }
}
