package dev.connector.testing.internal.auth;

/** What a trust policy says of a caller, from the least to the most. */
public enum Trust {
    DENIED_EXPLICITLY,
    NONE,
    /** Trusts the caller's account, which leaves it to the policies of that account who of it may. */
    ACCOUNT,
    /** Names the caller's user or role, or everybody. */
    PRINCIPAL,
    /** Names this very session. */
    SESSION
}
