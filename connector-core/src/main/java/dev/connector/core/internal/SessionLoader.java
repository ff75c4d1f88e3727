package dev.connector.core.internal;

import java.time.Duration;

/** Opens one session, and knows how to say that it could not. */
public interface SessionLoader {

    /**
     * Calls AWS. It blocks, for a bounded time.
     *
     * @return a session that is usable
     * @throws dev.connector.core.RoleAssumptionException if there is none
     */
    Session load();

    /**
     * A thread was interrupted while it waited for another one's call.
     *
     * @return what to throw
     */
    RuntimeException interrupted();

    /**
     * Another thread's call took longer than any should.
     *
     * @param waited how long this one has waited for it
     * @return what to throw
     */
    RuntimeException timedOut(Duration waited);

    /**
     * The failure of another thread's call, for this thread to throw.
     *
     * @param failure what the other thread threw
     * @return what to throw
     */
    RuntimeException shared(RuntimeException failure);
}
