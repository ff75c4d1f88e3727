package dev.connector.testing.internal.server;

/** A code that a service answers with, and the HTTP status that goes with it. */
public interface ErrorCode {

    String code();

    int status();

    /** The failure with this code and that text. */
    default ServiceFailure because(String message) {
        return new ServiceFailure(this, message);
    }
}
