package dev.connector.strategies.sso;

/** Who waits for changes and turns: what the scheduler decides for them reaches them here. Called under the queue's lock, so nothing here takes long. */
interface Waiter {

    /** A change is to be sent. */
    void handOut(Action.Send send);

    /** A change has ended. */
    void finished(Ticket ticket, ChangeResult result);

    /** A call may be made. */
    void go(Turn turn);
}
