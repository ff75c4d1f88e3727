package dev.connector.strategies.sso;

import dev.connector.core.ConnectorClock;
import dev.connector.core.ConnectorListener;
import dev.connector.core.strategy.Deadline;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.Outcome;
import dev.connector.core.strategy.Telling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Carries a verb through for many grants at one time, on the calling thread. Some are under way, the others wait to be taken up, and the time of each begins then.
 *
 * <p>For one use by one thread. Nothing in it blocks while a change could be sent, but for single calls that are under way.
 *
 * @param <R> what the verb answers
 */
final class Batch<R> implements AutoCloseable {

    private final int most;
    private final ConnectorClock clock;
    private final ConnectorListener listener;
    private final Caller caller;
    private final Telling<R> telling;
    private final List<Grant> grants;
    private final Map<Integer, Outcome<R>> outcomes = new TreeMap<>();
    private final Map<Integer, Undertaking<R>> underWay = new HashMap<>();
    private final Map<Ticket, Changing<R>> changes = new LinkedHashMap<>();
    private final List<Resting<R>> pauses = new ArrayList<>();
    private @Nullable RuntimeException gaveUpFor;

    /** A change that the queue has. */
    private record Changing<R>(int index, Undertaking<R> undertaking, Course.Change<R> change) {}

    /** A pause that is not over. */
    private record Resting<R>(int index, Undertaking<R> undertaking, Course.Pause<R> pause, Deadline end) {}

    /** @param most how many are under way at one time */
    Batch(
            int most,
            AssignmentQueue queue,
            ConnectorListener listener,
            Collection<Grant> grants,
            Consumer<Outcome<R>> onEach) {
        this.most = most;
        this.clock = queue.clock();
        this.listener = listener;
        this.caller = queue.caller(listener);
        this.telling = new Telling<>(onEach);
        // The consumer may change the caller's collection: it is told so that it can keep a store.
        this.grants = List.copyOf(grants);
    }

    /** Who begins a verb on a grant; reads wait for their turns where the changes of the others go on meanwhile. */
    @FunctionalInterface
    interface Beginner<R> {
        Undertaking<R> undertaking(Grant grant, AdminReads.Turns turns);
    }

    /** The outcomes, in the order of the grants. */
    List<Outcome<R>> run(Beginner<R> verb) {
        int taken = 0;
        while (taken < grants.size() || !underWay.isEmpty()) {
            if (taken < grants.size() && underWay.size() < most) {
                takeUp(taken++, verb);
                goOn(Duration.ZERO);
            } else {
                goOn(untilNextEnd());
            }
        }
        telling.throwWhatWasThrown();
        return List.copyOf(outcomes.values());
    }

    private void takeUp(int index, Beginner<R> verb) {
        Grant grant = grants.get(index);
        try {
            Undertaking<R> undertaking = verb.undertaking(grant, caller::awaitTurn);
            underWay.put(index, undertaking);
            step(index, undertaking, undertaking::begin);
        } catch (RuntimeException refused) {
            tell(index, Outcome.failed(grant, refused));
        }
    }

    private void step(int index, Undertaking<R> undertaking, Supplier<Course<R>> step) {
        try {
            follow(index, undertaking, step.get());
        } catch (RuntimeException failed) {
            if (gaveUpFor != null) {
                failed.addSuppressed(gaveUpFor);
            }
            over(index, undertaking, Outcome.failed(undertaking.grant(), failed));
        }
    }

    private void follow(int index, Undertaking<R> undertaking, Course<R> course) {
        if (course instanceof Course.Change<R> change) {
            Ticket ticket = caller.submit(change.change(), undertaking.calls());
            changes.put(ticket, new Changing<>(index, undertaking, change));
        } else if (course instanceof Course.Pause<R> pause) {
            listener.onWait(ConnectorListener.Wait.of(pause.purpose(), pause.time()));
            pauses.add(new Resting<>(index, undertaking, pause, Deadline.in(clock, pause.time())));
        } else if (course instanceof Course.Failed<R> failed) {
            over(index, undertaking, Outcome.failed(undertaking.grant(), failed.why()));
        } else {
            over(index, undertaking, Outcome.of(undertaking.grant(), ((Course.Done<R>) course).answer()));
        }
    }

    private void over(int index, Undertaking<R> undertaking, Outcome<R> outcome) {
        underWay.remove(index);
        undertaking.close();
        tell(index, outcome);
    }

    private void tell(int index, Outcome<R> outcome) {
        outcomes.put(index, outcome);
        telling.accept(outcome);
    }

    /** Sends and reads, and goes on with whatever has ended. */
    private void goOn(Duration limit) {
        try {
            Finished finished = changes.isEmpty() ? rest(limit) : caller.next(limit);
            while (finished != null) {
                changed(finished.ticket(), finished.result());
                finished = caller.next(Duration.ZERO);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            giveUp();
        } catch (RuntimeException wrong) {
            // A client that does not answer as AWS does: nobody knows which of the changes it concerns.
            gaveUpFor = wrong;
            giveUp();
            gaveUpFor = null;
        }
        endPauses();
        leaveLate();
    }

    private @Nullable Finished rest(Duration limit) throws InterruptedException {
        clock.sleep(limit);
        return null;
    }

    private void changed(Ticket ticket, ChangeResult result) {
        Changing<R> ended = Objects.requireNonNull(changes.remove(ticket));
        step(ended.index(), ended.undertaking(), () -> ended.undertaking().after(ended.change(), result));
    }

    /** Each says what is known of it now. */
    private void giveUp() {
        List.copyOf(changes.keySet()).forEach(ticket -> changed(ticket, caller.leave(ticket)));
        List.copyOf(pauses).forEach(pause -> passed(pause, false));
    }

    private void leaveLate() {
        List.copyOf(changes.entrySet()).stream()
                .filter(each -> isOver(each.getValue().undertaking().deadline()))
                .map(Map.Entry::getKey)
                .forEach(ticket -> changed(ticket, caller.leave(ticket)));
    }

    private void endPauses() {
        List.copyOf(pauses).stream().filter(pause -> isOver(pause.end())).forEach(pause -> passed(pause, true));
    }

    private void passed(Resting<R> rest, boolean wholly) {
        pauses.remove(rest);
        step(rest.index(), rest.undertaking(), () -> rest.undertaking().after(rest.pause(), wholly));
    }

    private static boolean isOver(Deadline deadline) {
        return deadline.remaining().isZero();
    }

    private Duration untilNextEnd() {
        return Stream.concat(
                        changes.values().stream()
                                .map(change -> change.undertaking().deadline()),
                        pauses.stream().map(Resting::end))
                .map(Deadline::remaining)
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** Leaves what is under way, if an error has thrown this out. */
    @Override
    public void close() {
        caller.close();
        underWay.values().forEach(Undertaking::close);
    }
}
