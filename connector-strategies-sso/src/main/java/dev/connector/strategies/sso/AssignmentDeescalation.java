package dev.connector.strategies.sso;

import dev.connector.core.AwsCallException;
import dev.connector.core.AwsFailure;
import dev.connector.core.strategy.Ending;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.RemainingAccess;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.StrategyException.Reason;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way of a user from a permission set in an account: is a creation under way, delete, wait until that is final, look at what remains. */
final class AssignmentDeescalation {

    /** With this AWS says that an assignment is not there, and also that a user is not: a read tells. */
    private static final String NOT_THERE = "Received a 404 status error";

    private final Parts parts;
    private final SsoFailures failures;
    private final Accounts accounts;
    private final Remains remains;
    private final TwoLooks looks;

    AssignmentDeescalation(Parts parts, Accounts accounts, Remains remains) {
        this.parts = parts;
        this.failures = parts.failures();
        this.accounts = accounts;
        this.remains = remains;
        this.looks = new TwoLooks(parts.settleTime());
    }

    Course<Revocation> takeAway(AssignmentWork work, Ending ending) {
        boolean mayBeUnderWay = work.grant().grantedAt().isEmpty();
        return mayBeUnderWay
                ? new Course.Change<>(creation(work), result -> settled(work, ending, result))
                : delete(work, ending);
    }

    /** A creation that a process sent that has crashed since would give the access after its end. */
    private static AssignmentChange creation(AssignmentWork work) {
        AssignmentChange creation = AssignmentChange.grant(work.id(), work.key());
        Optional<String> accepted = work.grant().awsRequestId();
        return accepted.isPresent() && work.grant().state() != GrantState.ENDING
                ? creation.following(accepted.get())
                : creation.onlyLooking();
    }

    private Course<Revocation> settled(AssignmentWork work, Ending ending, ChangeResult result) {
        boolean denied = result.failure() != null && result.failure().kind() == AwsFailure.Kind.DENIED;
        if (result.is(ChangeResult.End.UNKNOWN) && !denied) {
            throw unsettled(work, result);
        }
        // Where the role may not look, AWS itself refuses to delete what is being created.
        return delete(work, ending);
    }

    private RuntimeException unsettled(AssignmentWork work, ChangeResult result) {
        Grant grant = withRequest(work, null);
        AwsFailure failure = result.failure();
        return failure != null && SsoFailures.isUnsentRead(failure)
                ? failures.asCertainAsItIs(work.attempt(), grant, failure)
                : failures.unknown(
                        work.attempt(),
                        grant,
                        "the creation of the assignment may still be under way: " + Waiting.stillOpen(result),
                        Waiting.cause(result));
    }

    private Course<Revocation> delete(AssignmentWork work, Ending ending) {
        return new Course.Change<>(
                deletion(work, ending),
                result -> mayBeOfAnEarlierCall(work, result)
                        ? afterEarlierDeletion(work, ending)
                        : ended(work, ending, result));
    }

    private static boolean mayBeOfAnEarlierCall(AssignmentWork work, ChangeResult result) {
        return work.grant().state() == GrantState.ENDING && result.is(ChangeResult.End.SUCCEEDED);
    }

    /** Since an earlier call's deletion somebody may have given the access again: what a read still shows is deleted once more. */
    private Course<Revocation> afterEarlierDeletion(AssignmentWork work, Ending ending) {
        return isThereAgain(work) ? again(work, ending) : done(remains.afterDeletion(work));
    }

    /** AWS has said that it is deleted: a look that fails does not say otherwise, also if the permission set is gone since. */
    private static boolean isThereAgain(AssignmentWork work) {
        try {
            return work.look() == AssignmentReads.Look.PRESENT;
        } catch (AwsCallException failed) {
            return false;
        }
    }

    private static AssignmentChange deletion(AssignmentWork work, Ending ending) {
        AssignmentChange fresh = fresh(work, ending);
        if (work.grant().state() != GrantState.ENDING) {
            return fresh;
        }
        return work.grant().awsRequestId().map(fresh::following).orElseGet(fresh::lookingFirst);
    }

    private static AssignmentChange fresh(AssignmentWork work, Ending ending) {
        return ending.type() == Ending.Type.REVOKE
                ? AssignmentChange.urgentRevocation(work.id(), work.key())
                : AssignmentChange.revocation(work.id(), work.key());
    }

    private Course<Revocation> ended(AssignmentWork work, Ending ending, ChangeResult result) {
        return switch (result.end()) {
            case SUCCEEDED -> done(remains.afterDeletion(work));
            case FAILED -> failed(work, result);
            case FORGOTTEN -> again(work.mayBeMade(), ending);
            case REFUSED -> throw refused(work, result);
            case NOT_SENT ->
                throw failures.asCertainAsItIs(
                        Reason.NOT_STARTED, work.attempt(), work.grant(), Waiting.notSent(work.deadline()));
            case NOT_IN_PROGRESS, UNKNOWN ->
                throw failures.unknown(
                        work.attempt(),
                        withRequest(work, result.requestId()),
                        Waiting.stillOpen(result),
                        Waiting.cause(result));
        };
    }

    private Course<Revocation> again(AssignmentWork work, Ending ending) {
        return new Course.Change<>(fresh(work, ending), result -> ended(work, ending, result));
    }

    private static Course<Revocation> done(Revocation revocation) {
        return new Course.Done<>(revocation);
    }

    /** The words alone prove nothing: only reads do. */
    private Course<Revocation> failed(AssignmentWork work, ChangeResult result) {
        String why = "AWS accepted the deletion and could not carry it out: " + Waiting.words(result);
        if (accounts.isSuspended(work.target())) {
            throw failures.asCertainAsItIs(
                    Reason.ACCOUNT_SUSPENDED,
                    work.attempt(),
                    withRequest(work, null),
                    why + ". The account is suspended: the access comes back when it is reinstated, so it must be ended"
                            + " then.");
        }
        boolean notThere =
                result.failureReason() != null && result.failureReason().startsWith(NOT_THERE);
        if (!notThere) {
            throw failures.asCertainAsItIs(
                    Reason.REJECTED,
                    work.attempt(),
                    withRequest(work, null),
                    why + ". The access is still there. Whoever owns the Identity Center instance can tell why from"
                            + " AWS's words; call again when it is mended.");
        }
        return looks.at(work, seen -> decidedByReads(work, why, seen));
    }

    private Course<Revocation> decidedByReads(AssignmentWork work, String why, TwoLooks.Seen seen) {
        if (seen.proveAbsence()) {
            return done(remains.ofAbsent(work, List.of()));
        }
        if (seen.last() == AssignmentReads.Look.PRESENT && userIsGone(work)) {
            return done(remains.ofAbsent(work, List.of(orphan(work))));
        }
        throw failures.unknown(
                work.attempt(), withRequest(work, null), why + ", and no two reads prove that it is not there", null);
    }

    private boolean userIsGone(AssignmentWork work) {
        boolean gone = work.users().get().user(work.grant().principalId()).isEmpty();
        if (gone) {
            parts.users().forget(work.grant().principalId());
        }
        return gone;
    }

    private static RemainingAccess orphan(AssignmentWork work) {
        return RemainingAccess.of(
                RemainingAccess.Kind.ORPHANED_ASSIGNMENT,
                "The user " + work.grant().principalId() + " is gone from the identity store, and AWS still lists their"
                        + " assignment to the permission set " + work.target() + ", which it cannot delete.");
    }

    private RuntimeException refused(AssignmentWork work, ChangeResult result) {
        AwsFailure failure = Waiting.failureOf(result);
        if (failure.hasCode("ConflictException") && accounts.isSuspended(work.target())) {
            return failures.asCertainAsItIs(
                    Reason.ACCOUNT_SUSPENDED,
                    work.attempt(),
                    withRequest(work, null),
                    "the account " + work.target().accountId()
                            + " is suspended, where AWS refuses changes. The access comes back when it is reinstated,"
                            + " so it must be ended then.");
        }
        return failures.asCertainAsItIs(work.attempt(), withRequest(work, null), failure);
    }

    /** An ending grant keeps the id of its deletion, and of nothing else. */
    private static Grant withRequest(AssignmentWork work, @Nullable String requestId) {
        Grant.Builder grant = work.grant().toBuilder();
        return grant.awsRequestId(Optional.ofNullable(requestId)).build();
    }
}
