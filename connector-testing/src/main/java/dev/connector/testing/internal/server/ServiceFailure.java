package dev.connector.testing.internal.server;

import dev.connector.testing.internal.wire.WireError;

/** Ends an operation with an error answer. */
public final class ServiceFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient WireError error;

    ServiceFailure(ErrorCode code, String message) {
        this(new WireError(code.code(), code.status(), message));
    }

    /** With further fields, for the errors that have some. */
    public ServiceFailure(WireError error) {
        super(error.message());
        this.error = error;
    }

    WireError error() {
        return error;
    }
}
