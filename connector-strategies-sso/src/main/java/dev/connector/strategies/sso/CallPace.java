package dev.connector.strategies.sso;

import dev.connector.core.ConnectorClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * Lets no more calls of an operation begin in a second than the Identity Store bears. The calling thread waits; each has its place when it asks.
 *
 * <p>Thread-safe. No clock and no wait is under the lock.
 */
final class CallPace {

    /** AWS's quota for each operation. */
    private static final int CALLS = 20;

    /** A little more than the second in which AWS counts, since calls do not all take the same time to arrive. */
    private static final long WINDOW = TimeUnit.MILLISECONDS.toNanos(1_050);

    private final ConnectorClock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Deque<Long>> begun = new HashMap<>();

    CallPace(ConnectorClock clock) {
        this.clock = clock;
    }

    /**
     * Waits until a call may begin.
     *
     * @param limit how long at most: a call that a verb cannot do without is made then all the same
     */
    void await(String operation, Duration limit) {
        long now = clock.nanos();
        Duration wait = Duration.ofNanos(place(operation, now) - now);
        if (wait.isZero()) {
            return;
        }
        try {
            clock.sleep(wait.compareTo(limit) < 0 ? wait : limit);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("The thread was interrupted while a call waited for its turn.", interrupted);
        }
    }

    private long place(String operation, long now) {
        lock.lock();
        try {
            Deque<Long> last = begun.computeIfAbsent(operation, name -> new ArrayDeque<>(CALLS));
            long place = last.size() < CALLS ? now : Math.max(now, last.remove() + WINDOW);
            last.add(place);
            return place;
        } finally {
            lock.unlock();
        }
    }
}
