package dev.connector.core.strategy;

import dev.connector.core.AwsFailure;
import dev.connector.core.ConnectorException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The change may or may not have been made. Neither tell anybody that it was, nor that it was not: store {@link #pending()} and find out.
 *
 * <p>During an escalation call {@link AccessStrategy#resume} with it, or {@link AccessStrategy#deescalate} to be rid of the access; during a
 * deescalation call {@link AccessStrategy#deescalate} again.
 */
public final class OutcomeUnknownException extends ConnectorException {

    private static final long serialVersionUID = 1L;

    /** The verb that did not come to its end. */
    private final Verb during;

    private final transient Grant pending;

    /**
     * An unknown outcome without a cause.
     *
     * @param during the verb that did not come to its end
     * @param pending the grant with which to find out
     * @param message what was tried, why nobody knows, and what to do about it
     */
    public OutcomeUnknownException(Verb during, Grant pending, String message) {
        this(during, pending, message, (Throwable) null);
    }

    /**
     * An unknown outcome in which AWS's answer is not the cause.
     *
     * @param during the verb that did not come to its end
     * @param pending the grant with which to find out
     * @param message what was tried, why nobody knows, and what to do about it
     * @param cause what caused it, or {@code null}
     */
    public OutcomeUnknownException(Verb during, Grant pending, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.during = Objects.requireNonNull(during, "during");
        this.pending = Objects.requireNonNull(pending, "pending");
    }

    /**
     * An unknown outcome of a call to AWS.
     *
     * @param during the verb that did not come to its end
     * @param pending the grant with which to find out
     * @param message what was tried, why nobody knows, and what to do about it
     * @param failure what AWS answered
     */
    public OutcomeUnknownException(Verb during, Grant pending, String message, AwsFailure failure) {
        super(message, failure);
        this.during = Objects.requireNonNull(during, "during");
        this.pending = Objects.requireNonNull(pending, "pending");
    }

    /**
     * The verb that did not come to its end.
     *
     * @return the verb
     */
    public Verb during() {
        return during;
    }

    /**
     * The grant with which to find out.
     *
     * @return {@link GrantState#PENDING} during an escalation, {@link GrantState#ENDING} during a deescalation; Java serialization loses it, so store its JSON
     */
    public Grant pending() {
        return pending;
    }

    /**
     * Always {@code true}: the verb can be called again with {@link #pending()}.
     *
     * @return {@code true}
     */
    @Override
    public boolean isRetryable() {
        return true;
    }
}
