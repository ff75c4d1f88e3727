package dev.connector.core.strategy;

import dev.connector.core.ConnectorClock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * Decides whether access was there before a request. What it answers {@link Prior#PRESENT} to is never taken away, so it believes that only where nothing
 * else can have put the access there.
 *
 * <p>Thread-safe. Remembers which accesses were ended here within the settle time. For people who write strategies.
 */
public final class PriorAccess {

    private final ConnectorClock clock;
    private final Duration settleTime;
    private final Map<GrantKey, Ends> ends = new ConcurrentHashMap<>();

    /**
     * A memory of its own.
     *
     * @param clock the clock to go by
     * @param settleTime how long after an end a read may still show the access
     * @throws IllegalArgumentException if {@code settleTime} is negative
     */
    public PriorAccess(ConnectorClock clock, Duration settleTime) {
        if (settleTime.isNegative()) {
            throw new IllegalArgumentException("settleTime must not be negative, but is " + settleTime + ".");
        }
        this.clock = clock;
        this.settleTime = settleTime;
    }

    /**
     * Takes an access away: while that is under way, however long it takes, and for the settle time after it, reads that show the access prove nothing, whether or
     * not AWS's answer arrived.
     *
     * @param key the access
     * @param change sends the change; what it throws is thrown
     */
    public void ending(GrantKey key, Runnable change) {
        UnderWay end = ending(key);
        try {
            change.run();
        } finally {
            end.close();
        }
    }

    /**
     * Begins to take an access away, where the change is not made within one call of a method. As {@link #ending(GrantKey, Runnable)}.
     *
     * @param key the access
     * @return to be closed when the change was answered, or given up
     */
    public UnderWay ending(GrantKey key) {
        ends.compute(key, (same, known) -> new Ends(known == null ? 1 : known.underWay() + 1, clock.nanos()));
        return new UnderWay(key);
    }

    /** An access is being taken away. Thread-safe; closing it a second time does nothing. */
    public final class UnderWay implements AutoCloseable {

        private final GrantKey key;
        private final AtomicBoolean over = new AtomicBoolean();

        private UnderWay(GrantKey key) {
            this.key = key;
        }

        /** The change was answered, or given up. */
        @Override
        public void close() {
            if (over.compareAndSet(false, true)) {
                ends.computeIfPresent(key, (same, known) -> new Ends(known.underWay() - 1, clock.nanos()));
                ends.values().removeIf(PriorAccess.this::areOver);
            }
        }
    }

    /**
     * Decides.
     *
     * @param request the request; what its open grants of the same access know is believed before any read, its own stored grant included
     * @param key the access
     * @param seen what a read showed; {@link Prior#UNKNOWN} if the role may not read
     * @return whether the access was there before
     */
    public Prior of(AccessRequest<?> request, GrantKey key, Prior seen) {
        Prior prior = inherited(request, key, seen);
        return prior == Prior.PRESENT && (request.mayHaveRun() || endedLately(request, key)) ? Prior.UNKNOWN : prior;
    }

    private static Prior inherited(AccessRequest<?> request, GrantKey key, Prior seen) {
        if (request.openGrants().isEmpty()) {
            return seen;
        }
        Set<Prior> open = request.openGrants().stream()
                .filter(grant -> grant.key().equals(key))
                .map(Grant::prior)
                .collect(Collectors.toSet());
        if (open.isEmpty()) {
            return seen;
        }
        if (open.contains(Prior.ABSENT)) {
            return Prior.ABSENT;
        }
        // Access that was there before those grants and is not there now was removed since: this request renews it.
        return open.contains(Prior.UNKNOWN) || seen == Prior.ABSENT ? Prior.UNKNOWN : Prior.PRESENT;
    }

    private boolean endedLately(AccessRequest<?> request, GrantKey key) {
        Ends here = ends.get(key);
        boolean endedHere = here != null && !areOver(here);
        boolean endedThere = request.lastEndedAt()
                .map(there -> Duration.between(there, clock.instant()).compareTo(settleTime) <= 0)
                .orElse(false);
        return endedHere || endedThere;
    }

    private boolean areOver(Ends ended) {
        return ended.underWay() == 0 && clock.nanos() - ended.latestNanos() > TimeUnit.NANOSECONDS.convert(settleTime);
    }

    /** The ends of one access: how many are being sent, and when the latest of them began or was answered. */
    private record Ends(int underWay, long latestNanos) {}
}
