package dev.connector.strategies.sso;

import dev.connector.core.ConnectorClock;
import dev.connector.core.ConnectorListener;
import dev.connector.strategies.sso.ChangeResult.End;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Orders in which a few callers can get in each other's way: each gets its own result, and none waits for ever. There is room for one change, so
 * the others wait and one of them leads; a change is done only when it was read that it is, so the leader has something to do.
 */
public class AssignmentQueueModelCheckingTest {

    /** No wait that a test knows the end of is that long. */
    private static final Duration UNLIMITED = Duration.ofDays(365);

    private final AtomicLong nanos = new AtomicLong();
    private final ConnectorClock clock = ConnectorClock.of(
            () -> Instant.EPOCH, nanos::get, duration -> nanos.addAndGet(duration.toNanos()), this::await);
    private final AssignmentQueue queue =
            new AssignmentQueue(clock, AssignmentLimits.DEFAULT.withOutstandingChanges(1));
    private final AssignmentCalls calls = new Agreeable();

    /** A wait for an instant moves the clock there; one without a limit ends when somebody ends it, or is reported as a deadlock. */
    private boolean await(CompletableFuture<?> future, Duration limit) throws InterruptedException {
        if (limit.compareTo(Duration.ofDays(1)) < 0) {
            nanos.addAndGet(limit.toNanos());
            return future.isDone();
        }
        try {
            future.get();
        } catch (ExecutionException never) {
            throw new AssertionError(never);
        }
        return true;
    }

    /** Accepts everything, and has done it when asked. */
    private static final class Agreeable implements AssignmentCalls {

        @Override
        public RequestStatus send(AssignmentKey key, Direction direction) {
            return status(key.principalId(), RequestStatus.State.IN_PROGRESS);
        }

        @Override
        public RequestStatus describe(Direction direction, String requestId) {
            return status(requestId, RequestStatus.State.SUCCEEDED);
        }

        @Override
        public StatusPage list(Direction direction, boolean inProgressOnly, @Nullable String token) {
            return new StatusPage(
                    List.of(status("1", RequestStatus.State.SUCCEEDED), status("2", RequestStatus.State.SUCCEEDED)),
                    null);
        }

        private static RequestStatus status(String id, RequestStatus.State state) {
            return new RequestStatus(id, state, null, null);
        }
    }

    private End run(String user) {
        AssignmentChange grant = AssignmentChange.grant(user, new AssignmentKey(user, "set", "account"));
        return queue.run(grant, calls, ConnectorListener.none(), UNLIMITED).end();
    }

    /** A caller whose change waits, or joins the same change of another. */
    @Operation
    public End one() {
        return run("1");
    }

    /** A caller whose change waits. */
    @Operation
    public End other() {
        return run("2");
    }

    /** A caller that leads or waits without a change of its own. */
    @Operation
    public boolean turn() throws InterruptedException {
        return queue.awaitTurn(Lane.GRANT, UNLIMITED);
    }

    /** A hundred orders, since each takes a fifth of a second; 5,000 were tried when this was written. */
    @Test
    void queue_inManyOrdersOfSteps_endsForEach() {
        new ModelCheckingOptions()
                .threads(3)
                .actorsPerThread(1)
                .actorsBefore(0)
                .actorsAfter(0)
                .iterations(4)
                .invocationsPerIteration(25)
                .minimizeFailedScenario(false)
                .check(AssignmentQueueModelCheckingTest.class);
    }
}
