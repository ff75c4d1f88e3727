package dev.connector.testing.internal.wire;

/** A request that cannot be read in the protocol of its service. */
public final class WireFormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    WireFormatException(String message) {
        super(message);
    }

    WireFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
