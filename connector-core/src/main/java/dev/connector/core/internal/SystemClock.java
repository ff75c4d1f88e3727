package dev.connector.core.internal;

import dev.connector.core.ConnectorClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The one place in which the library reads the machine's clock, sleeps and waits. */
public enum SystemClock implements ConnectorClock {
    /** The machine's clock. */
    INSTANCE;

    private static final Clock WALL = Clock.systemUTC();

    @Override
    public Instant instant() {
        return WALL.instant();
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanosOf(duration));
    }

    @Override
    public boolean await(CompletableFuture<?> future, Duration limit) throws InterruptedException {
        try {
            future.get(nanosOf(limit), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException | java.util.concurrent.CancellationException completed) {
            return true;
        } catch (TimeoutException stillRunning) {
            return future.isDone();
        }
    }

    /** A duration of more than 292 years is as good as 292 years. */
    private static long nanosOf(Duration duration) {
        return TimeUnit.NANOSECONDS.convert(duration);
    }
}
