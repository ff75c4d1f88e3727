package dev.connector.core.strategy;

import dev.connector.core.AwsFailure;
import dev.connector.core.ConnectorException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The change was not made, for certain, by the call that threw this.
 *
 * <p>It speaks of that call alone: where an earlier call with the same grant may have made the change, the library throws {@link
 * OutcomeUnknownException} instead.
 */
public final class StrategyException extends ConnectorException {

    private static final long serialVersionUID = 1L;

    /** Why the change was not made. */
    private final Reason reason;

    /**
     * A failure in which AWS had no part, without a cause.
     *
     * @param reason why the change was not made
     * @param message what was tried, why it failed, and what to do about it
     */
    public StrategyException(Reason reason, String message) {
        this(reason, message, (Throwable) null);
    }

    /**
     * A failure in which AWS had no part.
     *
     * @param reason why the change was not made
     * @param message what was tried, why it failed, and what to do about it
     * @param cause what caused it, or {@code null}
     */
    public StrategyException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /**
     * A failure of a call to AWS.
     *
     * @param reason why the change was not made
     * @param message what was tried, why it failed, and what to do about it
     * @param failure what AWS answered
     */
    public StrategyException(Reason reason, String message, AwsFailure failure) {
        super(message, failure);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /**
     * Why the change was not made.
     *
     * @return the reason; new ones may be added, so keep a default branch
     */
    public Reason reason() {
        return reason;
    }

    /**
     * Whether the same call may succeed later without anybody changing anything: AWS's answer tells, or the reason where AWS did not answer.
     *
     * @return {@code true} for throttling, time-outs and outages, for a conflict with an earlier change, and if nothing was started
     */
    @Override
    public boolean isRetryable() {
        return switch (reason) {
            case NOT_STARTED, CONFLICT -> true;
            case THROTTLED, UNAVAILABLE -> awsOperation().isEmpty() || super.isRetryable();
            default -> super.isRetryable();
        };
    }

    /**
     * Why a change was not made. Whichever it is, the call that threw has changed nothing. To make the call again means with the same request or grant; one to give
     * access is refused once {@link Grant#notAfter} has passed.
     */
    public enum Reason {

        /**
         * The caller was interrupted, an end of the same access came, or {@link AccessRequest#maxWait} passed, before the change was sent. Nothing was changed. Nobody has
         * anything to mend; the message says which it was. The call may be made again at once, but an escalation that an end overtook is over.
         */
        NOT_STARTED,

        /**
         * The request's {@link AccessRequest#notAfter} has passed. Nothing was changed, and this request has given no access. The same call fails for good: the
         * requester can ask anew, with a new request.
         */
        REQUEST_EXPIRED,

        /**
         * The target system has no such user, or has disabled them, or writes their name differently. Nothing was changed. Whoever keeps the users can add or enable
         * the user; the service's developers can set an {@link IdentityResolver} where names differ. The call may be made again when that is done, or a minute after the
         * user was made, since AWS's reads lag.
         */
        IDENTITY_NOT_FOUND,

        /**
         * The target system has several users who could be meant; the message gives their ids. Nothing was changed, for nobody is picked by guess. The requester can ask anew
         * with a name that one user alone has, or the service's developers can set an {@link IdentityResolver}. The same call fails again until then.
         */
        IDENTITY_AMBIGUOUS,

        /**
         * The requester's name belongs to another user than when the grant was prepared. Nothing was changed, for either user. To give access, the requester can ask anew.
         * At an end, the access may still be there: whoever keeps the users can find the first one by the id in {@link Grant#principalId} and take them out. The same call
         * fails again while the name is another's.
         */
        IDENTITY_CHANGED,

        /**
         * The group, permission set or instance does not exist, or another one has its name. Nothing was changed. To give access, whoever set the service up can correct the
         * target. At an end, the access may still be there: a group that was renamed keeps its members, and whoever owns the account must look for it. The call may be made
         * again when the target is there.
         */
        TARGET_NOT_FOUND,

        /**
         * AWS did not allow a call; the message names action and role. Nothing was changed, so that at an end the access is still there. Whoever owns the account can
         * allow the action in the role's policy. The call may be made again when that is done.
         */
        DENIED,

        /**
         * A quota of AWS is used up that waiting does not refill, such as ten groups for each user. Nothing was changed. Whoever owns the account can make room or, where AWS
         * does that, have the quota raised. The call may be made again then.
         */
        QUOTA_EXCEEDED,

        /**
         * AWS answered, as often as it was asked, that there were too many calls, perhaps of other processes. Nothing was changed, so that at an end the access is still
         * there. Nobody has anything to mend. The call may be made again later.
         */
        THROTTLED,

        /**
         * The account is suspended, and AWS refuses changes there. Nothing was changed: access that is there cannot be used now, and comes back when the account is
         * reinstated, so it must be ended then. Whoever owns the organization can reinstate the account. The call may be made again when it is.
         */
        ACCOUNT_SUSPENDED,

        /**
         * An earlier change, of anybody, was not everywhere yet for longer than was waited. Nothing was changed, so that at an end the access is still there. Nobody
         * has anything to mend. The call may be made again in a few minutes.
         */
        CONFLICT,

        /**
         * AWS could not be reached, or did not answer what could be read, while the change had certainly not arrived. Nothing was changed, so that at an end the access is
         * still there. Whoever runs the service can look at the network if it lasts. The call may be made again later.
         */
        UNAVAILABLE,

        /**
         * AWS refused for another reason, or the client failed in a way that nobody foresaw; the message gives AWS's words, the cause the rest. Nothing was changed, so that at an end
         * the access is still there. Whoever owns the account can tell from the words what to mend. The same call fails again until then.
         */
        REJECTED
    }
}
