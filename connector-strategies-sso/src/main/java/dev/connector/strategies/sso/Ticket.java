package dev.connector.strategies.sso;

import dev.connector.core.ConnectorListener;

/** One caller's wait for one change. Several may wait for the same. Compared by identity. */
final class Ticket {

    private final AssignmentChange change;
    private final AssignmentCalls calls;
    private final ConnectorListener listener;
    private final Waiter waiter;

    /** The position that the listener was told last; 0 if none. Only the scheduler's. */
    private int toldPosition;

    Ticket(AssignmentChange change, AssignmentCalls calls, ConnectorListener listener, Waiter waiter) {
        this.change = change;
        this.calls = calls;
        this.listener = listener;
        this.waiter = waiter;
    }

    AssignmentChange change() {
        return change;
    }

    AssignmentCalls calls() {
        return calls;
    }

    ConnectorListener listener() {
        return listener;
    }

    Waiter waiter() {
        return waiter;
    }

    boolean isListenedTo() {
        return listener != ConnectorListener.none();
    }

    int toldPosition() {
        return toldPosition;
    }

    void told(int position) {
        toldPosition = position;
    }
}
