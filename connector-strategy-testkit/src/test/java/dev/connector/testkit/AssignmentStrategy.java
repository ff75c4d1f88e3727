package dev.connector.testkit;

import dev.connector.core.AwsCallException;
import dev.connector.core.ConnectorClock;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.AccessStrategy;
import dev.connector.core.strategy.Deadline;
import dev.connector.core.strategy.Ending;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantKey;
import dev.connector.core.strategy.GrantScope;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.OutcomeUnknownException;
import dev.connector.core.strategy.Prior;
import dev.connector.core.strategy.PriorAccess;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.StrategyException;
import dev.connector.core.strategy.StrategyException.Reason;
import dev.connector.core.strategy.TargetNotAllowedException;
import dev.connector.core.strategy.TargetType;
import dev.connector.core.strategy.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssoadmin.model.StatusValues;

/** A short and honest strategy for a service that accepts a change first and makes it later: it is in doubt until AWS says how that ended. */
class AssignmentStrategy implements AccessStrategy<AssignmentTarget> {

    private static final Duration SETTLE_TIME = Duration.ofSeconds(30);

    private final GrantScope scope;
    private final Assignments assignments;
    private final Map<String, String> ids;
    private final ConnectorClock clock;
    private final PriorAccess priorAccess;
    private final List<AssignmentTarget> allowed;
    private final List<AssignmentTarget> revocable;

    AssignmentStrategy(
            ServiceProcess<AssignmentTarget> process,
            Assignments assignments,
            Map<String, String> ids,
            String accountId) {
        this.scope = GrantScope.of("aws", accountId);
        this.assignments = assignments;
        this.ids = ids;
        this.clock = process.clock();
        this.priorAccess = new PriorAccess(clock, SETTLE_TIME);
        this.allowed = process.allowed();
        this.revocable = process.revocable();
    }

    @Override
    public TargetType<AssignmentTarget> targetType() {
        return AssignmentTarget.TYPE;
    }

    @Override
    public GrantScope scope() {
        return scope;
    }

    @Override
    public Grant prepare(AccessRequest<? extends AssignmentTarget> request) {
        AssignmentTarget target = requireIn(allowed.contains(request.target()), request.target());
        String id = Optional.ofNullable(ids.get(request.requester().username())).orElseThrow();
        Prior seen = read(() -> assignments.look(id, target, Deadline.in(clock, request.maxWait())));
        return Grant.prepared(request, scope, id, priorAccess.of(request, GrantKey.of(scope, id, target), seen));
    }

    @Override
    public Grant resume(Grant grant) {
        AssignmentTarget target = ownTarget(grant.requireNotEnding());
        requireIn(allowed.contains(target), target);
        if (grant.state() == GrantState.GRANTED) {
            return grant;
        }
        if (now().isAfter(grant.notAfter())) {
            throw unknown(Verb.ESCALATE, grant, null);
        }
        return unlessUnknown(Verb.ESCALATE, grant, () -> {
            String id = create(grant);
            require(assignments.endOfCreation(id, deadline(grant)) == StatusValues.SUCCEEDED, Verb.ESCALATE, grant);
            return grant.granted(now());
        });
    }

    @Override
    public Revocation deescalate(Grant grant, Ending ending) {
        AssignmentTarget target = ownTarget(grant);
        requireIn(allowed.contains(target) || revocable.contains(target), target);
        return ending.kept(grant, false).orElseGet(() -> takeAway(grant));
    }

    private Revocation takeAway(Grant grant) {
        return unlessUnknown(Verb.DEESCALATE, grant, () -> {
            priorAccess.ending(grant.key(), () -> {
                StatusValues end = assignments.endOfDeletion(delete(grant), deadline(grant));
                require(end != StatusValues.IN_PROGRESS, Verb.DEESCALATE, grant);
            });
            return revoked(grant);
        });
    }

    Revocation revoked(Grant grant) {
        return Revocation.builder(grant, Revocation.Result.REVOKED)
                .endedAt(now())
                .build();
    }

    private static <R> R read(Supplier<R> read) {
        try {
            return read.get();
        } catch (AwsCallException failed) {
            throw new StrategyException(Reason.UNAVAILABLE, failed.failure().description(), failed);
        }
    }

    private static <R> R unlessUnknown(Verb verb, Grant grant, Supplier<R> work) {
        try {
            return work.get();
        } catch (AwsCallException failed) {
            throw unknown(verb, grant, failed);
        }
    }

    private static void require(boolean known, Verb verb, Grant grant) {
        if (!known) {
            throw unknown(verb, grant, null);
        }
    }

    private static OutcomeUnknownException unknown(Verb verb, Grant grant, @Nullable Throwable cause) {
        Grant pending = verb == Verb.ESCALATE ? grant.pending() : grant.ending();
        return new OutcomeUnknownException(verb, pending, "Nobody knows.", cause);
    }

    private AssignmentTarget ownTarget(Grant grant) {
        return grant.requireScope(scope).requireTarget(AssignmentTarget.TYPE);
    }

    private static AssignmentTarget requireIn(boolean listed, AssignmentTarget target) {
        if (!listed) {
            throw new TargetNotAllowedException(target, "The permission set " + target.name() + " is not on the list.");
        }
        return target;
    }

    Instant now() {
        return clock.instant();
    }

    String create(Grant grant) {
        return assignments.create(grant.principalId(), ownTarget(grant), deadline(grant));
    }

    String delete(Grant grant) {
        return assignments.delete(grant.principalId(), ownTarget(grant), deadline(grant));
    }

    Prior look(Grant grant) {
        return assignments.look(grant.principalId(), ownTarget(grant), deadline(grant));
    }

    private Deadline deadline(Grant grant) {
        return Deadline.in(clock, grant.maxWait());
    }
}
