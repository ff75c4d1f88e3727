package dev.connector.core;

/**
 * How narrow the session of a strategy is made below what its role allows, by a session policy that AWS enforces on top of the role's own.
 *
 * <p>A session policy names the targets. It cannot bound <i>who</i> is given access, since AWS does not authorise these calls on the user; and
 * where one call names two resources, a policy that lists several of each allows every pair of them, short of {@link #TARGET}.
 */
public enum SessionScope {
    /** One session for all targets of the strategy if their policy fits AWS's limits, else one session for each target. */
    AUTO,
    /** One session for all targets of the strategy; a failure where their policy does not fit AWS's limits. */
    STRATEGY,
    /** One session for each target. */
    TARGET,
    /** No session policy: only the role's own policy bounds the session. */
    NONE
}
