package dev.connector.strategies.sso;

import dev.connector.core.AwsCallException;
import dev.connector.core.AwsFailure;
import dev.connector.core.ConnectorException;
import dev.connector.core.RoleAssumptionException;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.OutcomeUnknownException;
import dev.connector.core.strategy.StrategyException;
import dev.connector.core.strategy.StrategyException.Reason;
import dev.connector.core.strategy.Verb;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one place where what SSO Admin and the Identity Store answer becomes what callers act on: who can mend it, and whether the change may have been made. */
final class SsoFailures {

    private static final Set<String> CHANGES = Set.of(
            "sso:CreateAccountAssignment",
            "sso:DeleteAccountAssignment",
            "identitystore:CreateGroupMembership",
            "identitystore:DeleteGroupMembership");

    private final String caller;

    /** @param roleArn the strategy's role, or {@code null} if its clients have credentials of their own */
    SsoFailures(@Nullable String roleArn) {
        this.caller = roleArn == null ? "The client's own credentials" : "The role " + roleArn;
    }

    /** Does the work of a verb that changes nothing. */
    <R> R reading(Attempt attempt, Supplier<R> work) {
        try {
            return work.get();
        } catch (AwsCallException failed) {
            throw notMade(attempt, failed.failure());
        } catch (RoleAssumptionException noSession) {
            throw noSession(attempt, noSession);
        }
    }

    /**
     * Does the work of a verb, and lets no failure of it say more than is certain: if this call may have made the change, or an earlier one with the same grant, the
     * outcome is unknown.
     */
    <R> R changing(Attempt attempt, Grant grant, Supplier<R> work) {
        try {
            return work.get();
        } catch (OutcomeUnknownException unknown) {
            throw unknown;
        } catch (AwsCallException failed) {
            throw asCertainAsItIs(attempt, grant, failed.failure());
        } catch (ConnectorException notMade) {
            if (isOpen(attempt, grant) && !provesAbsence(notMade)) {
                throw unknown(attempt, grant, String.valueOf(notMade.getMessage()), notMade);
            }
            throw notMade instanceof RoleAssumptionException noSession ? noSession(attempt, noSession) : notMade;
        }
    }

    /** A call failed: it is certain that nothing was changed, or it is unknown. */
    RuntimeException asCertainAsItIs(Attempt attempt, Grant grant, AwsFailure failure) {
        boolean mayBeMade = CHANGES.contains(failure.operation()) && failure.mayHaveTakenEffect();
        return mayBeMade || isOpen(attempt, grant)
                ? new OutcomeUnknownException(
                        attempt.verb(), attempt.pending(grant), uncertain(attempt, failure.description()), failure)
                : notMade(attempt, failure);
    }

    /** The change was not made by this call: that is certain, unless an earlier one may have made it. */
    ConnectorException asCertainAsItIs(Reason reason, Attempt attempt, Grant grant, String why) {
        return isOpen(attempt, grant) ? unknown(attempt, grant, why, null) : certain(reason, attempt, why);
    }

    OutcomeUnknownException unknown(Attempt attempt, Grant grant, String why, @Nullable Throwable cause) {
        return new OutcomeUnknownException(attempt.verb(), attempt.pending(grant), uncertain(attempt, why), cause);
    }

    private static String uncertain(Attempt attempt, String why) {
        String sentence = why.endsWith(".") ? why : why + ".";
        return attempt.cannot() + " for certain: " + sentence + " " + attempt.findOut();
    }

    StrategyException certain(Reason reason, Attempt attempt, String why) {
        return new StrategyException(reason, attempt.cannot() + ": " + why);
    }

    StrategyException identityChanged(Attempt attempt, String before, String now) {
        return certain(
                Reason.IDENTITY_CHANGED,
                attempt,
                "the grant is for the user " + before + ", but the requester's name now belongs to the user " + now
                        + ". Nothing was changed. Ask anew.");
    }

    /** Whether the library itself did not send a read: what was to be read is as it was. */
    static boolean isUnsentRead(AwsFailure failure) {
        return failure.kind() == AwsFailure.Kind.NOT_SENT && !CHANGES.contains(failure.operation());
    }

    /** Whether an earlier call may have made the change that this verb makes. */
    private static boolean isOpen(Attempt attempt, Grant grant) {
        return grant.state() == (attempt.verb() == Verb.ESCALATE ? GrantState.PENDING : GrantState.ENDING);
    }

    private static boolean provesAbsence(ConnectorException thrown) {
        return thrown instanceof StrategyException certain && certain.reason() == Reason.REQUEST_EXPIRED;
    }

    private RuntimeException notMade(Attempt attempt, AwsFailure failure) {
        if (failure.cause() instanceof RoleAssumptionException noSession) {
            return noSession(attempt, noSession);
        }
        if (failure.kind() == AwsFailure.Kind.NOT_SENT) {
            return failure.cause();
        }
        Reason reason = reasonOf(failure);
        return new StrategyException(
                reason, attempt.cannot() + ": " + failure.description() + ". " + whatToDo(reason, failure), failure);
    }

    /** An interrupt is the caller's own doing, wherever it struck: not a failure of the role. */
    private static ConnectorException noSession(Attempt attempt, RoleAssumptionException noSession) {
        return noSession.reason() == RoleAssumptionException.Reason.INTERRUPTED
                ? new StrategyException(
                        Reason.NOT_STARTED,
                        attempt.cannot()
                                + ": the thread was interrupted before anything was sent. Nothing was changed; call again.",
                        noSession)
                : noSession;
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
        if (failure.hasCode("ConflictException")) {
            return Reason.CONFLICT;
        }
        if (failure.hasCode("ResourceNotFoundException")) {
            return UserCalls.isNobody(failure) ? Reason.IDENTITY_NOT_FOUND : Reason.TARGET_NOT_FOUND;
        }
        return failure.hasCode("ServiceQuotaExceededException") ? Reason.QUOTA_EXCEEDED : Reason.REJECTED;
    }

    private String whatToDo(Reason reason, AwsFailure failure) {
        return kmsProblem(failure).orElseGet(() -> switch (reason) {
            case DENIED -> denied(failure.operation());
            case THROTTLED ->
                "AWS had too many calls for this Identity Center instance, maybe from other processes; call again"
                        + " later.";
            case UNAVAILABLE -> "Nothing was changed; call again later.";
            case NOT_STARTED -> "Nothing was changed; call again.";
            case CONFLICT -> "An earlier change is not everywhere yet; call again in a few minutes.";
            case TARGET_NOT_FOUND ->
                "The instance, the permission set, the group or the identity store must exist: look for a typing"
                        + " error, or for what was deleted.";
            case IDENTITY_NOT_FOUND -> "The user must exist: they may have been deleted.";
            case QUOTA_EXCEEDED -> "Whoever owns the Identity Center instance can have the quota raised.";
            default ->
                failure.kind() == AwsFailure.Kind.UNEXPECTED
                        ? "Nothing was changed; the cause says what is wrong."
                        : "Whoever owns the account can tell why from AWS's words.";
        });
    }

    /** With a customer's key on the instance, whoever calls must be allowed to use it, and AWS says so with errors of all kinds. */
    private Optional<String> kmsProblem(AwsFailure failure) {
        return SsoErrors.reasonOf(failure.cause())
                .filter(reason -> SsoErrors.isAboutTheKey(failure.cause()))
                .map(reason -> "AWS gives the reason " + reason + ": " + caller
                        + " needs kms:Decrypt on the key of the Identity Center instance, in the policy of the role, in"
                        + " kmsKeyArn(...) of the strategy and in the policy of the key.");
    }

    private String denied(String operation) {
        String needed = NEEDED.getOrDefault(operation, "its policy, which the Terraform module sso-connector writes");
        return caller + " may not call " + operation + ": the owner of the account allows it in " + needed + ".";
    }

    private static final String ASSIGNMENTS =
            "its policy, which sso_account_assignment_enabled of the Terraform module sso-connector writes. From a"
                    + " delegated administrator AWS refuses it for the management account; in the management account"
                    + " itself the role needs further iam: actions, which the module gives it there";

    private static final Map<String, String> NEEDED =
            Map.of("sso:CreateAccountAssignment", ASSIGNMENTS, "sso:DeleteAccountAssignment", ASSIGNMENTS);
}
