package dev.connector.strategies.sso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connector.core.ConnectorClock;
import dev.connector.core.ConnectorListener;
import dev.connector.strategies.sso.ChangeResult.End;
import dev.connector.testing.SimulatedAws;
import dev.connector.testing.SimulatedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The queue with many callers in virtual time. */
class AssignmentQueueTest {

    private static final Duration LONG = Duration.ofHours(2);
    private static final ConnectorListener NOBODY = ConnectorListener.none();

    private final SimulatedAws simulation = SimulatedAws.builder().seed(5).build();
    private final SimulatedClock time = simulation.clock();
    private final ConnectorClock clock = ConnectorClock.of(time, time::nanos, time::sleep, time::await);
    private final ModelAws aws = new ModelAws(time::nanos, 2);
    private final AssignmentCalls calls = new Slow();
    private final AssignmentQueue queue = new AssignmentQueue(clock, AssignmentLimits.DEFAULT);
    private final List<ChangeResult> results = Collections.synchronizedList(new ArrayList<>());

    /** Each call takes 40 ms, and AWS sees it in the middle of them. */
    private final class Slow implements AssignmentCalls {

        @Override
        public RequestStatus send(AssignmentKey key, Direction direction) {
            pause();
            try {
                return aws.send(key, direction);
            } finally {
                pause();
            }
        }

        @Override
        public RequestStatus describe(Direction direction, String requestId) {
            pause();
            return aws.describe(direction, requestId);
        }

        @Override
        public StatusPage list(Direction direction, boolean inProgressOnly, @Nullable String token) {
            pause();
            StatusPage page = aws.list(direction, inProgressOnly, token);
            pause();
            return page;
        }

        private void pause() {
            sleep(Duration.ofMillis(20));
        }
    }

    private void sleep(Duration duration) {
        try {
            time.sleep(duration);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private ChangeResult run(AssignmentChange change, Duration limit) {
        return queue.run(change, calls, NOBODY, limit);
    }

    private Runnable task(AssignmentChange change) {
        return () -> results.add(run(change, LONG));
    }

    private void runAll(List<Runnable> tasks) {
        simulation.run(tasks.toArray(Runnable[]::new));
    }

    @Test
    void run_withOneCaller_drivesItsChangeToItsEnd() {
        assertThat(run(Samples.grant(1), LONG).is(End.SUCCEEDED)).isTrue();
    }

    @Test
    void run_withManyCallers_isAsFastAsTheSchedulerAlone() {
        List<Runnable> tasks = new ArrayList<>();
        for (int user = 0; user < 200; user++) {
            tasks.add(task(Samples.grant(user)));
        }

        runAll(tasks);

        assertThat(results).hasSize(200).allMatch(result -> result.is(End.SUCCEEDED));
        assertThat(time.nanos() / 1e9).isLessThan(1.3 * 200 * 5 / 10);
        assertThat(aws.throttled).isZero();
        assertThat(aws.calls).isLessThan(3 * 200);
    }

    @Test
    void run_whenTimeIsOver_saysWhatIsKnown() {
        aws.meanSeconds = 100;

        ChangeResult result = run(Samples.grant(1), Duration.ofSeconds(3));

        assertThat(result).isEqualTo(new ChangeResult(End.UNKNOWN, "request-1", null, null));
        assertThat(time.nanos() / 1e9).isBetween(3.0, 3.2);
    }

    @Test
    void run_whenTimeIsOverBeforeItsTurn_wasNotSent() {
        List<Runnable> tasks = new ArrayList<>();
        for (int user = 0; user < 30; user++) {
            tasks.add(task(Samples.grant(user)));
        }
        tasks.add(() -> {
            sleep(Duration.ofSeconds(1));
            assertThat(run(Samples.grant(99), Duration.ofSeconds(1))).isEqualTo(ChangeResult.notSent());
            assertThat(time.nanos() / 1e9).isBetween(2.0, 2.2);
        });

        runAll(tasks);

        assertThat(aws.requests.values()).noneMatch(request -> request.key.equals(Samples.key(99)));
    }

    /** Whoever leads at that moment is among those who leave. */
    @Test
    void run_whenCallersAreInterrupted_othersTakeOver() {
        aws.sigma = 0;
        Map<Integer, Thread> threads = new HashMap<>();
        List<Runnable> tasks = new ArrayList<>();
        for (int user = 0; user < 40; user++) {
            int number = user;
            tasks.add(() -> {
                threads.put(number, Thread.currentThread());
                ChangeResult result = run(Samples.grant(number), LONG);
                assertThat(Thread.interrupted()).isEqualTo(number % 2 == 0);
                results.add(result);
            });
        }
        tasks.add(() -> {
            sleep(Duration.ofSeconds(2));
            for (int user = 0; user < 40; user += 2) {
                Objects.requireNonNull(threads.get(user)).interrupt();
                sleep(Duration.ofMillis(50));
            }
        });

        runAll(tasks);

        assertThat(results).hasSize(40);
        assertThat(results.stream().filter(result -> result.is(End.SUCCEEDED))).hasSizeGreaterThanOrEqualTo(20);
        assertThat(results)
                .allMatch(result -> result.is(End.SUCCEEDED) || result.is(End.UNKNOWN) || result.is(End.NOT_SENT));
    }

    /** A crash comes out of the call of whoever made it, and of nobody else. */
    @Test
    void run_whenACallCrashes_othersTakeOver() {
        List<Runnable> tasks = new ArrayList<>();
        List<Throwable> crashes = Collections.synchronizedList(new ArrayList<>());
        int[] countdown = {0};
        AssignmentCalls crashing = new LockedAws(aws, () -> {
            sleep(Duration.ofMillis(20));
            if (++countdown[0] % 7 == 0) {
                throw new Crash();
            }
        });
        for (int user = 0; user < 60; user++) {
            int number = user;
            tasks.add(() -> {
                try {
                    results.add(queue.run(Samples.grant(number), crashing, NOBODY, LONG));
                } catch (Crash crash) {
                    crashes.add(crash);
                }
            });
        }

        runAll(tasks);

        assertThat(crashes).isNotEmpty();
        assertThat(results.size() + crashes.size()).isEqualTo(60);
        assertThat(results).allMatch(result -> result.is(End.SUCCEEDED));
    }

    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void caller_withManyChanges_isToldOfEachAsItEnds() throws InterruptedException {
        List<AssignmentChange> ended = new ArrayList<>();
        try (Caller caller = queue.caller(NOBODY)) {
            for (int user = 0; user < 50; user++) {
                caller.submit(Samples.revocation(user), calls);
            }
            while (caller.open() > 0) {
                Finished finished = Objects.requireNonNull(caller.next(LONG));
                assertThat(finished.result().is(End.SUCCEEDED)).isTrue();
                ended.add(finished.change());
            }
            assertThat(caller.next(LONG)).isNull();
        }

        assertThat(ended).hasSize(50).doesNotHaveDuplicates();
        assertThat(time.nanos() / 1e9).isLessThan(50 * 5 / 10 * 1.4);
    }

    @Test
    void caller_besideOthers_doesNotKeepThem() {
        List<Runnable> tasks = new ArrayList<>();
        tasks.add(() -> {
            try (Caller caller = queue.caller(NOBODY)) {
                for (int user = 0; user < 30; user++) {
                    caller.submit(Samples.revocation(user), calls);
                }
                while (caller.open() > 0) {
                    results.add(Objects.requireNonNull(caller.next(LONG)).result());
                    sleep(Duration.ofMillis(100));
                }
            } catch (InterruptedException never) {
                throw new AssertionError(never);
            }
        });
        for (int user = 100; user < 120; user++) {
            tasks.add(task(Samples.grant(user)));
        }

        runAll(tasks);

        assertThat(results).hasSize(50).allMatch(result -> result.is(End.SUCCEEDED));
    }

    @Test
    void close_always_leavesWhatIsOpen() {
        aws.meanSeconds = 60;
        Caller caller = queue.caller(NOBODY);
        Ticket ticket = caller.submit(Samples.grant(1), calls);
        caller.close();
        caller.close();

        assertThatThrownBy(() -> caller.leave(ticket)).isInstanceOf(IllegalArgumentException.class);
        assertThat(aws.sends).isZero();
    }

    @Test
    void next_whenInterrupted_throwsAndKeepsTheChanges() {
        try (Caller caller = queue.caller(NOBODY)) {
            Ticket ticket = caller.submit(Samples.grant(1), calls);
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> caller.next(LONG)).isInstanceOf(InterruptedException.class);

            assertThat(caller.leave(ticket).is(End.NOT_SENT)).isTrue();
        }
    }

    @Test
    void awaitTurn_whenTheRateIsUsedUp_waitsForIt() throws InterruptedException {
        for (int i = 0; i < 60; i++) {
            assertThat(queue.awaitTurn(Lane.GRANT, LONG)).isTrue();
        }

        assertThat(time.nanos() / 1e9).isBetween(2.0, 2.2);
    }

    @Test
    void awaitTurn_whenTimeIsOver_mayNot() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            queue.awaitTurn(Lane.GRANT, LONG);
        }

        assertThat(queue.awaitTurn(Lane.GRANT, Duration.ofMillis(10))).isFalse();
        assertThat(queue.awaitTurn(Lane.GRANT, LONG)).isTrue();
    }

    @Test
    void awaitTurn_ofACallerWithChanges_keepsWhatEndsMeanwhile() throws InterruptedException {
        aws.meanSeconds = 0;
        try (Caller caller = queue.caller(NOBODY)) {
            caller.submit(Samples.grant(1), calls);
            for (int i = 0; i < 30; i++) {
                assertThat(caller.awaitTurn(Lane.GRANT, LONG)).isTrue();
            }

            assertThat(Objects.requireNonNull(caller.next(LONG)).result().is(End.SUCCEEDED))
                    .isTrue();
        }
    }

    @Test
    void callThrottled_always_slowsDown() throws InterruptedException {
        queue.callThrottled();
        for (int i = 0; i < 20; i++) {
            queue.awaitTurn(Lane.GRANT, LONG);
        }

        assertThat(time.nanos() / 1e9).isGreaterThan(1);
    }

    @Test
    void run_whileItWaits_tellsTheListenerItsPlace() {
        List<ConnectorListener.Place> places = Collections.synchronizedList(new ArrayList<>());
        ConnectorListener listener = new ConnectorListener() {
            @Override
            public void onQueue(Place place) {
                places.add(place);
                throw new IllegalStateException("a broken metric");
            }
        };
        List<Runnable> tasks = new ArrayList<>();
        for (int user = 0; user < 20; user++) {
            tasks.add(task(Samples.grant(user)));
        }
        tasks.add(() -> {
            sleep(Duration.ofSeconds(1));
            results.add(queue.run(Samples.grant(99), calls, listener, LONG));
        });

        runAll(tasks);

        assertThat(results).hasSize(21).allMatch(result -> result.is(End.SUCCEEDED));
        assertThat(places).isNotEmpty();
        assertThat(places.get(0).operation()).isEqualTo("sso:CreateAccountAssignment");
        assertThat(places.get(0).position()).isEqualTo(12);
        assertThat(places.get(0).timeToGo()).isPositive();
    }
}
