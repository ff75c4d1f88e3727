package dev.connector.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.connector.core.RoleAssumptionException.Reason;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;

/** Many threads on one connector, while AWS fails, threads are interrupted, sessions are dropped and time goes by. */
@Timeout(60)
class SessionsUnderStressTest {

    private static final int THREADS = 200;
    private static final int ASKS = 20;
    private static final int SEED = 20_260_101;

    private static final List<ConnectorRole> ROLES = List.of(
            role("SymIAMMain").build(),
            role("SymIAMMain").externalId("one").build(),
            role("SymIAMMain").externalId("two").build(),
            role("SymSSOMain").build());

    /** Fewer than there are roles, so that one is always in the way of another. */
    private static final int MAX_SESSIONS = 3;

    private final VirtualClock clock = new VirtualClock();
    private final MoodySts sts = new MoodySts(clock);
    private final RuntimeConnector connector = RuntimeConnector.builder()
            .settings(Samples.settings())
            .environment("main")
            .sourceCredentials(StaticCredentialsProvider.create(AwsBasicCredentials.create("service", "secret")))
            .stsClient(sts)
            .clock(clock)
            .maxCachedSessions(MAX_SESSIONS)
            .build();
    private final List<RoleSession> sessions =
            ROLES.stream().map(connector::session).toList();
    private final List<Worker> workers =
            IntStream.range(0, THREADS).mapToObj(Worker::new).toList();
    private final Queue<Reason> failures = new ConcurrentLinkedQueue<>();

    @Test
    void sessions_whateverHappens_areTheRightOnesOrAFailureThatSaysWhy() throws Exception {
        onAll(Worker::askInTheStorm);
        assertThat(failures).contains(Reason.INTERRUPTED).doesNotContain(Reason.OTHER, Reason.NO_SOURCE_CREDENTIALS);

        sts.recover();
        onAll(Worker::askForEachRole);

        onAll(Worker::askUntilOneOfThemCloses);
        assertThat(sessions)
                .allSatisfy(session -> assertThatIllegalStateException()
                        .isThrownBy(session.credentialsProvider()::resolveCredentials));
    }

    private void onAll(Consumer<Worker> task) throws Exception {
        List<Threads.Run<Boolean>> runs = workers.stream()
                .map(worker -> Threads.start(() -> worker.endsInterrupted(task)))
                .toList();
        for (Threads.Run<Boolean> run : runs) {
            run.get();
        }
        assertThat(clock.waiting()).isZero();
    }

    private static ConnectorRole.Builder role(String name) {
        return ConnectorRole.builder("arn:aws:iam::" + Samples.ACCOUNT + ":role/sym/" + name);
    }

    /** One thread at a time, and what it must find when it looks at its flag. */
    private final class Worker {

        private final int number;
        private final Random random;
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable Thread thread;
        private boolean interrupted;

        private Worker(int number) {
            this.number = number;
            this.random = new Random(SEED + number);
        }

        private boolean endsInterrupted(Consumer<Worker> task) {
            become(Thread.currentThread());
            task.accept(this);
            become(null);
            return tookInterrupt();
        }

        private void become(@Nullable Thread present) {
            lock.lock();
            try {
                thread = present;
            } finally {
                lock.unlock();
            }
        }

        private void interrupt() {
            lock.lock();
            try {
                if (thread != null) {
                    interrupted = true;
                    thread.interrupt();
                }
            } finally {
                lock.unlock();
            }
        }

        /** The flag must be set if somebody has set it since the last look, and only then. */
        private boolean tookInterrupt() {
            lock.lock();
            try {
                boolean expected = interrupted;
                interrupted = false;
                assertThat(Thread.interrupted()).as("the interrupt flag").isEqualTo(expected);
                return expected;
            } finally {
                lock.unlock();
            }
        }

        private void askInTheStorm() {
            for (int i = 0; i < ASKS; i++) {
                makeTrouble();
                try {
                    ask(random.nextInt(ROLES.size()));
                    tookInterrupt();
                } catch (RoleAssumptionException failure) {
                    failures.add(failure.reason());
                    boolean flagged = tookInterrupt();
                    assertThat(failure.reason() != Reason.INTERRUPTED || flagged)
                            .as("told of an interrupt only if there was one")
                            .isTrue();
                }
            }
        }

        private void makeTrouble() {
            RoleSession session = sessions.get(random.nextInt(sessions.size()));
            switch (random.nextInt(10)) {
                case 0, 1 -> workers.get(random.nextInt(THREADS)).interrupt();
                case 2 -> session.evict();
                case 3, 4, 5 -> clock.advance(Duration.ofSeconds(random.nextInt(60)));
                case 6 -> interrupt();
                default -> Thread.onSpinWait();
            }
        }

        private AwsCredentials ask(int role) {
            long asked = clock.nanos();
            AwsCredentials credentials =
                    sessions.get(role).credentialsProvider().resolveCredentials();
            Issued issued = sts.issued(credentials);
            assertThat(issued.roleArn()).isEqualTo(ROLES.get(role).roleArn().toString());
            assertThat(issued.externalId()).isEqualTo(ROLES.get(role).externalId());
            assertThat(issued.end() - asked).as("nanoseconds to its end").isPositive();
            return credentials;
        }

        private void askForEachRole() {
            IntStream.range(0, ROLES.size()).forEach(this::ask);
        }

        private void askUntilOneOfThemCloses() {
            if (number == THREADS / 4) {
                connector.close();
            }
            assertThatIllegalStateException()
                    .isThrownBy(() -> {
                        while (true) {
                            sessions.get(random.nextInt(ROLES.size())).evict();
                            ask(random.nextInt(ROLES.size()));
                        }
                    })
                    .withMessageContaining("closed");
        }
    }

    /** Whose session it is, and when it ends on the monotonic clock. */
    private record Issued(String roleArn, Optional<String> externalId, long end) {}

    /** Does at random what AWS and the way to it do now and then, until it recovers. */
    private static final class MoodySts implements StsClient {

        private final VirtualClock clock;
        private final long epoch;
        private final Instant wallAtEpoch;
        private final AtomicInteger calls = new AtomicInteger();
        private final Map<String, Issued> issued = new ConcurrentHashMap<>();
        private volatile boolean moody = true;

        private MoodySts(VirtualClock clock) {
            this.clock = clock;
            this.epoch = clock.nanos();
            this.wallAtEpoch = clock.instant();
        }

        private void recover() {
            moody = false;
        }

        private Issued issued(AwsCredentials credentials) {
            return Objects.requireNonNull(issued.get(credentials.accessKeyId()));
        }

        @Override
        public AssumeRoleResponse assumeRole(AssumeRoleRequest request) {
            int call = calls.incrementAndGet();
            Random random = new Random(SEED * 31L + call);
            beInterruptible();
            if (isOver(signer(request)) || isInTheMood(random, 20)) {
                throw Samples.stsError(400, "ExpiredTokenException", "expired");
            }
            if (isInTheMood(random, 5)) {
                throw failure(random);
            }
            String key = "key-" + call;
            Instant expiration =
                    clock.instant().plusSeconds(moody ? 60 + random.nextInt(840) : request.durationSeconds());
            issued.put(
                    key,
                    new Issued(
                            request.roleArn(),
                            Optional.ofNullable(request.externalId()),
                            epoch + Duration.between(wallAtEpoch, expiration).toNanos()));
            if (isInTheMood(random, 10)) {
                throw SdkClientException.create("Unable to execute", new IOException("Unexpected end of file"));
            }
            return Samples.session(key, expiration);
        }

        /** As an HTTP client ends a call: it takes the flag, and the SDK hides what it throws. */
        private static void beInterruptible() {
            for (int i = 0; i < 1_000; i++) {
                Thread.onSpinWait();
                if (Thread.interrupted()) {
                    throw SdkClientException.create("Unable to execute", new InterruptedIOException());
                }
            }
        }

        private boolean isInTheMood(Random random, int oneOf) {
            return moody && random.nextInt(oneOf) == 0;
        }

        private boolean isOver(AwsCredentials signer) {
            return !signer.accessKeyId().equals("service") && issued(signer).end() - clock.nanos() <= 0;
        }

        private static RuntimeException failure(Random random) {
            List<RuntimeException> failures = List.of(
                    Samples.stsError(400, "Throttling", "slower"),
                    Samples.stsError(403, "AccessDenied", "no"),
                    SdkClientException.create("Unable to execute", new IOException("Connection reset")));
            return failures.get(random.nextInt(failures.size()));
        }

        private static AwsCredentials signer(AssumeRoleRequest request) {
            Optional<?> signer = request.overrideConfiguration().orElseThrow().credentialsIdentityProvider();
            return ((AwsCredentialsProvider) signer.orElseThrow()).resolveCredentials();
        }

        @Override
        public String serviceName() {
            return "sts";
        }

        @Override
        public void close() {
            throw new AssertionError("It was passed in: whoever made it closes it.");
        }
    }
}
