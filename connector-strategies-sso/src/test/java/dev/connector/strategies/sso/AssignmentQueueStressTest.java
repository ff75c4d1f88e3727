package dev.connector.strategies.sso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.core.ConnectorClock;
import dev.connector.core.ConnectorListener;
import dev.connector.strategies.sso.ChangeResult.End;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** The queue with many callers at the same time, on the machine's clock. */
@Timeout(120)
class AssignmentQueueStressTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final ConnectorClock clock = ConnectorClock.system();
    private final AssignmentQueue queue = new AssignmentQueue(
            clock, AssignmentLimits.DEFAULT.withRequestsPerSecond(1_000).withOutstandingChanges(500));
    private final ModelAws aws = new ModelAws(clock::nanos, 3);
    private final Queue<ChangeResult> results = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();

    AssignmentQueueStressTest() {
        aws.limit = 500;
        aws.callsPerSecond = 1_000_000;
        aws.pageSize = 5_000;
        aws.meanSeconds = 0.05;
    }

    /** Starts them all, and waits for the end of all. */
    private void runAll(List<Thread> threads) throws InterruptedException {
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join(TimeUnit.MINUTES.toMillis(2));
            assertThat(thread.isAlive()).as("stuck").isFalse();
        }
    }

    private Runnable task(int user, AssignmentCalls calls, Duration limit) {
        return () -> {
            try {
                AssignmentChange change = user % 3 == 0 ? Samples.revocation(user) : Samples.grant(user);
                results.add(queue.run(change, calls, ConnectorListener.none(), limit));
            } catch (Throwable failure) {
                thrown.add(failure);
            }
        };
    }

    @Test
    void run_onManyThreads_endsForEach() throws InterruptedException {
        AssignmentCalls calls = new LockedAws(aws, Thread::onSpinWait);
        List<Thread> threads = new ArrayList<>();
        for (int user = 0; user < 1_500; user++) {
            threads.add(new Thread(task(user, calls, LONG)));
        }

        runAll(threads);

        assertThat(thrown).isEmpty();
        assertThat(results).hasSize(1_500).allMatch(result -> result.is(End.SUCCEEDED));
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void run_onManyVirtualThreads_endsForEach() throws Exception {
        AssignmentCalls calls = new LockedAws(aws, Thread::onSpinWait);
        Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
        var unstarted = Class.forName("java.lang.Thread$Builder").getMethod("unstarted", Runnable.class);
        List<Thread> threads = new ArrayList<>();
        for (int user = 0; user < 3_000; user++) {
            threads.add((Thread) unstarted.invoke(builder, task(user, calls, LONG)));
        }

        runAll(threads);

        assertThat(thrown).isEmpty();
        assertThat(results).hasSize(3_000).allMatch(result -> result.is(End.SUCCEEDED));
    }

    /** Interrupts, crashes and impatience, at any moment. */
    @Test
    void run_whenCallersGoAtAnyMoment_endsForEach() throws InterruptedException {
        AtomicInteger count = new AtomicInteger();
        AssignmentCalls calls = new LockedAws(aws, () -> {
            if (count.incrementAndGet() % 50 == 0) {
                throw new AssertionError("crash");
            }
        });
        List<Thread> threads = new ArrayList<>();
        Random random = new Random(1);
        for (int user = 0; user < 600; user++) {
            Duration limit = user % 5 == 0 ? Duration.ofMillis(random.nextInt(300)) : LONG;
            threads.add(new Thread(task(user % 400, calls, limit)));
        }
        CountDownLatch over = new CountDownLatch(1);
        Thread interrupter = new Thread(() -> {
            while (over.getCount() > 0) {
                threads.get(random.nextInt(threads.size())).interrupt();
                LockSupport.parkNanos(200_000);
            }
        });
        interrupter.setDaemon(true);
        threads.forEach(Thread::start);
        interrupter.start();
        int interrupts = 0;
        while (results.size() + thrown.size() < 300 && interrupts++ < 10_000) {
            LockSupport.parkNanos(1_000_000);
        }
        over.countDown();
        for (Thread thread : threads) {
            thread.join(TimeUnit.MINUTES.toMillis(2));
            assertThat(thread.isAlive()).as("stuck").isFalse();
        }

        assertThat(results.size() + thrown.size()).isEqualTo(600);
        assertThat(thrown).allMatch(failure -> "crash".equals(failure.getMessage()));
    }

    /** What 10,000 waiting callers keep alive, beside their threads: what is garbage once they have gone. */
    @Test
    void caller_thatWaits_takesLessThanFiveKib() {
        LockedAws calls = new LockedAws(aws, () -> {});
        int count = 10_000;
        List<Caller> callers = new ArrayList<>(count);
        long before = usedHeap();
        for (int user = 0; user < count; user++) {
            Caller caller = queue.caller(ConnectorListener.none());
            caller.submit(Samples.grant(user), calls);
            callers.add(caller);
        }
        long each = (usedHeap() - before) / count;
        callers.forEach(Caller::close);

        assertThat(each).isLessThan(5 * 1_024);
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
