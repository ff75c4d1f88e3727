package dev.connector.core.internal;

import dev.connector.core.ConnectorClock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * Keeps a bounded number of sessions, each in a {@link SessionCell}.
 *
 * <p>One more than that gives up the cell that was not used for longest. A {@link SessionHandle} of it finds a new one at its next use. Cells in
 * the middle of a call are not given up, so there may be more: the next new cell gives up what is then too many.
 *
 * <p>Thread-safe. The lock is held only to choose what to give up: no call, clock or wait is under it.
 */
public final class SessionCache {

    private final int maxSessions;
    private final Function<SessionSpec, SessionLoader> loaders;
    private final ConnectorClock clock;
    private final Duration waitLimit;
    private final ConcurrentMap<SessionSpec, SessionCell> cells = new ConcurrentHashMap<>();
    private final ReentrantLock trimming = new ReentrantLock();
    private volatile boolean closed;

    /**
     * An empty cache.
     *
     * @param maxSessions how many sessions it keeps
     * @param loaders what opens a session
     * @param clock measures the sessions' lives
     * @param waitLimit how long one thread waits for another's call
     */
    public SessionCache(
            int maxSessions, Function<SessionSpec, SessionLoader> loaders, ConnectorClock clock, Duration waitLimit) {
        this.maxSessions = maxSessions;
        this.loaders = loaders;
        this.clock = clock;
        this.waitLimit = waitLimit;
    }

    /**
     * A handle to hold on to; nothing is sent.
     *
     * @param spec which session
     * @return a handle
     * @throws IllegalStateException after {@link #close()}
     */
    public SessionHandle handle(SessionSpec spec) {
        return new SessionHandle(this, spec, cell(spec));
    }

    /** Drops every session, and opens none any more. */
    public void close() {
        closed = true;
        cells.values().forEach(SessionCell::retire);
        cells.clear();
    }

    /**
     * The present cell of a session.
     *
     * @throws IllegalStateException after {@link #close()}
     */
    SessionCell cell(SessionSpec spec) {
        requireOpen();
        SessionCell present = cells.get(spec);
        if (present != null) {
            return present;
        }
        SessionCell fresh = new SessionCell(spec, loaders.apply(spec), clock, waitLimit);
        present = cells.putIfAbsent(spec, fresh);
        if (present != null) {
            return present;
        }
        if (closed) {
            fresh.retire();
            requireOpen();
        }
        trim(fresh);
        return fresh;
    }

    void evict(SessionSpec spec) {
        SessionCell present = cells.get(spec);
        if (present != null) {
            present.evict();
        }
    }

    void evict(SessionSpec spec, AwsCredentials failed) {
        SessionCell present = cells.get(spec);
        if (present != null) {
            present.evict(failed);
        }
    }

    /** A cell was found to be retired: the next one to ask makes a new one. */
    void forget(SessionSpec spec, SessionCell retired) {
        cells.remove(spec, retired);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The connector is closed: it opens no session any more.");
        }
    }

    private void trim(SessionCell fresh) {
        if (cells.size() <= maxSessions) {
            return;
        }
        trimming.lock();
        try {
            boolean trimmed = true;
            while (trimmed && cells.size() > maxSessions) {
                trimmed = leastRecentlyUsed(fresh)
                        .filter(idle -> idle.getValue().retireIfIdle())
                        .map(idle -> cells.remove(idle.getKey(), idle.getValue()))
                        .isPresent();
            }
        } finally {
            trimming.unlock();
        }
    }

    private Optional<Map.Entry<SessionSpec, SessionCell>> leastRecentlyUsed(SessionCell fresh) {
        return cells.entrySet().stream()
                .filter(entry -> entry.getValue() != fresh && !entry.getValue().isBusy())
                .min((one, other) ->
                        Long.signum(one.getValue().lastUsed() - other.getValue().lastUsed()));
    }
}
