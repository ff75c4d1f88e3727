package dev.connector.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;

class RunTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final SimulatedAws aws = SimulatedAws.create();
    private final StsClient sts = Samples.sts(aws);

    @Test
    void run_withoutTasks_returns() {
        aws.run();

        assertThat(aws.clock().instant()).isEqualTo(START);
    }

    @Test
    void latency_onOneThread_movesTheClock() {
        aws.latency(Duration.ofSeconds(3));

        sts.getCallerIdentity();
        sts.getCallerIdentity();
        assertThat(aws.clock().instant()).isEqualTo(START.plusSeconds(6));
        assertThat(aws.calls())
                .extracting(RecordedCall::time)
                .containsExactly(START.plusMillis(1_500), START.plusMillis(4_500));
    }

    @Test
    void latency_betweenTwo_isDecidedBySeed() {
        Set<Duration> taken = new HashSet<>();
        for (long seed = 0; seed < 20; seed++) {
            Duration one = timeOfACall(seed);
            assertThat(one).isEqualTo(timeOfACall(seed)).isBetween(Duration.ofMillis(20), Duration.ofMillis(200));
            taken.add(one);
        }

        assertThat(taken).hasSizeGreaterThan(10);
    }

    @Test
    void latency_outOfRange_isRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException().isThrownBy(() -> aws.latency(second.negated()));
        assertThatIllegalArgumentException().isThrownBy(() -> aws.latency(second, second.minusNanos(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> aws.latency(Duration.ZERO, Duration.ofHours(1).plusNanos(1)));
        aws.latency(Duration.ofHours(1));
        aws.latency(Duration.ofNanos(1));
        sts.getCallerIdentity();
        assertThat(aws.clock().nanos()).isEqualTo(1);
        aws.latency(Duration.ZERO);
        sts.getCallerIdentity();
        assertThat(aws.clock().nanos()).isEqualTo(1);
    }

    @Test
    void calls_ofARun_areUnderWayTogether() {
        aws.latency(Duration.ofSeconds(3));

        aws.run(sts::getCallerIdentity, sts::getCallerIdentity, sts::getCallerIdentity);

        assertThat(aws.clock().instant()).isEqualTo(START.plusSeconds(3));
        assertThat(aws.calls())
                .hasSize(3)
                .allSatisfy(call -> assertThat(call.time()).isEqualTo(START.plusMillis(1_500)));
    }

    @ParameterizedTest
    @EnumSource(names = {"SLOW_BEFORE", "SLOW_AFTER"})
    void slowCall_ofOneTask_holdsUpNoOther(Fault fault) {
        aws.fault(1, fault);
        aws.fault(2, fault);

        aws.run(
                () -> assertThatThrownBy(sts::getCallerIdentity).isInstanceOf(ApiCallTimeoutException.class),
                () -> assertThatThrownBy(sts::getCallerIdentity).isInstanceOf(ApiCallTimeoutException.class),
                () -> {
                    sleep(Duration.ofSeconds(10));
                    sts.getCallerIdentity();
                });

        assertThat(aws.clock().instant()).isEqualTo(START.plusSeconds(30));
        assertThat(aws.calls()).extracting(RecordedCall::time).containsExactly(START, START, START.plusSeconds(10));
    }

    @Test
    void interrupt_beforeTheRequestArrives_abortsTheCallUnseen() {
        aws.latency(Duration.ofSeconds(4));

        assertAborted(Duration.ofSeconds(1));
        assertThat(aws.calls()).isEmpty();
    }

    @Test
    void interrupt_beforeTheAnswerArrives_abortsTheCallThatWasMade() {
        aws.latency(Duration.ofSeconds(4));

        assertAborted(Duration.ofSeconds(3));
        assertThat(aws.calls()).hasSize(1);
    }

    @Test
    void interrupt_ofASlowCall_abortsIt() {
        aws.fault(1, Fault.SLOW_AFTER);

        assertAborted(Duration.ofSeconds(3));
        assertThat(aws.calls()).hasSize(1);
    }

    @Test
    void call_ofAnotherThreadDuringARun_mayNotWait() {
        aws.run(() -> {
            CompletableFuture.runAsync(sts::getCallerIdentity).join();
            aws.latency(Duration.ofSeconds(1));
            assertThat(catchThrowable(CompletableFuture.runAsync(sts::getCallerIdentity)::join))
                    .hasRootCauseInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("SimulatedAws.run");
        });
    }

    @Test
    void run_duringARun_isRefused() {
        aws.run(() -> assertThatIllegalStateException().isThrownBy(aws::run));
    }

    @Test
    void trace_ofTheSameSeed_isTheSameAHundredTimes() {
        Trace first = trace(7, 6, 2);

        assertThat(first.calls().lines()).hasSize(6 * 2 * 3);
        for (int i = 0; i < 100; i++) {
            assertThat(trace(7, 6, 2)).isEqualTo(first);
        }
    }

    @Test
    void traces_ofOtherSeeds_areOthers() {
        assertThat(LongStream.range(0, 20).mapToObj(seed -> trace(seed, 6, 2)).distinct())
                .hasSizeGreaterThan(10);
    }

    @Test
    void trace_ofTwoHundredTasks_isTheSameAgain() {
        Trace first = trace(3, 200, 2);

        assertThat(first.calls().lines()).hasSize(1_200);
        assertThat(trace(3, 200, 2)).isEqualTo(first);
    }

    /** What tasks see of each other's changes, faults, ids and times. */
    private static Trace trace(long seed, int tasks, int rounds) {
        SimulatedAws seeded = SimulatedAws.builder().seed(seed).build();
        Map<String, String> runtime = seeded.runtimeConnector("main");
        seeded.latency(Duration.ofMillis(20), Duration.ofMillis(200));
        seeded.propagationDelay(Duration.ofSeconds(1));
        IamClient iam = Samples.adminIam(seeded);
        StsClient sts = Samples.sts(seeded);
        seeded.iam().createGroup("/sym/", "OnCall");
        IntStream.range(0, tasks).forEach(task -> seeded.iam().createUser("user" + task));
        seeded.clock().advance(Duration.ofMinutes(1));
        int call = 1;
        for (Fault fault : Fault.values()) {
            seeded.fault(call, fault);
            call += 3;
        }
        List<String> seen = new ArrayList<>();
        seeded.run(IntStream.range(0, tasks)
                .<Runnable>mapToObj(task -> () -> {
                    for (int round = 0; round < rounds; round++) {
                        attempt(() -> iam.addUserToGroup(
                                add -> add.userName("user" + task).groupName("OnCall")));
                        attempt(() -> seen.add(sts.assumeRole(Samples.assumeRole(Samples.role(runtime))
                                        .externalId(runtime.get("external_id"))
                                        .build())
                                .credentials()
                                .accessKeyId()));
                        attempt(() -> seen.add(iam.getGroup(get -> get.groupName("OnCall"))
                                        .users()
                                        .size() + " members"));
                    }
                })
                .toArray(Runnable[]::new));
        List<String> ids = seeded.calls().stream().map(RecordedCall::requestId).toList();
        return new Trace(seeded.printCalls(), ids, seen);
    }

    private static void attempt(Runnable call) {
        try {
            call.run();
        } catch (SdkException expected) {
            // One of the faults.
        }
    }

    private void assertAborted(Duration after) {
        CompletableFuture<Thread> caller = new CompletableFuture<>();
        aws.run(
                () -> {
                    caller.complete(Thread.currentThread());
                    assertThatThrownBy(sts::getCallerIdentity).isInstanceOf(AbortedException.class);
                    assertThat(Thread.interrupted()).isTrue();
                    assertThat(aws.clock().instant()).isEqualTo(START.plus(after));
                },
                () -> {
                    sleep(after);
                    caller.join().interrupt();
                });
    }

    private static Duration timeOfACall(long seed) {
        SimulatedAws seeded = SimulatedAws.builder().seed(seed).build();
        seeded.latency(Duration.ofMillis(20), Duration.ofMillis(200));
        Samples.sts(seeded).getCallerIdentity();
        return Duration.ofNanos(seeded.clock().nanos());
    }

    private record Trace(String calls, List<String> requestIds, List<String> seen) {}

    private void sleep(Duration duration) {
        try {
            aws.clock().sleep(duration);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
