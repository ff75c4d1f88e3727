package dev.connector.strategies.sso;

import java.time.Duration;

/** What the scheduler wants to be done. */
sealed interface Action {

    /** A change is to be sent, by the caller who waits for it. Answered by {@link Event.Accepted}, {@link Event.SendFailed} or {@link Event.Left}. */
    record Send(Job job, Ticket by) implements Action {}

    /** Something is to be read. Answered by {@link Event.Listed}, {@link Event.Described} or {@link Event.ReadFailed}; until then no other read is asked for. */
    record Ask(Read read) implements Action {}

    /** A change has ended, for one of those who wait for it. */
    record Finish(Ticket ticket, ChangeResult result) implements Action {}

    /** A caller may make a call of its own. */
    record Go(Turn turn) implements Action {}

    /** A listener is to be told. */
    record Tell(Ticket ticket, int position, Duration timeToGo) implements Action {}
}
