package dev.connector.strategies.sso;

import java.util.concurrent.CompletableFuture;

/** What a caller does next. */
sealed interface Step {

    /** Looks at what has come for it. */
    record Look() implements Step {}

    /** Gives up, since it was interrupted. */
    record GiveUp() implements Step {}

    /** Sends its change. */
    record Make(Action.Send send) implements Step {}

    /** Reads for everybody. */
    record Ask(Read read) implements Step {}

    /** Waits to be woken, or until then: nanoseconds since the queue was made. */
    record Rest(CompletableFuture<Void> woken, long until) implements Step {}
}
