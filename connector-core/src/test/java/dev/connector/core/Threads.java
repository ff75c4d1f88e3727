package dev.connector.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Runs work on threads of its own, one for each, and ends with a failure rather than never. */
public final class Threads {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private Threads() {}

    /** One thread's work. */
    public record Run<T>(Thread thread, CompletableFuture<T> outcome, CompletableFuture<Boolean> flagAtEnd) {

        /** What came of it, or what it threw, as an {@link java.util.concurrent.ExecutionException}. */
        public T get() throws Exception {
            return outcome.get(PATIENCE_NANOS, TimeUnit.NANOSECONDS);
        }

        /** What it threw. */
        public Throwable thrown() {
            return outcome.handle((value, failure) -> failure)
                    .orTimeout(30, TimeUnit.SECONDS)
                    .join();
        }

        /** Whether its interrupt flag was set at its end. */
        public boolean endedInterrupted() throws Exception {
            return flagAtEnd.get(PATIENCE_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    /** Starts one thread. */
    public static <T> Run<T> start(Callable<T> work) {
        CompletableFuture<T> outcome = new CompletableFuture<>();
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                T value = work.call();
                flag.complete(Thread.currentThread().isInterrupted());
                outcome.complete(value);
            } catch (Throwable thrown) {
                flag.complete(Thread.currentThread().isInterrupted());
                outcome.completeExceptionally(thrown);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return new Run<>(thread, outcome, flag);
    }

    /** Starts many threads with the same work. */
    public static <T> List<Run<T>> start(int count, Callable<T> work) {
        List<Run<T>> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            runs.add(start(work));
        }
        return runs;
    }

    /** Waits for what another thread brings about. */
    public static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - until > 0) {
                throw new AssertionError("What was waited for did not happen.");
            }
            LockSupport.parkNanos(50_000);
        }
    }
}
