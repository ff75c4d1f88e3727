package dev.connector.core.strategy;

/** How far a grant has come. */
public enum GrantState {
    /** Everything is known that the change needs; nothing was sent, as far as this grant tells. */
    PREPARED,
    /** The access may or may not have been given: {@link AccessStrategy#resume} finds out. */
    PENDING,
    /** The access was given. */
    GRANTED,
    /** The access may or may not have been taken away: {@link AccessStrategy#deescalate} carries it on. */
    ENDING
}
