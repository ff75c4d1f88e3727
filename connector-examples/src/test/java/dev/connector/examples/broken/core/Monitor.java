package dev.connector.examples.broken.core;

/** Takes monitors. */
final class Monitor {

    synchronized void ofThis() {}

    static synchronized void ofTheClass() {}
}
