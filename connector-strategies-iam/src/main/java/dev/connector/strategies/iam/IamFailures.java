package dev.connector.strategies.iam;

import dev.connector.core.AwsCallException;
import dev.connector.core.AwsFailure;
import dev.connector.core.ConnectorException;
import dev.connector.core.RoleAssumptionException;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.OutcomeUnknownException;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.StrategyException;
import dev.connector.core.strategy.StrategyException.Reason;
import dev.connector.core.strategy.Verb;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one place where what IAM answers becomes what callers act on: who can mend it, and whether the change may have been made. */
final class IamFailures {

    private static final Set<String> CHANGES = Set.of(GroupCalls.ADD, GroupCalls.REMOVE);

    private final String caller;

    /** @param roleArn the strategy's role, or {@code null} if its client has credentials of its own */
    IamFailures(@Nullable String roleArn) {
        this.caller = roleArn == null ? "The client's own credentials" : "The role " + roleArn;
    }

    /** Does the work of a verb that changes nothing. */
    <R> R reading(IamGroupTarget group, Requester requester, Supplier<R> work) {
        try {
            return work.get();
        } catch (AwsCallException failed) {
            throw notMade(cannot(Verb.ESCALATE, group, requester), group, failed.failure());
        } catch (RoleAssumptionException noSession) {
            throw noSession(cannot(Verb.ESCALATE, group, requester), noSession);
        }
    }

    /**
     * Does the work of a verb, and lets no failure of it say more than is certain: if this call may have made the change, or an earlier one with the same grant, the
     * outcome is unknown.
     */
    <R> R changing(Verb verb, Grant grant, IamGroupTarget group, Supplier<R> work) {
        try {
            return work.get();
        } catch (OutcomeUnknownException unknown) {
            throw unknown;
        } catch (AwsCallException failed) {
            throw certainly(verb, grant, group, failed.failure());
        } catch (ConnectorException notMade) {
            if (isOpen(verb, grant) && !provesAbsence(notMade)) {
                throw unknown(verb, grant, group, notMade.getMessage(), notMade);
            }
            throw notMade instanceof RoleAssumptionException noSession
                    ? noSession(cannot(verb, group, grant.requester()), noSession)
                    : notMade;
        }
    }

    /** An interrupt is the caller's own doing, wherever it struck: not a failure of the role. */
    private static ConnectorException noSession(String cannot, RoleAssumptionException noSession) {
        return noSession.reason() == RoleAssumptionException.Reason.INTERRUPTED
                ? new StrategyException(
                        Reason.NOT_STARTED,
                        cannot
                                + ": the thread was interrupted before anything was sent. Nothing was changed; call again.",
                        noSession)
                : noSession;
    }

    private RuntimeException certainly(Verb verb, Grant grant, IamGroupTarget group, AwsFailure failure) {
        boolean mayBeMade = CHANGES.contains(failure.operation()) && failure.mayHaveTakenEffect();
        if (mayBeMade || isOpen(verb, grant)) {
            return new OutcomeUnknownException(
                    verb,
                    pending(verb, grant),
                    cannot(verb, group, grant.requester()) + " for certain: " + failure.description() + ". "
                            + findOut(verb),
                    failure);
        }
        return notMade(cannot(verb, group, grant.requester()), group, failure);
    }

    /** Whether an earlier call may have made the change that this verb makes. */
    private static boolean isOpen(Verb verb, Grant grant) {
        return grant.state() == (verb == Verb.ESCALATE ? GrantState.PENDING : GrantState.ENDING);
    }

    private static boolean provesAbsence(ConnectorException thrown) {
        return thrown instanceof StrategyException certain && certain.reason() == Reason.REQUEST_EXPIRED;
    }

    OutcomeUnknownException unknown(
            Verb verb, Grant grant, IamGroupTarget group, @Nullable String why, @Nullable Throwable cause) {
        return new OutcomeUnknownException(
                verb,
                pending(verb, grant),
                cannot(verb, group, grant.requester()) + " for certain: " + asSentence(why) + " " + findOut(verb),
                cause);
    }

    StrategyException certain(Reason reason, Verb verb, IamGroupTarget group, Requester requester, String why) {
        return new StrategyException(reason, cannot(verb, group, requester) + ": " + why);
    }

    private static String asSentence(@Nullable String why) {
        String words = String.valueOf(why);
        return words.endsWith(".") ? words : words + ".";
    }

    private static Grant pending(Verb verb, Grant grant) {
        return verb == Verb.ESCALATE ? grant.pending() : grant.ending();
    }

    private static String findOut(Verb verb) {
        return verb == Verb.ESCALATE
                ? "Store the pending grant, and resume it to find out or deescalate it to be rid of the access."
                : "Store the pending grant, and deescalate it again.";
    }

    private static String cannot(Verb verb, IamGroupTarget group, Requester requester) {
        return verb == Verb.ESCALATE
                ? "Cannot escalate " + requester + " to the IAM group " + group
                : "Cannot deescalate " + requester + " from the IAM group " + group;
    }

    private RuntimeException notMade(String cannot, IamGroupTarget group, AwsFailure failure) {
        if (failure.cause() instanceof RoleAssumptionException noSession) {
            return noSession(cannot, noSession);
        }
        if (failure.kind() == AwsFailure.Kind.NOT_SENT) {
            return failure.cause();
        }
        Reason reason = reasonOf(failure);
        return new StrategyException(
                reason, cannot + ": " + failure.description() + ". " + whatToDo(reason, group, failure), failure);
    }

    private static Reason reasonOf(AwsFailure failure) {
        return switch (failure.kind()) {
            case DENIED -> Reason.DENIED;
            case THROTTLED -> Reason.THROTTLED;
            case INTERRUPTED -> Reason.NOT_STARTED;
            case REJECTED -> reasonOfCode(failure);
            case UNEXPECTED -> Reason.REJECTED;
            default -> Reason.UNAVAILABLE;
        };
    }

    private static Reason reasonOfCode(AwsFailure failure) {
        if (GroupCalls.isNoSuchEntity(failure)) {
            return failure.operation().equals(GroupCalls.LIST_GROUPS)
                    ? Reason.IDENTITY_NOT_FOUND
                    : Reason.TARGET_NOT_FOUND;
        }
        boolean tenGroups = failure.operation().equals(GroupCalls.ADD) && GroupCalls.isLimitExceeded(failure);
        return tenGroups ? Reason.QUOTA_EXCEEDED : Reason.REJECTED;
    }

    private String whatToDo(Reason reason, IamGroupTarget group, AwsFailure failure) {
        return switch (reason) {
            case DENIED -> denied(group, failure);
            case THROTTLED -> "IAM had too many calls from this account; call again later.";
            case UNAVAILABLE -> "Nothing was changed; call again later.";
            case NOT_STARTED -> "Nothing was changed; call again.";
            case TARGET_NOT_FOUND -> "The group must exist: it may have been deleted or renamed.";
            case IDENTITY_NOT_FOUND -> "The user must exist: it may have been deleted or renamed.";
            case QUOTA_EXCEEDED ->
                "A user can be in 10 groups, which AWS does not raise; take the user out of another one first.";
            default ->
                failure.kind() == AwsFailure.Kind.UNEXPECTED
                        ? "Nothing was changed; the cause says what is wrong."
                        : "Whoever owns the account can tell why from AWS's words.";
        };
    }

    private String denied(IamGroupTarget group, AwsFailure failure) {
        boolean onUser = failure.operation().equals(GroupCalls.GET_USER)
                || failure.operation().equals(GroupCalls.LIST_GROUPS);
        String refused = caller + " may not call " + failure.operation();
        return onUser
                ? refused + " on the user: the owner of the account allows it in its policy."
                : refused + " on the group " + group
                        + ": the owner of the account allows it in its policy, which group_config of the"
                        + " Terraform module iam-connector writes. AWS may answer the same where there is no group of that name at that path.";
    }
}
