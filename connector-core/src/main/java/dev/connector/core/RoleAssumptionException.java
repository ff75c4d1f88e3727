package dev.connector.core;

import org.jspecify.annotations.Nullable;

/**
 * A role could not be assumed, so there is no session to make a call with. What was to be done with the session was not started.
 *
 * <p>{@link #hop()} and {@link #roleArn()} say which role of the chain, {@link #reason()} why, and the message what to do about it and who can.
 * {@link #isRetryable()} says whether the same call may succeed later without anybody changing anything. It never holds an External ID, a
 * policy or credentials.
 */
public final class RoleAssumptionException extends ConnectorException {

    private static final long serialVersionUID = 1L;

    /** The link of the chain that failed. */
    private final Hop hop;

    /** The role that was to be assumed. */
    private final String roleArn;

    /** Why there is no session. */
    private final Reason reason;

    /** The message without the details of the call. */
    private final String explanation;

    private final transient @Nullable AwsFailure failure;

    /**
     * A failure in which no call to AWS had a part.
     *
     * @param hop which link of the chain
     * @param roleArn the role that was to be assumed
     * @param reason why it could not be
     * @param message what was tried, why it failed, and what to do about it
     * @param cause what caused it, or {@code null}
     */
    public RoleAssumptionException(Hop hop, String roleArn, Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.hop = hop;
        this.roleArn = roleArn;
        this.reason = reason;
        this.explanation = message;
        this.failure = null;
    }

    /**
     * A failure of a call to AWS.
     *
     * @param hop which link of the chain
     * @param roleArn the role that was to be assumed
     * @param reason why it could not be
     * @param message what was tried, why it failed, and what to do about it
     * @param failure what AWS answered; its operation, code and request id are put behind the message
     */
    public RoleAssumptionException(Hop hop, String roleArn, Reason reason, String message, AwsFailure failure) {
        super(message, failure);
        this.hop = hop;
        this.roleArn = roleArn;
        this.reason = reason;
        this.explanation = message;
        this.failure = failure;
    }

    /** The failure as listeners are told of it. */
    AwsFailure awsFailure(String operation) {
        return failure == null ? AwsFailure.of(operation, this) : failure;
    }

    /** The same failure for another thread that waited for the same call, with that thread's own stack trace. */
    RoleAssumptionException forThisThread() {
        return failure == null
                ? new RoleAssumptionException(hop, roleArn, reason, explanation, getCause())
                : new RoleAssumptionException(hop, roleArn, reason, explanation, failure);
    }

    /**
     * Which link of the chain broke.
     *
     * @return the hop
     */
    public Hop hop() {
        return hop;
    }

    /**
     * The role that was to be assumed.
     *
     * @return its ARN
     */
    public String roleArn() {
        return roleArn;
    }

    /**
     * Why it could not be assumed.
     *
     * @return the reason; new ones may be added, so keep a default branch
     */
    public Reason reason() {
        return reason;
    }

    /** The links of the chain of roles. */
    public enum Hop {
        /** From the service's own credentials to the runtime role. */
        RUNTIME,
        /** From the runtime role to the narrow role of one kind of work. */
        CONNECTOR
    }

    /** Why a role could not be assumed. */
    public enum Reason {
        /** AWS refused: a trust policy, the External ID or the caller's own policy does not allow it. */
        DENIED,
        /** AWS says that the credentials of the caller have expired, also after they were asked for anew. */
        EXPIRED_SOURCE,
        /** The service's own credentials could not be found. */
        NO_SOURCE_CREDENTIALS,
        /** AWS does not know the service's own credentials, or their signature is wrong. */
        INVALID_SOURCE_CREDENTIALS,
        /** The service's own credentials are not those of the expected source. */
        UNEXPECTED_SOURCE,
        /** AWS packs the session policy before it measures it, and then it was too large. */
        PACKED_POLICY_TOO_LARGE,
        /** The session was to be longer than the role allows, or than an hour where the caller is itself the session of a role. */
        SESSION_TOO_LONG,
        /** AWS says that the request is wrong in another way, for instance the session policy. */
        INVALID_REQUEST,
        /** AWS STS is switched off for the account in the Region. */
        REGION_DISABLED,
        /** The client would have called a host that is not AWS's, or without TLS. */
        ENDPOINT_REFUSED,
        /** AWS answered with a session that, by this machine's clock, is over. */
        CLOCK_SKEWED,
        /** AWS refused because of too many calls. */
        THROTTLED,
        /** AWS did not answer in time. */
        TIMEOUT,
        /** AWS could not be reached, or failed. */
        UNAVAILABLE,
        /** The thread was interrupted; its flag is set. */
        INTERRUPTED,
        /** Something else, which the cause tells. */
        OTHER
    }
}
