package dev.connector.strategies.sso;

import dev.connector.core.ConnectorClock;
import dev.connector.core.ConnectorListener;
import dev.connector.core.ConnectorListener.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one queue before an Identity Center instance, for all who change assignments there. {@link AssignmentScheduler} decides, and the callers' own threads do what
 * it decides: there is no other thread. Each sends its own changes; one of those that wait, the leader, reads for everybody and keeps the time. When the leader is
 * through, leaves or is thrown out, another one takes over.
 *
 * <p>Thread-safe. The lock is held only to decide: no call, clock, wait or listener is under it.
 */
final class AssignmentQueue {

    private final ConnectorClock clock;
    private final long began;
    private final ReentrantLock lock = new ReentrantLock();
    private final AssignmentScheduler scheduler;

    /** All that wait to be woken, the longest waiting first. */
    private final Set<Caller> resting = new LinkedHashSet<>();

    private List<CompletableFuture<Void>> toWake = new ArrayList<>();
    private @Nullable Caller leader;
    private @Nullable Read read;
    private long wakeAt = Long.MAX_VALUE;

    AssignmentQueue(ConnectorClock clock, AssignmentLimits limits) {
        this.clock = clock;
        this.began = clock.nanos();
        this.scheduler = new AssignmentScheduler(limits);
    }

    ConnectorClock clock() {
        return clock;
    }

    /** Takes limits over where they are lower. */
    void limit(AssignmentLimits limits) {
        lock.lock();
        try {
            scheduler.limit(limits);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes one change, and waits for its end.
     *
     * <p>The calling thread may work for others meanwhile. If it is interrupted, its flag is set again and the answer is what is known: {@link
     * ChangeResult.End#NOT_SENT} or {@link ChangeResult.End#UNKNOWN}, as when the time is over.
     *
     * @param limit how long it waits; a call that is under way then is waited for
     */
    ChangeResult run(AssignmentChange change, AssignmentCalls calls, ConnectorListener listener, Duration limit) {
        try (Caller caller = caller(listener)) {
            Ticket ticket = caller.submit(change, calls);
            try {
                Finished finished = caller.next(limit);
                return finished == null ? caller.leave(ticket) : finished.result();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return caller.leave(ticket);
            }
        }
    }

    /**
     * Waits until the calling thread may make one call of its own to SSO Admin.
     *
     * @return whether it may; {@code false} if the time is over
     * @throws InterruptedException if the thread is interrupted
     */
    boolean awaitTurn(Lane lane, Duration limit) throws InterruptedException {
        try (Caller caller = new Caller(this, ConnectorListener.none())) {
            return caller.awaitTurn(lane, limit);
        }
    }

    /** AWS called a caller's own call too fast. */
    void callThrottled() {
        tell(new Event.CallThrottled());
    }

    /**
     * One thread's business with the queue, for many changes at one time.
     *
     * @return to be used by one thread and closed at the end
     */
    Caller caller(ConnectorListener listener) {
        return new Caller(this, ConnectorListener.guarded(listener));
    }

    long elapsed() {
        return clock.nanos() - began;
    }

    /** Tells the scheduler, and everybody whom it concerns what follows of it. */
    void tell(Event event) {
        tell(() -> event);
    }

    /** Tells the scheduler what it finds under the lock to have happened. */
    void tell(Supplier<Event> event) {
        long now = elapsed();
        List<Action.Tell> news = new ArrayList<>(0);
        List<CompletableFuture<Void>> woken;
        lock.lock();
        try {
            for (Action action : scheduler.on(event.get(), now)) {
                if (action instanceof Action.Tell told) {
                    news.add(told);
                } else {
                    pass(action);
                }
            }
            wakeAt = scheduler.wakeAt();
            wakeLeaderInTime();
            woken = takeToWake();
        } finally {
            lock.unlock();
        }
        woken.forEach(each -> each.complete(null));
        news.forEach(AssignmentQueue::tellListener);
    }

    private static void tellListener(Action.Tell told) {
        told.ticket()
                .listener()
                .onQueue(Place.of(told.ticket().change().direction().operation(), told.position(), told.timeToGo()));
    }

    private void pass(Action action) {
        if (action instanceof Action.Send send) {
            send.by().waiter().handOut(send);
        } else if (action instanceof Action.Finish finish) {
            finish.ticket().waiter().finished(finish.ticket(), finish.result());
        } else if (action instanceof Action.Go go) {
            go.turn().waiter().go(go.turn());
        } else if (action instanceof Action.Ask ask) {
            read = ask.read();
            wakeALeader();
        }
    }

    private void wakeLeaderInTime() {
        if (leader != null && leader.restsUntil() > wakeAt) {
            wake(leader);
        }
    }

    /** Wakes whoever is to read, under the lock. */
    private void wakeALeader() {
        if (leader != null) {
            wake(leader);
        } else if (!resting.isEmpty()) {
            wake(resting.iterator().next());
        }
    }

    /** Ends a rest, under the lock. */
    void wake(Caller caller) {
        CompletableFuture<Void> signal = caller.signal();
        if (signal != null) {
            toWake.add(signal);
            caller.endRest();
        }
    }

    private List<CompletableFuture<Void>> takeToWake() {
        if (toWake.isEmpty()) {
            return List.of();
        }
        List<CompletableFuture<Void>> woken = toWake;
        toWake = new ArrayList<>(1);
        return woken;
    }

    /** What a caller does next. */
    Step step(Caller caller, boolean interrupted) {
        List<CompletableFuture<Void>> woken;
        Step step;
        lock.lock();
        try {
            caller.endRest();
            resting.remove(caller);
            step = decide(caller, interrupted);
            woken = takeToWake();
        } finally {
            lock.unlock();
        }
        woken.forEach(each -> each.complete(null));
        return step;
    }

    /** What others wait for comes before a caller's own turn: a change that is sent late leaves AWS idle. */
    private Step decide(Caller caller, boolean interrupted) {
        if (interrupted) {
            return caller.hasNews() ? new Step.Look() : new Step.GiveUp();
        }
        Action.Send send = caller.takeSend();
        if (send != null) {
            resign(caller);
            return new Step.Make(send);
        }
        if (caller.hasNews() && !caller.waitsForItsTurn()) {
            return new Step.Look();
        }
        if (leader == null) {
            leader = caller;
        }
        Read next = read;
        if (leader == caller && next != null) {
            read = null;
            return new Step.Ask(next);
        }
        if (caller.hasNews()) {
            return new Step.Look();
        }
        resting.add(caller);
        long until = leader == caller ? wakeAt : Long.MAX_VALUE;
        return new Step.Rest(caller.beginRest(until), until);
    }

    /** Others may take over while a caller does something else. */
    void stepAside(Caller caller) {
        List<CompletableFuture<Void>> woken;
        lock.lock();
        try {
            caller.endRest();
            resting.remove(caller);
            resign(caller);
            woken = takeToWake();
        } finally {
            lock.unlock();
        }
        woken.forEach(each -> each.complete(null));
    }

    private void resign(Caller caller) {
        if (leader == caller) {
            leader = null;
        }
        if (leader == null) {
            wakeALeader();
        }
    }

    /** Looks at what belongs to a caller. */
    <T extends @Nullable Object> T locked(Supplier<T> look) {
        lock.lock();
        try {
            return look.get();
        } finally {
            lock.unlock();
        }
    }
}
