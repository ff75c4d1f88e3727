package dev.connector.testing;

/**
 * How a recorded call ended. May grow: keep a default branch.
 *
 * <p>Immutable.
 */
public enum Decision {
    /** It was allowed, and done. */
    ALLOWED,
    /** No policy allows it, or one denies it. */
    DENIED,
    /** It was unsigned, or its credentials are unknown, do not belong together or have expired. */
    NOT_AUTHENTICATED,
    /** The service refused it for another reason: a value that it does not accept, a name that is not there, a quota. */
    REJECTED,
    /** The simulation does not know this operation. */
    NOT_SIMULATED,
    /** A fault that the test asked for; whether the operation took effect says {@link Fault#takesEffect()}. */
    FAULT
}
