package dev.connector.examples.broken.core;

/** Prints. */
@SuppressWarnings("CatchAndPrintStackTrace")
final class Printing {

    void out() {
        System.out.println();
    }

    void err() {
        System.err.println();
    }

    void stackTrace(Exception exception) {
        exception.printStackTrace();
    }
}
