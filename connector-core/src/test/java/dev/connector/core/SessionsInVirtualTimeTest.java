package dev.connector.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connector.core.RoleAssumptionException.Reason;
import dev.connector.testing.SimulatedAws;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;

/** Many threads that want a session at the same time, in the orders that some seeds give. */
class SessionsInVirtualTimeTest {

    private static final int THREADS = 200;

    /** Who asked, what it got, and how long it waited. */
    private record Answer(AwsCredentials credentials, Duration waited) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void session_onAColdCache_isOneCallForAll(long seed) {
        try (World world = new World(seed)) {
            List<Answer> answers = world.askAll();

            assertThat(world.assumeRoleCalls()).isEqualTo(1);
            assertThat(answers)
                    .hasSize(THREADS)
                    .extracting(Answer::credentials)
                    .containsOnly(world.ask().credentials());
            assertThat(answers)
                    .allSatisfy(answer ->
                            assertThat(answer.waited()).isBetween(Duration.ofMillis(20), Duration.ofMillis(200)));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void session_whenItsRefreshIsDue_isOneCallThatNobodyElseWaitsFor(long seed) {
        try (World world = new World(seed)) {
            AwsCredentials old = world.ask().credentials();
            world.aws.clock().advance(Duration.ofMinutes(56));

            List<Answer> answers = world.askAll();

            assertThat(world.assumeRoleCalls()).isEqualTo(2);
            assertThat(answers)
                    .filteredOn(answer -> answer.credentials() != old)
                    .singleElement()
                    .satisfies(refreshing -> assertThat(refreshing.waited()).isPositive());
            assertThat(answers)
                    .filteredOn(answer -> answer.credentials() == old)
                    .hasSize(THREADS - 1)
                    .allSatisfy(other -> assertThat(other.waited()).isZero());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void session_whenItHasEnded_isOneMoreCallForAll(long seed) {
        try (World world = new World(seed)) {
            AwsCredentials old = world.ask().credentials();
            world.aws.clock().advance(Duration.ofHours(1));

            List<Answer> answers = world.askAll();

            assertThat(world.assumeRoleCalls()).isEqualTo(2);
            Set<AwsCredentials> seen = new HashSet<>();
            answers.forEach(answer -> seen.add(answer.credentials()));
            assertThat(seen).hasSize(1).doesNotContain(old);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void session_whoseLoaderIsInterrupted_isLoadedByOneOfThoseWhoWait(long seed) {
        try (World world = new World(seed)) {
            world.aws.latency(Duration.ofMillis(100));
            List<Answer> answers = new ArrayList<>();
            CompletableFuture<Thread> loader = new CompletableFuture<>();

            world.aws.run(
                    () -> {
                        loader.complete(Thread.currentThread());
                        RoleAssumptionException thrown =
                                catchThrowableOfType(RoleAssumptionException.class, world::ask);
                        assertThat(thrown.reason()).isEqualTo(Reason.INTERRUPTED);
                        assertThat(Thread.interrupted()).isTrue();
                    },
                    () -> {
                        world.sleep(Duration.ofMillis(10));
                        answers.add(world.ask());
                    },
                    () -> {
                        world.sleep(Duration.ofMillis(10));
                        answers.add(world.ask());
                    },
                    () -> {
                        world.sleep(Duration.ofMillis(60));
                        loader.join().interrupt();
                    });

            assertThat(world.assumeRoleCalls()).isEqualTo(2);
            assertThat(answers)
                    .hasSize(2)
                    .allSatisfy(answer -> assertThat(answer.waited()).isEqualTo(Duration.ofMillis(150)));
        }
    }

    /** The time limit of AWS's clients goes by the machine's clock. What it does on a slow machine must not reach a run. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void session_whenTheMachineIsSlowerThanTheLimit_isOpenedAllTheSame(long seed) {
        try (World world = new World(seed, Duration.ofMillis(1))) {
            world.aws.latency(Duration.ofNanos(2));

            assertThat(world.askAll()).hasSize(THREADS);
            assertThat(world.assumeRoleCalls()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"40, 0", "60, 1"})
    void call_whenInterruptedOnItsWay_mayHaveTakenEffect(long atMillis, int received) {
        SimulatedAws aws = SimulatedAws.create();
        aws.latency(Duration.ofMillis(100));
        ConnectorClock clock = World.clockOf(aws);
        StsClient sts = aws.configure(StsClient.builder()).build();
        Retries retries = Retries.builder().clock(clock).build();
        CompletableFuture<Thread> caller = new CompletableFuture<>();
        List<AwsFailure> failures = new ArrayList<>();

        aws.run(
                () -> {
                    caller.complete(Thread.currentThread());
                    failures.add(catchThrowableOfType(
                                    AwsCallException.class,
                                    () -> retries.call(
                                            "sts:GetCallerIdentity",
                                            Duration.ofMinutes(1),
                                            () -> {},
                                            () -> sts.getCallerIdentity(GetCallerIdentityRequest.builder()
                                                    .build())))
                            .failure());
                    assertThat(Thread.interrupted()).isTrue();
                },
                () -> {
                    World.sleep(clock, Duration.ofMillis(atMillis));
                    caller.join().interrupt();
                });

        assertThat(failures).singleElement().satisfies(failure -> {
            assertThat(failure.kind()).isEqualTo(AwsFailure.Kind.INTERRUPTED);
            assertThat(failure.mayHaveTakenEffect()).isTrue();
        });
        assertThat(aws.calls()).hasSize(received);
        assertThat(aws.clock().nanos()).isEqualTo(Duration.ofMillis(atMillis).toNanos());
    }

    /** A simulation with the runtime role, and a connector that goes by its time. */
    private static final class World implements AutoCloseable {

        private final SimulatedAws aws;
        private final RuntimeConnector connector;
        private final ConnectorClock clock;

        private World(long seed) {
            this(seed, Duration.ofSeconds(5));
        }

        private World(long seed, Duration stsTimeout) {
            aws = SimulatedAws.builder().seed(seed).build();
            clock = clockOf(aws);
            connector = RuntimeConnector.builder()
                    .settings(aws.runtimeConnector("main"))
                    .environment("main")
                    .sourceCredentials(aws.serviceCredentials())
                    .httpClient(aws.httpClient())
                    .stsTimeout(stsTimeout)
                    .clock(clock)
                    .build();
            aws.latency(Duration.ofMillis(20), Duration.ofMillis(200));
        }

        private static ConnectorClock clockOf(SimulatedAws aws) {
            return ConnectorClock.of(aws.clock(), aws.clock()::nanos, aws.clock()::sleep, aws.clock()::await);
        }

        private Answer ask() {
            long asked = clock.nanos();
            AwsCredentials credentials = connector.credentialsProvider().resolveCredentials();
            return new Answer(credentials, Duration.ofNanos(clock.nanos() - asked));
        }

        private List<Answer> askAll() {
            List<Answer> answers = new ArrayList<>();
            Runnable task = () -> answers.add(ask());
            aws.run(Stream.generate(() -> task).limit(THREADS).toArray(Runnable[]::new));
            return answers;
        }

        private int assumeRoleCalls() {
            return aws.calls("AssumeRole").size();
        }

        private void sleep(Duration duration) {
            sleep(clock, duration);
        }

        private static void sleep(ConnectorClock clock, Duration duration) {
            try {
                clock.sleep(duration);
            } catch (InterruptedException unexpected) {
                throw new AssertionError(unexpected);
            }
        }

        @Override
        public void close() {
            connector.close();
            aws.close();
        }
    }
}
