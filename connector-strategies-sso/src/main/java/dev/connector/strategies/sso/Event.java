package dev.connector.strategies.sso;

import dev.connector.core.AwsFailure;

/** What has happened. */
sealed interface Event {

    /** A caller wants a change. */
    record Submitted(Ticket ticket) implements Event {}

    /**
     * A caller does not wait any longer.
     *
     * @param unsent whether it was to send its change and has not
     */
    record Left(Ticket ticket, boolean unsent) implements Event {}

    /** AWS has accepted a change. */
    record Accepted(Job job, RequestStatus status) implements Event {}

    /** A change could not be sent, or the answer is lost. */
    record SendFailed(Job job, AwsFailure failure) implements Event {}

    /** A page of statuses was read. */
    record Listed(Read read, StatusPage page) implements Event {}

    /** One status was read. */
    record Described(Read read, RequestStatus status) implements Event {}

    /** A read failed. */
    record ReadFailed(Read read, AwsFailure failure) implements Event {}

    /** A caller wants to make a call of its own. */
    record TurnAsked(Turn turn) implements Event {}

    /** A caller does not wait for its turn any longer. */
    record TurnLeft(Turn turn) implements Event {}

    /** AWS called a caller's own call too fast. */
    record CallThrottled() implements Event {}

    /** Nothing, but time has passed. */
    record TimePassed() implements Event {}
}
