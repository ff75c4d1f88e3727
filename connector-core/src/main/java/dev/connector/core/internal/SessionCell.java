package dev.connector.core.internal;

import dev.connector.core.ConnectorClock;
import dev.connector.core.RoleAssumptionException;
import dev.connector.core.RoleAssumptionException.Reason;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * Keeps the session of one role, and replaces it with one call to AWS however many threads ask.
 *
 * <p>All that it knows is one immutable {@link State}, and every change is one compare-and-set of it:
 *
 * <pre>
 *   empty ------- first caller -----> loading       the others wait, and share what comes of it
 *   loading ----- session ----------> ready         everybody is answered without a wait
 *   loading ----- failure ----------> empty         never kept: the next caller tries again
 *   ready ------- refresh is due ---> refreshing    one caller loads, the others go on with the session that they have
 *   refreshing -- session ----------> ready
 *   refreshing -- failure ----------> ready         due again after 1 s, doubling to 30 s; at the session's end it is empty
 *   any --------- retired ----------> retired       for good: the cache has given the cell up
 * </pre>
 *
 * <p>Thread-safe, without a lock or a thread of its own: the caller that changes the state to loading or refreshing makes the call.
 */
final class SessionCell {

    private static final Logger LOG = LoggerFactory.getLogger(SessionCell.class);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);

    /** How coarsely the last use is known. Were it written at every use, the threads would fight over it. */
    private static final long USE_GRAIN = Duration.ofSeconds(1).toNanos();

    private final SessionSpec spec;
    private final SessionLoader loader;
    private final ConnectorClock clock;
    private final Duration waitLimit;
    private final AtomicReference<State> state = new AtomicReference<>(State.EMPTY);
    private final AtomicLong lastUsed;

    /**
     * A cell without a session yet.
     *
     * @param spec whose session
     * @param loader opens one
     * @param clock measures its life
     * @param waitLimit how long one thread waits for another's call; only a call that ignores its own limit takes as long
     */
    SessionCell(SessionSpec spec, SessionLoader loader, ConnectorClock clock, Duration waitLimit) {
        this.spec = spec;
        this.loader = loader;
        this.clock = clock;
        this.waitLimit = waitLimit;
        this.lastUsed = new AtomicLong(clock.nanos());
    }

    /**
     * The session, if it can be had at once: one volatile read and one of the clock.
     *
     * @return the session, or {@code null} if there is none or its refresh is due
     */
    @Nullable
    Session hit() {
        State seen = state();
        long now = clock.nanos();
        if (!seen.answers(now)) {
            return null;
        }
        if (now - lastUsed.getPlain() > USE_GRAIN) {
            lastUsed.setOpaque(now);
        }
        return seen.session;
    }

    /**
     * The session, loaded if need be.
     *
     * @return the session, or {@code null} if this cell is retired
     */
    @Nullable
    Session resolve() {
        while (true) {
            State seen = state();
            long now = clock.nanos();
            lastUsed.setOpaque(now);
            if (seen.answers(now)) {
                return seen.session;
            }
            if (seen == State.RETIRED) {
                return null;
            }
            Session session = flyOrJoin(seen, now, false);
            if (session != null) {
                return session;
            }
        }
    }

    /**
     * A new session, in place of whatever is there. A call that is under way already will do. If it fails, what is there stays.
     *
     * @return the session, or {@code null} if this cell is retired
     */
    @Nullable
    Session refresh() {
        while (true) {
            State seen = state();
            if (seen == State.RETIRED) {
                return null;
            }
            Session session = flyOrJoin(seen, clock.nanos(), true);
            if (session != null) {
                return session;
            }
        }
    }

    /** Drops the session; the next caller loads another. A call that is under way goes on. */
    void evict() {
        state.updateAndGet(seen -> seen.session == null ? seen : seen.withoutSession());
    }

    /** Drops the session if it still has these credentials, so that many threads that saw it fail cost one new session and not many. */
    void evict(AwsCredentials failed) {
        state.updateAndGet(
                seen -> seen.session != null && seen.session.credentials() == failed ? seen.withoutSession() : seen);
    }

    /** Gives the cell up, unless it is busy. */
    boolean retireIfIdle() {
        State seen = state();
        return seen.flight == null && state.compareAndSet(seen, State.RETIRED);
    }

    /** Gives the cell up. A call that is under way still answers those who wait for it. */
    void retire() {
        state.set(State.RETIRED);
    }

    boolean isBusy() {
        return state().flight != null;
    }

    long lastUsed() {
        return lastUsed.getOpaque();
    }

    private State state() {
        return Objects.requireNonNull(state.get());
    }

    /**
     * One try: {@code null} if another thread was faster, was interrupted, or was held up until its session was over, so that the state must be looked at
     * again.
     */
    private @Nullable Session flyOrJoin(State seen, long now, boolean forced) {
        if (seen.flight != null) {
            return join(seen.flight);
        }
        Flight flight = new Flight();
        return state.compareAndSet(seen, seen.takenOff(flight, now)) ? fly(flight, forced) : null;
    }

    private Session fly(Flight flight, boolean forced) {
        Session session;
        try {
            session = loader.load();
        } catch (RuntimeException failure) {
            return goOn(giveUp(flight, failure), failure, forced);
        } catch (Throwable failure) {
            giveUp(flight, new IllegalStateException("The call for the session ended with " + failure, failure));
            throw failure;
        }
        state.updateAndGet(seen -> seen.flight == flight ? State.ready(session) : seen);
        flight.landed(session);
        return session;
    }

    /** The state first, then those who wait: whoever comes after them must start anew. */
    private State giveUp(Flight flight, RuntimeException failure) {
        boolean interrupted = isInterrupt(failure);
        long now = clock.nanos();
        State after = state.updateAndGet(seen -> seen.flight == flight ? seen.givenUp(now, interrupted) : seen);
        if (interrupted) {
            flight.handedOver();
        } else {
            flight.crashed(failure);
        }
        return after;
    }

    /** A refresh that came early has failed in vain only: the present session is still good. */
    private Session goOn(State after, RuntimeException failure, boolean forced) {
        if (forced || after.session == null || !(failure instanceof RoleAssumptionException)) {
            throw failure;
        }
        if (!isInterrupt(failure)) {
            LOG.warn(
                    "Cannot refresh a session yet, and go on with the present one. {} [session={}]",
                    failure.getMessage(),
                    spec);
        }
        return after.session;
    }

    private static boolean isInterrupt(RuntimeException failure) {
        return failure instanceof RoleAssumptionException failed && failed.reason() == Reason.INTERRUPTED;
    }

    private @Nullable Session join(Flight flight) {
        try {
            if (!clock.await(flight.outcome, waitLimit)) {
                abandon(flight);
                throw loader.timedOut(waitLimit);
            }
            return flight.outcome
                    .get()
                    .filter(session -> session.isUsable(clock.nanos()))
                    .orElse(null);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw loader.interrupted();
        } catch (ExecutionException crashed) {
            throw loader.shared((RuntimeException) Objects.requireNonNull(crashed.getCause()));
        }
    }

    /** A call that does not even end at its own limit must not keep everybody else for ever. */
    private void abandon(Flight flight) {
        long now = clock.nanos();
        state.updateAndGet(seen -> seen.flight == flight ? seen.givenUp(now, false) : seen);
    }

    /** A call that is under way, and those who wait for it. */
    private static final class Flight {

        /** Empty if the thread that made the call was interrupted: one of the waiters then makes it. */
        private final CompletableFuture<Optional<Session>> outcome = new CompletableFuture<>();

        private void landed(Session session) {
            outcome.complete(Optional.of(session));
        }

        private void handedOver() {
            outcome.complete(Optional.empty());
        }

        private void crashed(RuntimeException failure) {
            outcome.completeExceptionally(failure);
        }
    }

    /** What a cell knows at one moment. Immutable, compared by identity. */
    private static final class State {

        private static final State EMPTY = new State(null, null, 0, 0);
        private static final State RETIRED = new State(null, null, 0, 0);

        private final @Nullable Session session;
        private final @Nullable Flight flight;

        /** Until when the session is handed out without a further thought; nothing without a session. */
        private final long undisturbedUntil;

        private final int failures;

        private State(@Nullable Session session, @Nullable Flight flight, long undisturbedUntil, int failures) {
            this.session = session;
            this.flight = flight;
            this.undisturbedUntil = undisturbedUntil;
            this.failures = failures;
        }

        private static State ready(Session session) {
            return new State(session, null, session.refreshAt(), 0);
        }

        private boolean answers(long now) {
            return session != null && now - undisturbedUntil < 0;
        }

        /** A call has begun. Until it ends, a session that still is usable is handed out to all others. */
        private State takenOff(Flight begun, long now) {
            return session != null && session.isUsable(now)
                    ? new State(session, begun, session.staleAt(), failures)
                    : new State(null, begun, 0, 0);
        }

        /** The call has failed. A session that still is usable is kept, and its refresh is due again later. */
        private State givenUp(long now, boolean interrupted) {
            if (session == null || !session.isUsable(now)) {
                return EMPTY;
            }
            long delay = interrupted ? 0 : delayAfter(failures);
            long due = now + delay - session.refreshAt() > 0 ? now + delay : session.refreshAt();
            return new State(
                    session,
                    null,
                    due - session.staleAt() < 0 ? due : session.staleAt(),
                    interrupted ? failures : failures + 1);
        }

        private State withoutSession() {
            return flight == null ? EMPTY : new State(null, flight, 0, 0);
        }

        private static long delayAfter(int failures) {
            return failures >= 5 ? LAST_RETRY.toNanos() : FIRST_RETRY.toNanos() << failures;
        }
    }
}
