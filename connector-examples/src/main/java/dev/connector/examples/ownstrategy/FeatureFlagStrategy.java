package dev.connector.examples.ownstrategy;

import dev.connector.core.ConnectorClock;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.AccessStrategy;
import dev.connector.core.strategy.Ending;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantKey;
import dev.connector.core.strategy.GrantScope;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.Prior;
import dev.connector.core.strategy.PriorAccess;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.StrategyException;
import dev.connector.core.strategy.TargetNotAllowedException;
import dev.connector.core.strategy.TargetSnapshot;
import dev.connector.core.strategy.TargetType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Switches feature flags on for a limited time: the whole of a strategy for a system that is not AWS.
 *
 * <p>It shows what each verb owes its caller: the guard comes first, {@code prepare} changes nothing, a change that is made twice is the same as one, what was
 * there before stays, and the last one out switches the flag off. The flags are files, so a change is final when the call returns, and a read tells the truth.
 *
 * <p>Thread-safe.
 */
public final class FeatureFlagStrategy implements AccessStrategy<FeatureFlagTarget> {

    private final GrantScope scope = GrantScope.of("feature-flags", "000000000000");
    private final FlagFiles flags;
    private final Set<String> allowed;
    private final ConnectorClock clock;
    private final PriorAccess priorAccess;

    /**
     * A strategy over a directory of flags.
     *
     * @param directory where the flags are
     * @param allowed the flags that may be switched on
     * @param clock the clock to go by
     */
    public FeatureFlagStrategy(Path directory, Set<String> allowed, ConnectorClock clock) {
        this.flags = new FlagFiles(directory);
        this.allowed = Set.copyOf(allowed);
        this.clock = clock;
        this.priorAccess = new PriorAccess(clock, Duration.ZERO);
    }

    @Override
    public TargetType<FeatureFlagTarget> targetType() {
        return FeatureFlagTarget.TYPE;
    }

    @Override
    public GrantScope scope() {
        return scope;
    }

    @Override
    public Grant prepare(AccessRequest<? extends FeatureFlagTarget> request) {
        FeatureFlagTarget flag = requireAllowed(request.target());
        String user = request.requester().username();
        Prior seen = flags.users(flag).contains(user) ? Prior.PRESENT : Prior.ABSENT;
        GrantKey key = GrantKey.of(scope, user, TargetSnapshot.of(flag));
        return Grant.prepared(request, scope, user, priorAccess.of(request, key, seen));
    }

    @Override
    public Grant resume(Grant grant) {
        FeatureFlagTarget flag = requireAllowed(ownTarget(grant.requireNotEnding()));
        if (grant.state() == GrantState.GRANTED) {
            return grant;
        }
        if (clock.instant().isAfter(grant.notAfter())) {
            requireGiven(grant, flag);
        } else {
            flags.change(flag, users -> users.add(grant.principalId()));
        }
        return grant.granted(clock.instant(), true);
    }

    @Override
    public Revocation deescalate(Grant grant, Ending ending) {
        FeatureFlagTarget flag = requireAllowed(ownTarget(grant));
        Optional<Revocation> kept = ending.kept(grant, false);
        if (kept.isPresent()) {
            return kept.get();
        }
        AtomicBoolean removed = new AtomicBoolean();
        priorAccess.ending(
                grant.key(), () -> removed.set(flags.change(flag, users -> users.remove(grant.principalId()))));
        return Revocation.builder(grant, removed.get() ? Revocation.Result.REVOKED : Revocation.Result.ALREADY_ABSENT)
                .confirmed(true)
                .endedAt(clock.instant())
                .remainingComplete(true)
                .build();
    }

    private FeatureFlagTarget ownTarget(Grant grant) {
        return grant.requireScope(scope).requireTarget(FeatureFlagTarget.TYPE);
    }

    private FeatureFlagTarget requireAllowed(FeatureFlagTarget flag) {
        if (!allowed.contains(flag.name())) {
            throw new TargetNotAllowedException(
                    flag, "Cannot switch the feature flag " + flag.name() + ": only " + allowed + " are allowed.");
        }
        return flag;
    }

    private void requireGiven(Grant grant, FeatureFlagTarget flag) {
        if (!flags.users(flag).contains(grant.principalId())) {
            throw new StrategyException(
                    StrategyException.Reason.REQUEST_EXPIRED,
                    "Cannot switch the feature flag " + flag.name() + " on for " + grant.requester()
                            + ": the request was to be acted on until " + grant.notAfter() + ". Ask anew.");
        }
    }
}
