package dev.connector.strategies.sso;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * How many calls AWS bears in any one second, whichever way it counts: a full bucket at the start would let twice as many through. Halves when AWS says that it
 * is too much, since another process may use the same instance, and comes back one by one.
 *
 * <p>Times are nanoseconds since the scheduler began. Not thread-safe.
 */
final class RequestRate {

    /** A second, and what calls that were sent apart may come closer on their way. */
    private static final long WINDOW = TimeUnit.MILLISECONDS.toNanos(1_020);

    private static final long RECOVERY = TimeUnit.SECONDS.toNanos(1);
    private static final int LEAST = 2;

    /** When the last calls were made, in a ring. */
    private final long[] calls;

    private int next;
    private int ceiling;
    private int limit;
    private long raiseAt;

    RequestRate(int perSecond) {
        calls = new long[perSecond];
        Arrays.fill(calls, -WINDOW);
        ceiling = perSecond;
        limit = perSecond;
    }

    /** Takes a lower limit over; a higher one is not believed. */
    void lower(int perSecond) {
        ceiling = Math.min(ceiling, perSecond);
        limit = Math.min(limit, ceiling);
    }

    /** When the next call may be made. */
    long freeAt() {
        return calls[Math.floorMod(next - limit, calls.length)] + WINDOW;
    }

    boolean isFree(long now) {
        recover(now);
        return freeAt() <= now;
    }

    void take(long now) {
        calls[next] = now;
        next = (next + 1) % calls.length;
    }

    /** AWS has refused a call. Those that were under way with it say the same, and count once. */
    void throttled(long now) {
        boolean news = raiseAt - now < RECOVERY / 2;
        if (news) {
            limit = Math.max(Math.min(LEAST, ceiling), limit / 2);
        }
        raiseAt = now + RECOVERY;
    }

    private void recover(long now) {
        if (limit < ceiling && now >= raiseAt) {
            limit++;
            raiseAt = now + RECOVERY;
        }
    }

    int limit() {
        return limit;
    }
}
