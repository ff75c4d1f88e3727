package dev.connector.testkit;

/** The process has stopped: nothing after it runs any more. An error, since no strategy is to catch it. */
final class Crash extends Error {

    private static final long serialVersionUID = 1L;

    Crash() {
        super("The process has crashed, as the kit wanted it to", null, false, false);
    }
}
