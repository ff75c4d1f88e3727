package dev.connector.strategies.sso;

import java.util.concurrent.TimeUnit;

/**
 * How many changes of one direction AWS has room for, as far as its answers tell: another process may use the same instance. A refusal says exactly how many it
 * were; after that, one more is tried from time to time.
 *
 * <p>Times are nanoseconds since the scheduler began. Not thread-safe.
 */
final class Window {

    private static final long PROBE = TimeUnit.MILLISECONDS.toNanos(1_500);

    private int ceiling;
    private int limit;
    private long probeAt;

    Window(int ceiling) {
        this.ceiling = ceiling;
        this.limit = ceiling;
    }

    void lower(int most) {
        ceiling = Math.min(ceiling, most);
        limit = Math.min(limit, ceiling);
    }

    int limit() {
        return limit;
    }

    /** AWS has refused one more than those. */
    void refused(int used, long now) {
        limit = Math.min(limit, used);
        probeAt = now + PROBE;
    }

    /** Tries one more, where that many are in use and it is time. */
    void probe(int used, long now) {
        if (limit < ceiling && used >= limit && now >= probeAt) {
            limit++;
            probeAt = now + PROBE;
        }
    }

    /** When one more is tried. */
    long probeAt() {
        return probeAt;
    }

    boolean isLowered() {
        return limit < ceiling;
    }
}
