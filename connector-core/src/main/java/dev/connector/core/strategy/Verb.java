package dev.connector.core.strategy;

/** The two things that a strategy does. */
public enum Verb {
    /** Gives access. */
    ESCALATE,
    /** Takes it away. */
    DEESCALATE
}
