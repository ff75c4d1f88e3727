package dev.connector.core.strategy;

import dev.connector.core.ConnectorClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides whether access was there before a request. What it answers {@link Prior#PRESENT} to is never taken away, so it believes that only where nothing
 * else can have put the access there.
 *
 * <p>Thread-safe. Remembers which accesses were ended here within the settle time. For people who write strategies.
 */
public final class PriorAccess {

    private final ConnectorClock clock;
    private final Duration settleTime;
    private final Map<GrantKey, Long> endedAtNanos = new ConcurrentHashMap<>();

    /**
     * A memory of its own.
     *
     * @param clock the clock to go by
     * @param settleTime how long after an end a read may still show the access
     */
    public PriorAccess(ConnectorClock clock, Duration settleTime) {
        this.clock = clock;
        this.settleTime = settleTime;
    }

    /**
     * Remembers that the end of an access was begun: for the settle time, reads that show it prove nothing.
     *
     * @param key the access
     */
    public void ended(GrantKey key) {
        endedAtNanos.values().removeIf(this::isOld);
        endedAtNanos.put(key, clock.nanos());
    }

    /**
     * Decides.
     *
     * @param request the request; its open grants of the same access are believed before any read
     * @param key the access
     * @param seen what a read showed; {@link Prior#UNKNOWN} if the role may not read
     * @return whether the access was there before
     */
    public Prior of(AccessRequest<?> request, GrantKey key, Prior seen) {
        Prior prior = inherited(request, key, seen);
        return prior == Prior.PRESENT && (request.mayHaveRun() || endedLately(request, key)) ? Prior.UNKNOWN : prior;
    }

    private static Prior inherited(AccessRequest<?> request, GrantKey key, Prior seen) {
        List<Prior> open = request.openGrants().stream()
                .filter(grant -> !grant.requestId().equals(request.id()))
                .filter(grant -> grant.key().equals(key))
                .map(Grant::prior)
                .toList();
        if (open.isEmpty()) {
            return seen;
        }
        if (open.contains(Prior.ABSENT)) {
            return Prior.ABSENT;
        }
        return open.contains(Prior.UNKNOWN) ? Prior.UNKNOWN : Prior.PRESENT;
    }

    private boolean endedLately(AccessRequest<?> request, GrantKey key) {
        Long here = endedAtNanos.get(key);
        boolean endedHere = here != null && !isOld(here);
        boolean endedThere = request.lastEndedAt()
                .map(there -> there.plus(settleTime).isAfter(clock.instant()))
                .orElse(false);
        return endedHere || endedThere;
    }

    private boolean isOld(long nanos) {
        return clock.nanos() - nanos > settleTime.toNanos();
    }
}
