package dev.connector.strategies.sso;

import dev.connector.core.AwsCallException;
import dev.connector.core.AwsFailure;
import dev.connector.core.ConnectorListener;
import dev.connector.core.strategy.Deadline;
import dev.connector.strategies.sso.Action.Send;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One thread's business with the queue: it hands in changes and is told of each when it has ended. While it waits it sends its own changes, and reads for everybody
 * if nobody else does.
 *
 * <p>For one thread. Between two waits its changes are not sent, so what is done there should not take long.
 *
 * <p><b>Close:</b> leaves all changes that have not ended.
 */
final class Caller implements Waiter, AutoCloseable {

    private final AssignmentQueue queue;
    private final ConnectorListener listener;
    private final Set<Ticket> open = new LinkedHashSet<>(2);

    // What follows belongs to the queue's lock.
    private final Deque<Send> sends = new ArrayDeque<>(1);
    private final Deque<Finished> finished = new ArrayDeque<>(1);
    private @Nullable Turn turn;
    private boolean mayGo;
    private @Nullable CompletableFuture<Void> signal;
    private long restsUntil = Long.MAX_VALUE;

    Caller(AssignmentQueue queue, ConnectorListener listener) {
        this.queue = queue;
        this.listener = listener;
    }

    /** Hands a change in, with whose rights it is made. */
    Ticket submit(AssignmentChange change, AssignmentCalls calls) {
        Ticket ticket = new Ticket(change, calls, listener, this);
        open.add(ticket);
        queue.tell(new Event.Submitted(ticket));
        return ticket;
    }

    /** How many changes have not been told of yet. */
    int open() {
        return open.size();
    }

    /**
     * Waits until one of the changes has ended.
     *
     * @param limit how long at most; a call that is under way then is waited for
     * @return one that has ended, each once; {@code null} if the time is over or there is none
     * @throws InterruptedException if the thread is interrupted; its changes are still there, and can be left
     */
    @Nullable
    Finished next(Duration limit) throws InterruptedException {
        if (!open.isEmpty()) {
            drive(limit);
        }
        Finished next = queue.locked(finished::poll);
        if (next != null) {
            open.remove(next.ticket());
        }
        return next;
    }

    /**
     * Waits until this thread may make one call of its own. Changes that end meanwhile are kept for {@link #next}.
     *
     * @return whether it may; {@code false} if the time is over
     * @throws InterruptedException if the thread is interrupted
     */
    boolean awaitTurn(Lane lane, Duration limit) throws InterruptedException {
        Turn asked = new Turn(lane, this);
        queue.locked(() -> {
            turn = asked;
            mayGo = false;
            return asked;
        });
        queue.tell(new Event.TurnAsked(asked));
        try {
            drive(limit);
        } finally {
            queue.tell(new Event.TurnLeft(asked));
            queue.locked(() -> turn = null);
        }
        return queue.locked(() -> mayGo);
    }

    /**
     * Gives a change up. If it was not sent, it will not be.
     *
     * @return what is known of it now
     */
    ChangeResult leave(Ticket ticket) {
        queue.tell(() -> new Event.Left(ticket, sends.removeIf(send -> send.by() == ticket)));
        open.remove(ticket);
        return queue.locked(() -> takeResult(ticket));
    }

    private ChangeResult takeResult(Ticket ticket) {
        for (Iterator<Finished> each = finished.iterator(); each.hasNext(); ) {
            Finished ended = each.next();
            if (ended.ticket() == ticket) {
                each.remove();
                return ended.result();
            }
        }
        throw new IllegalArgumentException("The change was given up before, or its end was told: " + ticket.change());
    }

    @Override
    public void close() {
        List.copyOf(open).forEach(this::leave);
    }

    /** Works and waits until there is news, or the time is over. */
    private void drive(Duration limit) throws InterruptedException {
        Deadline deadline = Deadline.in(queue.clock(), limit);
        try {
            while (true) {
                Step step = queue.step(this, Thread.currentThread().isInterrupted());
                if (step instanceof Step.Make make) {
                    send(make.send());
                } else if (step instanceof Step.Ask ask) {
                    read(ask.read());
                } else if (!(step instanceof Step.Rest rest && rest(rest, deadline))) {
                    throwIfGivenUp(step);
                    return;
                }
            }
        } finally {
            queue.stepAside(this);
        }
    }

    private static void throwIfGivenUp(Step step) throws InterruptedException {
        if (step instanceof Step.GiveUp && Thread.interrupted()) {
            throw new InterruptedException("The thread was interrupted while its change waited");
        }
    }

    /** Says whether there is time left. */
    private boolean rest(Step.Rest rest, Deadline deadline) throws InterruptedException {
        Duration left = deadline.remaining();
        if (left.isZero()) {
            return false;
        }
        Duration untilThen =
                rest.until() == Long.MAX_VALUE ? left : Duration.ofNanos(Math.max(0, rest.until() - queue.elapsed()));
        boolean woken = queue.clock().await(rest.woken(), deadline.remainingAtMost(untilThen));
        if (!woken) {
            queue.tell(new Event.TimePassed());
        }
        return true;
    }

    private void send(Send send) {
        Job job = send.job();
        Event event;
        try {
            event = new Event.Accepted(job, send.by().calls().send(job.key(), job.direction()));
        } catch (AwsCallException failed) {
            event = new Event.SendFailed(job, failed.failure());
        } catch (Throwable thrown) {
            queue.tell(new Event.SendFailed(job, unexpected(job.direction().operation(), thrown)));
            throw thrown;
        }
        queue.tell(event);
    }

    private void read(Read read) {
        Event event;
        try {
            event = answerTo(read);
        } catch (AwsCallException failed) {
            event = new Event.ReadFailed(read, failed.failure());
        } catch (Throwable thrown) {
            queue.tell(new Event.ReadFailed(read, unexpected(read.operation(), thrown)));
            throw thrown;
        }
        queue.tell(event);
    }

    private static Event answerTo(Read read) {
        return switch (read.kind()) {
            case ONE -> new Event.Described(read, read.via().describe(read.direction(), read.one()));
            case NEWEST -> new Event.Listed(read, read.via().list(read.direction(), false, null));
            case IN_PROGRESS -> new Event.Listed(read, read.via().list(read.direction(), true, read.token()));
        };
    }

    private static AwsFailure unexpected(String operation, Throwable thrown) {
        return AwsFailure.of(operation, new IllegalStateException("The call ended with " + thrown, thrown));
    }

    @Override
    public void handOut(Send send) {
        sends.add(send);
        queue.wake(this);
    }

    @Override
    public void finished(Ticket ticket, ChangeResult result) {
        finished.add(new Finished(ticket, result));
        queue.wake(this);
    }

    @Override
    public void go(Turn given) {
        mayGo = true;
        queue.wake(this);
    }

    /** Whether it has something to look at: its turn, if it waits for one, else the end of a change. */
    boolean hasNews() {
        return turn == null ? !finished.isEmpty() : mayGo;
    }

    boolean waitsForItsTurn() {
        return turn != null;
    }

    @Nullable
    Send takeSend() {
        return sends.poll();
    }

    CompletableFuture<Void> beginRest(long until) {
        CompletableFuture<Void> rest = new CompletableFuture<>();
        signal = rest;
        restsUntil = until;
        return rest;
    }

    void endRest() {
        signal = null;
        restsUntil = Long.MAX_VALUE;
    }

    /** What ends its rest; {@code null} if it does not rest. */
    @Nullable
    CompletableFuture<Void> signal() {
        return signal;
    }

    long restsUntil() {
        return restsUntil;
    }
}
