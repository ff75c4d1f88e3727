package dev.connector.testkit;

/** A scenario needs a change that does not happen in this world. */
final class NotInThisWorld extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotInThisWorld(Change change) {
        super(change + " does not happen in this world");
    }
}
