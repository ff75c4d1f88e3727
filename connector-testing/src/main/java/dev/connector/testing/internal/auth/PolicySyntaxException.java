package dev.connector.testing.internal.auth;

/** A policy that AWS would not accept, or that the simulation cannot decide by and therefore does not accept either. */
public final class PolicySyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PolicySyntaxException(String message) {
        super(message);
    }

    PolicySyntaxException(String message, Throwable cause) {
        super(message, cause);
    }
}
