package dev.connector.testing.internal.auth;

/** What one set of policies says of an access. */
public enum Verdict {
    ALLOWED,
    DENIED_EXPLICITLY,
    NOT_ALLOWED
}
