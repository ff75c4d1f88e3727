package dev.connector.core;

import dev.connector.core.internal.Printable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The root of what the library throws. Its message says what was tried, on what, what AWS answered, and what to do about it.
 *
 * <p>Messages hold no secret, and text from outside stands in them escaped: nothing in it can start a new line in a log.
 */
public class ConnectorException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The operation, if a call to AWS failed. */
    private final @Nullable String awsOperation;

    /** The error code, if AWS gave one. */
    private final @Nullable String awsErrorCode;

    /** The request id, if AWS gave one. */
    private final @Nullable String awsRequestId;

    /** Whether another try may succeed. */
    private final boolean retryable;

    /**
     * A failure in which AWS had no part.
     *
     * @param message what was tried, why it failed, and what to do about it
     * @param cause what caused it, or {@code null}
     */
    public ConnectorException(String message, @Nullable Throwable cause) {
        super(Printable.escape(message), cause);
        this.awsOperation = null;
        this.awsErrorCode = null;
        this.awsRequestId = null;
        this.retryable = false;
    }

    /**
     * A failure of a call to AWS.
     *
     * @param message what was tried, why it failed, and what to do about it
     * @param failure what AWS answered; its operation, code and request id are put behind the message
     */
    public ConnectorException(String message, AwsFailure failure) {
        super(Printable.escape(message + details(failure)), failure.cause());
        this.awsOperation = failure.operation();
        this.awsErrorCode = failure.errorCode().orElse(null);
        this.awsRequestId = failure.requestId().orElse(null);
        this.retryable = switch (failure.kind()) {
            case THROTTLED, UNAVAILABLE, TIMEOUT, EXPIRED_TOKEN, INTERRUPTED -> true;
            case NOT_SENT -> failure.cause() instanceof ConnectorException session && session.isRetryable();
            default -> false;
        };
    }

    private static String details(AwsFailure failure) {
        StringBuilder details = new StringBuilder(" [operation=").append(failure.operation());
        failure.errorCode().ifPresent(code -> details.append(", errorCode=").append(code));
        failure.requestId().ifPresent(id -> details.append(", requestId=").append(id));
        return details.append(']').toString();
    }

    /**
     * Whether the same call may succeed later without anybody changing anything.
     *
     * @return {@code true} for throttling, time-outs, outages, expired sessions and interrupts
     */
    public boolean isRetryable() {
        return retryable;
    }

    /**
     * The AWS operation that failed, as IAM names its action.
     *
     * @return for instance {@code iam:AddUserToGroup}, or empty if no call to AWS failed
     */
    public Optional<String> awsOperation() {
        return Optional.ofNullable(awsOperation);
    }

    /**
     * AWS's error code.
     *
     * @return for instance {@code NoSuchEntity}, or empty if AWS gave none
     */
    public Optional<String> awsErrorCode() {
        return Optional.ofNullable(awsErrorCode);
    }

    /**
     * AWS's request id, which AWS support asks for.
     *
     * @return the id, or empty if AWS gave none
     */
    public Optional<String> awsRequestId() {
        return Optional.ofNullable(awsRequestId);
    }
}
