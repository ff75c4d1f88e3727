package dev.connector.strategies.sso;

/** Who goes first, in this order; within a lane it is whoever came first. */
enum Lane {
    /** Somebody wants access gone now. */
    URGENT_REVOCATION,
    /** Access whose time is over. */
    SCHEDULED_REVOCATION,
    /** Access that is to be given. */
    GRANT
}
