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

    /** Why a change was not made. */
    public enum Reason {
        /** The caller was interrupted before anything was sent. Call again. */
        NOT_STARTED,
        /** The request came too late, and the access is not there. Ask anew. */
        REQUEST_EXPIRED,
        /** The target system does not know the requester. */
        IDENTITY_NOT_FOUND,
        /** The target system knows several principals who could be meant. */
        IDENTITY_AMBIGUOUS,
        /** The requester's name belongs to somebody else now. */
        IDENTITY_CHANGED,
        /** The target does not exist. */
        TARGET_NOT_FOUND,
        /** AWS did not allow the call; the message names action, role and resource. */
        DENIED,
        /** A quota of AWS is used up that waiting does not refill. */
        QUOTA_EXCEEDED,
        /** AWS answered too often that there were too many calls. */
        THROTTLED,
        /** The account is suspended: access there is neither given nor taken away, and comes back when the account is reinstated. */
        ACCOUNT_SUSPENDED,
        /** An earlier change was not everywhere yet, for longer than was waited. Call again later. */
        CONFLICT,
        /** AWS could not be reached, or did not answer what could be read. */
        UNAVAILABLE,
        /** AWS refused for another reason; the message gives its words. */
        REJECTED
    }
}
