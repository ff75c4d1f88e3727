package dev.connector.strategies.sso;

import dev.connector.core.ConnectorClock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** How long the sessions of permission sets last. Thread-safe; what was read is believed for a minute. */
final class SessionDurations {

    private static final long BELIEVED = TimeUnit.NANOSECONDS.convert(Duration.ofSeconds(60));
    private static final int MOST = 1_000;

    private final ConnectorClock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    SessionDurations(ConnectorClock clock) {
        this.clock = clock;
    }

    /** Empty if it cannot be read: nothing depends on it but what is said of running sessions. */
    Optional<Duration> of(PermissionSetTarget target, AssignmentReads reads) {
        Known before = known.get(target.permissionSetArn());
        if (before != null && clock.nanos() - before.nanos() <= BELIEVED) {
            return before.duration();
        }
        return read(target, reads);
    }

    private Optional<Duration> read(PermissionSetTarget target, AssignmentReads reads) {
        long asked = clock.nanos();
        Optional<Duration> duration;
        try {
            duration = reads.sessionDuration();
        } catch (RuntimeException failed) {
            duration = Optional.empty();
        }
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(target.permissionSetArn(), new Known(duration, asked));
        return duration;
    }

    private record Known(Optional<Duration> duration, long nanos) {}
}
