package dev.connector.testing.internal.identitycenter;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** So many calls in any second, wherever it begins. Not thread-safe. */
final class RateLimit {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Deque<Long> lastSecond = new ArrayDeque<>();

    /** Counts a call, unless it is one too many. */
    boolean admits(long now, int callsPerSecond) {
        while (!lastSecond.isEmpty() && lastSecond.element() <= now - SECOND) {
            lastSecond.remove();
        }
        if (lastSecond.size() >= callsPerSecond) {
            return false;
        }
        lastSecond.add(now);
        return true;
    }
}
