package dev.connector.core;

import dev.connector.core.internal.Printable;
import dev.connector.core.internal.Redaction;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryUtils;

/**
 * One call to AWS that did not succeed: what kind of failure it was, and whether the call may have taken effect all the same.
 *
 * <p>Immutable. Holds AWS's message, code and request id, and what the SDK threw, without the session token that AWS repeats when it takes a signature for
 * wrong.
 */
public final class AwsFailure {

    private static final Set<String> EXPIRED_TOKEN_CODES = Set.of("ExpiredToken", "ExpiredTokenException");
    private static final Set<String> DENIED_CODES =
            Set.of("AccessDenied", "AccessDeniedException", "UnauthorizedAccess", "UnauthorizedOperation");

    /** AWS's words can be as long as the request that they are about. */
    private static final int MAX_WORDS = 1_024;

    private final String operation;
    private final Kind kind;
    private final boolean mayHaveTakenEffect;
    private final RuntimeException cause;
    private final @Nullable String errorCode;
    private final @Nullable String requestId;
    private final @Nullable String message;

    private AwsFailure(String operation, Kind kind, boolean mayHaveTakenEffect, RuntimeException cause) {
        this.operation = operation;
        this.kind = kind;
        this.mayHaveTakenEffect = mayHaveTakenEffect;
        this.cause = cause;
        AwsErrorDetails details = cause instanceof AwsServiceException answered ? answered.awsErrorDetails() : null;
        this.errorCode = details == null ? null : details.errorCode();
        this.message = details == null ? null : details.errorMessage();
        this.requestId = cause instanceof AwsServiceException answered ? requestIdOf(answered) : null;
    }

    /** Where a service's model has the id as a member of its errors, the SDK keeps it there and nowhere else. */
    private static @Nullable String requestIdOf(AwsServiceException answered) {
        if (answered.requestId() != null) {
            return answered.requestId();
        }
        return answered.sdkFields().stream()
                .filter(field -> field.memberName().equals("RequestId"))
                .findFirst()
                .flatMap(field -> Optional.ofNullable(field.getValueOrDefault(answered)))
                .map(Object::toString)
                .orElse(null);
    }

    /**
     * Classifies what an SDK client threw.
     *
     * @param operation the call as IAM names its action, for instance {@code iam:AddUserToGroup}
     * @param thrown what the client threw
     * @return the failure
     */
    public static AwsFailure of(String operation, RuntimeException thrown) {
        return thrown instanceof ConnectorException
                ? new AwsFailure(operation, Kind.NOT_SENT, false, thrown)
                : ofClient(operation, Redaction.ofTokens().cleaned(thrown));
    }

    private static AwsFailure ofClient(String operation, RuntimeException thrown) {
        if (thrown instanceof AwsServiceException answered) {
            return ofAnswer(operation, answered);
        }
        if (thrown instanceof ApiCallTimeoutException || thrown instanceof ApiCallAttemptTimeoutException) {
            return new AwsFailure(operation, Kind.TIMEOUT, true, thrown);
        }
        if (thrown instanceof SdkClientException unanswered) {
            Kind kind = wasInterrupted(thrown) || Thread.currentThread().isInterrupted()
                    ? Kind.INTERRUPTED
                    : Kind.UNAVAILABLE;
            boolean wasSent = !neverConnected(thrown) || wasAttemptedBefore(unanswered);
            return new AwsFailure(operation, kind, wasSent, thrown);
        }
        return new AwsFailure(operation, wasInterrupted(thrown) ? Kind.INTERRUPTED : Kind.UNEXPECTED, true, thrown);
    }

    static AwsFailure interrupted(String operation) {
        return new AwsFailure(
                operation, Kind.INTERRUPTED, false, AbortedException.create("The thread was interrupted."));
    }

    private static AwsFailure ofAnswer(String operation, AwsServiceException answered) {
        return new AwsFailure(
                operation, kindOf(answered), !isRefusal(answered) || wasAttemptedBefore(answered), answered);
    }

    private static Kind kindOf(AwsServiceException answered) {
        String code = answered.awsErrorDetails() == null
                ? null
                : answered.awsErrorDetails().errorCode();
        if (code != null && EXPIRED_TOKEN_CODES.contains(code)) {
            return Kind.EXPIRED_TOKEN;
        }
        if (RetryUtils.isClockSkewException(answered)) {
            // The SDK has set its clock by AWS's answer, so the next attempt is signed with the right time.
            return Kind.UNAVAILABLE;
        }
        if (RetryUtils.isThrottlingException(answered)) {
            return Kind.THROTTLED;
        }
        if (code == null ? answered.statusCode() == 403 : DENIED_CODES.contains(code)) {
            return Kind.DENIED;
        }
        return isRefusal(answered) ? Kind.REJECTED : Kind.UNAVAILABLE;
    }

    /** AWS answered that it did not do it. */
    private static boolean isRefusal(AwsServiceException answered) {
        int status = answered.statusCode();
        return (status >= 400 && status < 500) || (status == 0 && isModelled(answered));
    }

    /**
     * One of the errors that the service's model names, for instance {@code NoSuchEntityException}. AWS never sends one without a status, but a mocked client may
     * throw one that has nothing but its class.
     */
    private static boolean isModelled(AwsServiceException answered) {
        return answered.getClass().getSuperclass().getSuperclass() == AwsServiceException.class;
    }

    private static String nameOf(AwsServiceException answered) {
        return isModelled(answered) ? answered.getClass().getSimpleName() : "with the status " + answered.statusCode();
    }

    /** A client whose own retries are on throws what came of the last attempt; what came of those before it, nobody is told. */
    private static boolean wasAttemptedBefore(SdkException thrown) {
        Integer attempts = thrown.numAttempts();
        return attempts != null && attempts > 1;
    }

    private static boolean neverConnected(Throwable thrown) {
        return withCauses(thrown).stream()
                .anyMatch(cause -> cause instanceof ConnectException
                        || cause instanceof UnknownHostException
                        || cause instanceof NoRouteToHostException);
    }

    /** The classes below {@link InterruptedIOException} tell of time limits, the JDK's as those of other HTTP clients. */
    private static boolean wasInterrupted(Throwable thrown) {
        return withCauses(thrown).stream()
                .anyMatch(cause -> cause instanceof InterruptedException
                        || cause instanceof AbortedException
                        || cause instanceof ClosedByInterruptException
                        || cause.getClass() == InterruptedIOException.class);
    }

    /** Causes may go in a circle: each is looked at once. */
    private static Set<Throwable> withCauses(Throwable thrown) {
        Set<Throwable> causes = Collections.newSetFromMap(new IdentityHashMap<>());
        Throwable cause = thrown;
        while (cause != null && causes.add(cause)) {
            cause = cause.getCause();
        }
        return causes;
    }

    AwsFailure afterAnAttemptThatMayHaveTakenEffect() {
        return mayHaveTakenEffect ? this : new AwsFailure(operation, kind, true, cause);
    }

    /**
     * The call as IAM names its action.
     *
     * @return for instance {@code iam:AddUserToGroup}
     */
    public String operation() {
        return operation;
    }

    /**
     * What kind of failure it was.
     *
     * @return the kind; new ones may be added, so keep a default branch
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Whether the call, or an earlier attempt at it, may have taken effect: AWS's answer was lost, could not be read or was a server error.
     * So it may have where the SDK client's own retries made more than one attempt, since only the last one is known.
     *
     * @return {@code false} only if it certainly had no effect
     */
    public boolean mayHaveTakenEffect() {
        return mayHaveTakenEffect;
    }

    /**
     * Whether AWS answered with this error code.
     *
     * @param code a code as AWS writes it, for instance {@code NoSuchEntity}
     * @return whether it is the code of this failure
     */
    public boolean hasCode(String code) {
        return code.equals(errorCode);
    }

    /**
     * AWS's error code.
     *
     * @return the code, or empty if AWS gave none
     */
    public Optional<String> errorCode() {
        return Optional.ofNullable(errorCode);
    }

    /**
     * AWS's request id.
     *
     * @return the id, or empty if AWS gave none
     */
    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }

    /**
     * What the SDK threw.
     *
     * @return the exception; one like it, without the secrets, where it held some
     */
    public RuntimeException cause() {
        return cause;
    }

    /**
     * What happened, in half a sentence, for an exception's message.
     *
     * @return AWS's own words where there are some, their first 1,024 characters; escaped, on one line
     */
    public String description() {
        if (message != null) {
            String words = message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
            return "AWS answered: " + printable(words);
        }
        if (errorCode != null) {
            return "AWS answered " + printable(errorCode);
        }
        if (cause instanceof AwsServiceException answered) {
            return "AWS answered " + nameOf(answered) + " without an error code"
                    + (answered.getMessage() == null ? "" : " (" + printable(answered.getMessage()) + ")");
        }
        return switch (kind) {
            case TIMEOUT -> "AWS did not answer in time";
            case INTERRUPTED -> "the thread was interrupted";
            case NOT_SENT -> String.valueOf(cause.getMessage());
            case UNEXPECTED -> "the client threw " + printable(cause.toString());
            default -> "no answer of AWS could be read (" + printable(cause.getMessage()) + ")";
        };
    }

    private static String printable(@Nullable String words) {
        return Printable.excerpt(String.valueOf(words), MAX_WORDS);
    }

    @Override
    public String toString() {
        return Printable.escape("AwsFailure{operation=" + operation + ", kind=" + kind + ", errorCode=" + errorCode
                + ", requestId=" + requestId + ", mayHaveTakenEffect=" + mayHaveTakenEffect + "}");
    }

    /** The kinds of failure that a caller can tell apart without knowing the service. */
    public enum Kind {
        /** AWS refused: the role, its session policy or another policy does not allow the call. */
        DENIED,
        /** AWS refused because of too many calls; later it may succeed. */
        THROTTLED,
        /** AWS could not be reached, failed, answered something that cannot be read, or took the machine's clock for wrong. */
        UNAVAILABLE,
        /** AWS did not answer within the SDK's time limit. */
        TIMEOUT,
        /** The session's credentials have expired. */
        EXPIRED_TOKEN,
        /** AWS answered that the call is wrong or cannot be done; {@link AwsFailure#errorCode()} says why. */
        REJECTED,
        /** The library itself did not send it: there is no session for it, or its endpoint is refused; the cause says why. */
        NOT_SENT,
        /** The thread was interrupted; its flag is set. */
        INTERRUPTED,
        /** Something other than the SDK threw, for instance an interceptor. */
        UNEXPECTED
    }
}
