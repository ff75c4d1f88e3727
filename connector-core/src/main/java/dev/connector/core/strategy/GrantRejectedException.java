package dev.connector.core.strategy;

import dev.connector.core.ConnectorException;
import org.jspecify.annotations.Nullable;

/** A grant cannot be taken up here: it is of another scope, type or state, or was written by a newer version. Thrown before any call to AWS. */
public final class GrantRejectedException extends ConnectorException {

    private static final long serialVersionUID = 1L;

    /**
     * A rejection.
     *
     * @param message what was tried, why the grant was rejected, and what to do about it
     */
    public GrantRejectedException(String message) {
        this(message, null);
    }

    /**
     * A rejection with a cause.
     *
     * @param message what was tried, why the grant was rejected, and what to do about it
     * @param cause what was wrong with it, or {@code null}
     */
    public GrantRejectedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
