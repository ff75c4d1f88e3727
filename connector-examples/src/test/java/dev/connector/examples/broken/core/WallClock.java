package dev.connector.examples.broken.core;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Looks at the machine's clock, and waits by it. */
@SuppressWarnings({"unused", "WaitNotInLoop", "JavaUtilDate", "ReturnValueIgnored", "FutureReturnValueIgnored"})
final class WallClock {

    Instant instant() {
        return Instant.now();
    }

    Supplier<Instant> reference() {
        return Instant::now;
    }

    LocalDate date() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    Date oldDate() {
        return new Date();
    }

    Clock clock() {
        return Clock.systemUTC();
    }

    long millis() {
        return System.currentTimeMillis();
    }

    Supplier<Long> nanos() {
        return () -> System.nanoTime();
    }

    void sleep() throws InterruptedException {
        Thread.sleep(1);
    }

    void unitSleep() throws InterruptedException {
        TimeUnit.SECONDS.sleep(1);
    }

    void park() {
        LockSupport.parkNanos(1);
    }

    void monitorWait(Object monitor) throws InterruptedException {
        monitor.wait(1);
    }

    void join(Thread thread) throws InterruptedException {
        thread.join(1);
    }

    void get(Future<?> future) throws Exception {
        future.get(1, TimeUnit.SECONDS);
    }

    void orTimeout(CompletableFuture<?> future) {
        future.orTimeout(1, TimeUnit.SECONDS);
    }

    boolean await(CountDownLatch latch) throws InterruptedException {
        return latch.await(1, TimeUnit.SECONDS);
    }

    long awaitNanos(Condition condition) throws InterruptedException {
        return condition.awaitNanos(1);
    }

    boolean tryLock(Lock lock) throws InterruptedException {
        return lock.tryLock(1, TimeUnit.SECONDS);
    }
}
