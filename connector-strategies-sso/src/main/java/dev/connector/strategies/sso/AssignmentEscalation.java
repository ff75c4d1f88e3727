package dev.connector.strategies.sso;

import dev.connector.core.AwsCallException;
import dev.connector.core.AwsFailure;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantKey;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.Prior;
import dev.connector.core.strategy.StrategyException.Reason;
import java.time.Instant;
import java.util.Optional;

/** The way of a user to a permission set in an account: who are they, had they it before, create, wait until that is final. */
final class AssignmentEscalation {

    private final Parts parts;
    private final SsoFailures failures;
    private final Timeliness timeliness;
    private final SessionDurations durations;
    private final Accounts accounts;
    private final TwoLooks looks;

    AssignmentEscalation(Parts parts, SessionDurations durations, Accounts accounts) {
        this.parts = parts;
        this.failures = parts.failures();
        this.timeliness = new Timeliness(parts.clock(), failures);
        this.durations = durations;
        this.accounts = accounts;
        this.looks = new TwoLooks(parts.settleTime());
    }

    Grant prepare(
            AccessRequest<? extends PermissionSetTarget> request,
            Attempt attempt,
            UserCalls users,
            AssignmentReads reads) {
        String userId = parts.users().idOf(attempt, users);
        GrantKey key = GrantKey.of(parts.scope(), userId, request.target());
        Prior prior = parts.priorAccess().of(request, key, seen(userId, reads));
        return Grant.preparing(request, parts.scope(), userId, prior)
                .sessionDuration(parts.accessReads() ? durations.of(request.target(), reads) : Optional.empty())
                .build();
    }

    private Prior seen(String userId, AssignmentReads reads) {
        if (!parts.accessReads()) {
            return Prior.UNKNOWN;
        }
        try {
            return reads.isAssigned(userId) ? Prior.PRESENT : Prior.ABSENT;
        } catch (AwsCallException failed) {
            if (failed.failure().kind() == AwsFailure.Kind.DENIED) {
                return Prior.UNKNOWN;
            }
            throw failed;
        }
    }

    Course<Grant> resume(AssignmentWork work) {
        Grant grant = work.grant();
        String userId = parts.users().idOf(work.attempt(), work.users().get());
        if (!userId.equals(grant.principalId())) {
            throw failures.identityChanged(work.attempt(), grant.principalId(), userId);
        }
        boolean late = timeliness.left(grant).isNegative();
        return new Course.Change<>(change(work, late), result -> late ? settled(work, result) : made(work, result));
    }

    /** A grant that was never resumed as far as anybody knows is sent; of one that was, what became of it is found out first. */
    private static AssignmentChange change(AssignmentWork work, boolean late) {
        AssignmentChange change = AssignmentChange.grant(work.id(), work.key());
        Optional<String> accepted = work.grant().awsRequestId();
        if (accepted.isPresent()) {
            return change.following(accepted.get());
        }
        if (late) {
            return change.onlyLooking();
        }
        return work.grant().state() == GrantState.PENDING ? change.lookingFirst() : change;
    }

    private Course<Grant> made(AssignmentWork work, ChangeResult result) {
        return switch (result.end()) {
            case SUCCEEDED -> work.grant().state() == GrantState.PENDING ? afterEarlierCreation(work) : givenNow(work);
            case FAILED -> failed(work, result);
            case FORGOTTEN -> decidedByRead(work);
            case REFUSED -> throw refused(work, result);
            case NOT_SENT ->
                throw failures.asCertainAsItIs(
                        Reason.NOT_STARTED, work.attempt(), work.grant(), Waiting.notSent(work.deadline()));
            case NOT_IN_PROGRESS, UNKNOWN -> throw unknown(work, result);
        };
    }

    /** Since an earlier call's creation somebody may have taken the access away: what a read does not show is created once more. */
    private Course<Grant> afterEarlierCreation(AssignmentWork work) {
        if (work.look() != AssignmentReads.Look.ABSENT) {
            return givenNow(work);
        }
        AssignmentWork again = work.mayBeMade();
        return new Course.Change<>(
                AssignmentChange.grant(work.id(), work.key()),
                result -> result.is(ChangeResult.End.SUCCEEDED) ? givenNow(again) : made(again, result));
    }

    private Course<Grant> givenNow(AssignmentWork work) {
        return given(work, parts.clock().instant(), false);
    }

    /** AWS's final status is the truth; a read of the assignments themselves confirms it only where one was made. */
    private static Course<Grant> given(AssignmentWork work, Instant when, boolean confirmed) {
        Grant.Builder grant = work.grant().toBuilder();
        grant.awsRequestId(Optional.empty());
        return new Course.Done<>(grant.build().granted(when, confirmed));
    }

    /** What AWS had accepted was not made: that is certain, unless another attempt was lost before. */
    private Course<Grant> failed(AssignmentWork work, ChangeResult result) {
        parts.users().forget(work.grant().principalId());
        String why = "AWS accepted the request and could not carry it out: " + Waiting.words(result);
        boolean proven = work.grant().state() == GrantState.PREPARED
                || work.grant().awsRequestId().isPresent();
        if (!proven) {
            throw failures.unknown(
                    work.attempt(), work.grant(), why + ". But an earlier attempt may have given the access", null);
        }
        Reason reason = accounts.isSuspended(work.target()) ? Reason.ACCOUNT_SUSPENDED : Reason.REJECTED;
        return new Course.Failed<>(failures.certain(
                reason,
                work.attempt(),
                why + ". Nothing was changed. Look whether the user and the account exist, and ask anew."));
    }

    /** AWS no longer knows what became of it: what is there tells. */
    private Course<Grant> decidedByRead(AssignmentWork work) {
        if (work.look() == AssignmentReads.Look.PRESENT) {
            return given(work, parts.clock().instant(), true);
        }
        AssignmentWork again = work.mayBeMade();
        return new Course.Change<>(AssignmentChange.grant(work.id(), work.key()), result -> made(again, result));
    }

    private RuntimeException refused(AssignmentWork work, ChangeResult result) {
        AwsFailure failure = Waiting.failureOf(result);
        if (failure.hasCode("ConflictException") && accounts.isSuspended(work.target())) {
            return failures.asCertainAsItIs(
                    Reason.ACCOUNT_SUSPENDED,
                    work.attempt(),
                    work.grant(),
                    "the account " + work.target().accountId()
                            + " is suspended, where AWS refuses changes. Ask anew when it is reinstated.");
        }
        return failures.asCertainAsItIs(work.attempt(), work.grant(), failure);
    }

    private RuntimeException unknown(AssignmentWork work, ChangeResult result) {
        Grant.Builder grant = work.grant().toBuilder();
        if (result.requestId() != null) {
            grant.awsRequestId(result.requestId());
        }
        return failures.unknown(work.attempt(), grant.build(), Waiting.stillOpen(result), Waiting.cause(result));
    }

    /** The time to give is over: nothing is sent any more, but what an earlier call sent may have given the access. */
    private Course<Grant> settled(AssignmentWork work, ChangeResult result) {
        return switch (result.end()) {
            case SUCCEEDED -> settledByCreation(work);
            case UNKNOWN, REFUSED, NOT_SENT -> throw unknown(work, result);
            case FAILED, FORGOTTEN, NOT_IN_PROGRESS -> looks.at(work, seen -> foundOut(work, seen));
        };
    }

    /** Somebody may have taken the access away since it was created. */
    private Course<Grant> settledByCreation(AssignmentWork work) {
        return work.look() == AssignmentReads.Look.ABSENT
                ? looks.at(work, seen -> foundOut(work, seen))
                : given(work, work.grant().notAfter(), false);
    }

    private Course<Grant> foundOut(AssignmentWork work, TwoLooks.Seen seen) {
        if (seen.last() == AssignmentReads.Look.PRESENT) {
            // Found late, it was given no later: it must not last longer for that.
            return given(work, work.grant().notAfter(), true);
        }
        if (seen.proveAbsence()) {
            throw timeliness.expired(work.grant(), work.attempt(), ", and the access is not there. Ask anew.");
        }
        throw failures.unknown(
                work.attempt(),
                work.grant(),
                "the request was to be acted on until " + work.grant().notAfter()
                        + ", and no read proves whether the access is there",
                null);
    }
}
