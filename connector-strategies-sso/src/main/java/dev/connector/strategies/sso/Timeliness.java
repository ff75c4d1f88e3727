package dev.connector.strategies.sso;

import dev.connector.core.ConnectorClock;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.StrategyException;
import dev.connector.core.strategy.StrategyException.Reason;
import java.time.Duration;

/** Until when access may be given: a request that is delivered late must not give anything. */
final class Timeliness {

    private final ConnectorClock clock;
    private final SsoFailures failures;

    Timeliness(ConnectorClock clock, SsoFailures failures) {
        this.clock = clock;
        this.failures = failures;
    }

    /** A request that comes too late and was never carried out gives nothing; one that may have been is prepared, to find out or to be ended. */
    void require(AccessRequest<?> request, Attempt attempt) {
        if (!request.mayHaveRun() && clock.instant().isAfter(request.notAfter())) {
            throw failures.certain(
                    Reason.REQUEST_EXPIRED,
                    attempt,
                    "the request was to be acted on until " + request.notAfter()
                            + ". Ask anew, or set mayHaveRun if it may have been carried out.");
        }
    }

    /** The wall clock again, before each attempt: the monotonic one may stand still while a machine is suspended. */
    void require(Grant grant, Attempt attempt) {
        if (left(grant).isNegative()) {
            throw expired(grant, attempt, ". Ask anew.");
        }
    }

    /** How long access may still be given; negative if no longer. */
    Duration left(Grant grant) {
        return Duration.between(clock.instant(), grant.notAfter());
    }

    StrategyException expired(Grant grant, Attempt attempt, String ending) {
        return failures.certain(
                Reason.REQUEST_EXPIRED, attempt, "the request was to be acted on until " + grant.notAfter() + ending);
    }
}
