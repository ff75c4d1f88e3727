package dev.connector.testing;

/**
 * What can go wrong with one call. The names that end in {@code BEFORE} and {@code AFTER} say whether it goes wrong before or
 * after the operation took effect, which the caller cannot tell.
 *
 * <p>Immutable.
 */
public enum Fault {
    /** The service refuses the call because there are too many, with its own code and status. */
    THROTTLE(false),
    /** The service fails with an HTTP status 500 and has changed nothing. */
    SERVER_ERROR_BEFORE(false),
    /** The service fails with an HTTP status 500 although the operation took effect. */
    SERVER_ERROR_AFTER(true),
    /** The connection breaks before the request arrives, as an {@link java.io.IOException} of the HTTP client. */
    CONNECTION_RESET_BEFORE(false),
    /** The connection breaks before the answer arrives, as an {@link java.io.IOException} of the HTTP client. */
    CONNECTION_RESET_AFTER(true),
    /** 30 seconds pass and the call times out; the request never arrived. */
    SLOW_BEFORE(false),
    /** The operation took effect, then 30 seconds pass and the call times out. */
    SLOW_AFTER(true),
    /** The operation took effect, and the answer, with status 200, is not what any AWS service writes. */
    GARBAGE_BODY(true),
    /** The caller is told that it may not do this. */
    ACCESS_DENIED(false),
    /** The caller is told that its session has expired. */
    EXPIRED_TOKEN(false);

    private final boolean takesEffect;

    Fault(boolean takesEffect) {
        this.takesEffect = takesEffect;
    }

    /**
     * Whether the operation is done in spite of the fault.
     *
     * @return true if the fault only loses the answer
     */
    public boolean takesEffect() {
        return takesEffect;
    }
}
