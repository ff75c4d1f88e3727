package dev.connector.examples.broken.core.internal;

/** A helper that is nobody else's business. */
public class Hidden {

    /** Helps. */
    public void help() {}
}
