package dev.connector.strategies.sso;

/** A change that has ended, for one of those who waited for it. */
record Finished(Ticket ticket, ChangeResult result) {

    AssignmentChange change() {
        return ticket.change();
    }
}
