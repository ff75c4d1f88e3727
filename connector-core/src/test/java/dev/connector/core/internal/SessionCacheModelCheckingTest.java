package dev.connector.core.internal;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import dev.connector.core.ConnectorClock;
import dev.connector.core.RoleArn;
import dev.connector.core.RoleAssumptionException;
import dev.connector.core.RoleAssumptionException.Hop;
import dev.connector.core.RoleAssumptionException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * Orders in which a few threads can get in each other's way: what each is answered must be what it would be answered if they came one after the
 * other, and none may wait for ever.
 */
public class SessionCacheModelCheckingTest {

    private static final int NONE = 0;
    private static final int CLOSED = -1;
    private static final int INTERRUPTED = -2;

    /** More than are opened in one order of steps. */
    private static final int NUMBERS = 20;

    private static final Duration HOUR = Duration.ofHours(1);
    private static final List<AwsSessionCredentials> CREDENTIALS = Stream.iterate(0, number -> number + 1)
            .limit(2 * NUMBERS)
            .map(number -> AwsSessionCredentials.create(String.valueOf(number), "secret", "token"))
            .toList();
    private static final List<SessionSpec> SPECS = Stream.of("first", "second")
            .map(SessionCacheModelCheckingTest::spec)
            .toList();

    private static SessionSpec spec(String sessionName) {
        return new SessionSpec(
                Hop.CONNECTOR,
                RoleArn.parse("arn:aws:iam::111122223333:role/sym/SymIAMMain"),
                Optional.empty(),
                Optional.empty(),
                sessionName,
                HOUR);
    }

    @Test
    void cell_inManyOrdersOfSteps_keepsOneSessionAtATime() {
        new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(1)
                .actorsAfter(1)
                .iterations(24)
                .invocationsPerIteration(60)
                .minimizeFailedScenario(false)
                .sequentialSpecification(OneSession.class)
                .check(Cell.class);
    }

    /** The map is taken to be right: there are orders enough without those of its own steps. */
    @Test
    void cache_inManyOrdersOfSteps_mixesUpNoSessionsAndEndsWithItsClose() {
        new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(2)
                .iterations(6)
                .invocationsPerIteration(100)
                .addGuarantee(forClasses(ConcurrentHashMap.class.getName())
                        .allMethods()
                        .treatAsAtomic())
                .minimizeFailedScenario(false)
                .sequentialSpecification(Promise.class)
                .check(Cache.class);
    }

    /** A cell whose sessions are numbered. */
    @Param(name = "number", gen = IntGen.class, conf = "1:2")
    public static class Cell {

        private final NumberingLoader loader = new NumberingLoader(0);
        private final SessionCell cell = new SessionCell(SPECS.get(0), loader, CLOCK, HOUR);

        @Operation
        public int hit() {
            Session session = cell.hit();
            return session == null ? NONE : numberOf(session);
        }

        @Operation
        public int get() {
            return numberOrClosed(cell.resolve());
        }

        /** Whoever is interrupted leaves the call to those who wait for it. */
        @Operation(nonParallelGroup = "interrupted")
        public int getInterrupted() {
            loader.interrupted = Thread.currentThread();
            try {
                return numberOrClosed(cell.resolve());
            } catch (RoleAssumptionException interrupted) {
                return INTERRUPTED;
            } finally {
                loader.interrupted = null;
            }
        }

        /** Two at the same time may share a call, which one after the other do not. */
        @Operation(nonParallelGroup = "refresh")
        public int refresh() {
            return numberOrClosed(cell.refresh());
        }

        @Operation
        public void evict() {
            cell.evict();
        }

        @Operation
        public void evictFailed(@Param(name = "number") int number) {
            cell.evict(CREDENTIALS.get(number));
        }

        @Operation(runOnce = true)
        public void retire() {
            cell.retire();
        }

        private static int numberOrClosed(@Nullable Session session) {
            return session == null ? CLOSED : numberOf(session);
        }
    }

    /** What a cell is to whoever uses it: one session, or none. */
    public static class OneSession {

        private int last;
        private int present;
        private boolean retired;

        public int hit() {
            return present;
        }

        public int get() {
            return present == NONE ? refresh() : present;
        }

        public int getInterrupted() {
            if (retired) {
                return CLOSED;
            }
            return present == NONE ? INTERRUPTED : present;
        }

        public int refresh() {
            if (retired) {
                return CLOSED;
            }
            present = ++last;
            return present;
        }

        public void evict() {
            present = NONE;
        }

        public void evictFailed(int number) {
            if (present == number) {
                present = NONE;
            }
        }

        public void retire() {
            present = NONE;
            retired = true;
        }
    }

    /** A cache with room for one session, and two that are in each other's way. */
    @Param(name = "spec", gen = IntGen.class, conf = "0:1")
    public static class Cache {

        private final List<NumberingLoader> loaders = List.of(new NumberingLoader(0), new NumberingLoader(NUMBERS));
        private final SessionCache cache = new SessionCache(1, spec -> loaders.get(SPECS.indexOf(spec)), CLOCK, HOUR);
        private final List<SessionHandle> handles =
                SPECS.stream().map(cache::handle).toList();

        private volatile boolean closing;
        private volatile boolean closed;

        /** Whether it was a session of this spec and not after the end, or the cache is closed. While it is being closed, either may be. */
        @Operation
        public boolean getsItsOwn(@Param(name = "spec") int spec) {
            boolean late = closed;
            try {
                return numberOf(handles.get(spec).resolve()) / NUMBERS == spec && !late;
            } catch (IllegalStateException refused) {
                return closing;
            }
        }

        @Operation(runOnce = true)
        public void close() {
            closing = true;
            cache.close();
            closed = true;
        }
    }

    /** What a cache promises, whatever it remembers. */
    public static class Promise {

        public boolean getsItsOwn(int spec) {
            return true;
        }

        public void close() {}
    }

    private static int numberOf(Session session) {
        return CREDENTIALS.indexOf(session.credentials());
    }

    /** Opens the first session, the second and so on, never two at a time. */
    private static final class NumberingLoader implements SessionLoader {

        private final AtomicInteger last;
        private final AtomicInteger underWay = new AtomicInteger();
        private volatile @Nullable Thread interrupted;

        private NumberingLoader(int first) {
            this.last = new AtomicInteger(first);
        }

        @Override
        public Session load() {
            if (underWay.getAndIncrement() > 0) {
                throw new AssertionError("Two calls for one session at a time.");
            }
            try {
                if (interrupted == Thread.currentThread()) {
                    throw interrupted();
                }
                return Session.of(CREDENTIALS.get(last.incrementAndGet()), 0, HOUR.toNanos());
            } finally {
                underWay.decrementAndGet();
            }
        }

        @Override
        public RuntimeException interrupted() {
            return new RoleAssumptionException(
                    Hop.CONNECTOR, "role", Reason.INTERRUPTED, "Interrupted.", (Throwable) null);
        }

        @Override
        public RuntimeException timedOut(Duration waited) {
            throw new AssertionError("Nothing moves the clock.");
        }

        @Override
        public RuntimeException shared(RuntimeException failure) {
            return failure;
        }
    }

    /** It stands still. A wait ends when somebody ends it, or is reported as a deadlock. */
    private static final ConnectorClock CLOCK = ConnectorClock.of(
            () -> Instant.EPOCH,
            () -> 0,
            duration -> {
                throw new AssertionError("Nobody sleeps.");
            },
            (future, limit) -> awaited(future));

    private static boolean awaited(CompletableFuture<?> future) throws InterruptedException {
        try {
            future.get();
        } catch (ExecutionException crashed) {
            return future.isDone();
        }
        return true;
    }
}
