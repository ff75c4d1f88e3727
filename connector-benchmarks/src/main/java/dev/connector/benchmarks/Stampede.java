package dev.connector.benchmarks;

import dev.connector.core.ConnectorClock;
import dev.connector.core.ConnectorRole;
import dev.connector.core.RuntimeConnector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Two hundred threads that ask for one session: before there is one, when its replacement is due, and when it is over. AWS STS answers only when each of them
 * has its credentials or waits for them. The threads are real ones, and the clock is moved from one case to the next.
 */
final class Stampede implements AutoCloseable {

    private static final int THREADS = 200;
    private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");
    private static final Duration POLL = Duration.ofMillis(10);
    private static final int POLLS = 5;

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger calls = new AtomicInteger();
    private final ConnectorClock clock = ConnectorClock.of(
            () -> START.plusNanos(nanos.get()),
            nanos::get,
            ConnectorClock.system()::sleep,
            ConnectorClock.system()::await);
    private final RuntimeConnector connector = Account.connector(new CannedAws(clock, this::hold), clock)
            .stsTimeout(Duration.ofMinutes(1))
            .build();
    private final AwsCredentialsProvider credentials =
            connector.session(ConnectorRole.of(Account.IAM_ROLE)).credentialsProvider();
    private volatile CountDownLatch answer = new CountDownLatch(1);

    private Stampede() {}

    static List<Row> rows() {
        try (Stampede stampede = new Stampede()) {
            Seen cold = stampede.after(Duration.ZERO);
            Seen due = stampede.after(Duration.ofMinutes(56));
            Seen over = stampede.after(Duration.ofMinutes(61));
            return List.of(
                    Row.exactly(1, THREADS + " threads, no session yet", Unit.CALLS, cold.calls()),
                    Row.exactly(1, THREADS + " threads, refresh due", Unit.CALLS, due.calls()),
                    Row.exactly(0, THREADS + " threads, refresh due, blocked", Unit.THREADS, due.blocked()),
                    Row.exactly(1, THREADS + " threads, session over", Unit.CALLS, over.calls()));
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** The role's calls are counted; those for the runtime role, which it is assumed from, are not. */
    private void hold(String body) {
        if (!body.contains("SymIAMMain")) {
            return;
        }
        calls.incrementAndGet();
        try {
            answer.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private Seen after(Duration passed) throws InterruptedException, ExecutionException {
        nanos.addAndGet(passed.toNanos());
        calls.set(0);
        answer = new CountDownLatch(1);
        List<FutureTask<AwsCredentials>> tasks = Stream.generate(
                        () -> new FutureTask<>(credentials::resolveCredentials))
                .limit(THREADS)
                .toList();
        List<Thread> threads = tasks.stream().map(Thread::new).toList();
        threads.forEach(Thread::start);
        waitUntilNobodyRuns(threads);
        int blocked = (int) tasks.stream().filter(task -> !task.isDone()).count() - calls.get();
        answer.countDown();
        for (FutureTask<AwsCredentials> task : tasks) {
            task.get();
        }
        return new Seen(calls.get(), blocked);
    }

    /** A thread may wait for an instant on its way, so they are looked at several times. */
    private static void waitUntilNobodyRuns(List<Thread> threads) throws InterruptedException {
        int quiet = 0;
        while (quiet < POLLS) {
            Thread.sleep(POLL.toMillis());
            quiet = threads.stream().allMatch(Stampede::isOverOrWaits) ? quiet + 1 : 0;
        }
    }

    private static boolean isOverOrWaits(Thread thread) {
        return switch (thread.getState()) {
            case TERMINATED, WAITING, TIMED_WAITING -> true;
            default -> false;
        };
    }

    @Override
    public void close() {
        connector.close();
    }

    /**
     * What was seen.
     *
     * @param calls to AWS STS for the role
     * @param blocked how many threads waited for a call that another one made
     */
    private record Seen(int calls, int blocked) {}
}
