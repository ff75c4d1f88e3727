package dev.connector.testing.internal.time;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;

/**
 * Waits for real, to notice that nothing goes on any more. It goes by the machine's clock, as nothing else here does: it can end
 * a run, and never changes what happens in one.
 */
final class StallDetector {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Duration patience;

    StallDetector() {
        this(PATIENCE);
    }

    StallDetector(Duration patience) {
        this.patience = patience;
    }

    /** Waits until something has happened; false if it has not before the patience is at its end. */
    boolean await(BooleanSupplier happened, Condition changed) throws InterruptedException {
        long left = patience.toNanos();
        while (!happened.getAsBoolean()) {
            if (left <= 0) {
                return false;
            }
            left = changed.awaitNanos(left);
        }
        return true;
    }

    @Override
    public String toString() {
        return patience.toSeconds() + " s of real time";
    }
}
