package dev.connector.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connector.core.AwsFailure.Kind;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

class RetriesTest {

    private static final String OPERATION = "iam:AddUserToGroup";
    private static final Duration LONG = Duration.ofHours(1);

    private final VirtualClock clock = new VirtualClock();
    private final Listener listener = new Listener();
    private final List<String> events = listener.events;

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @Test
    void call_whenAnswered_answersWithoutWaiting() {
        Script script = new Script("answer");

        assertThat(call(retries(), LONG, script)).isEqualTo("answer");

        assertThat(script.calls).isEqualTo(1);
        assertThat(clock.sleeps()).isEmpty();
        assertThat(events).containsExactly("call ok PT0S");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 9})
    void call_whenAlwaysThrottled_isAttemptedSoOftenAndNoMore(int attempts) {
        Script script = Script.repeating(throttled());

        AwsFailure failure = failureOf(retries().maxAttempts(attempts), LONG, script);

        assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
        assertThat(script.calls).isEqualTo(attempts);
        assertThat(clock.sleeps()).hasSize(attempts - 1);
    }

    @Test
    void call_whenRetriedByDefault_isAttemptedFiveTimes() {
        Script script = Script.repeating(serverError());

        failureOf(Retries.builder().clock(clock), LONG, script);

        assertThat(script.calls).isEqualTo(5);
        assertThat(clock.sleeps())
                .hasSize(4)
                .allSatisfy(delay -> assertThat(delay).isBetween(Duration.ZERO, Duration.ofMillis(1600)));
    }

    @Test
    void call_whenRetried_waitsBaseThenTwiceAsLongUpToTheMaximum() {
        failureOf(retries().maxAttempts(9), LONG, Script.repeating(throttled()));

        assertThat(clock.sleeps())
                .extracting(Duration::toMillis)
                .containsExactly(200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L, 5000L);
    }

    @Test
    void call_whenRetried_waitsThePartOfTheDelayThatJitterSays() {
        failureOf(
                retries()
                        .maxAttempts(4)
                        .delays(Duration.ofMillis(1), Duration.ofMillis(3))
                        .jitter(() -> 0.5),
                LONG,
                Script.repeating(throttled()));

        assertThat(clock.sleeps())
                .containsExactly(Duration.ofNanos(500_000), Duration.ofMillis(1), Duration.ofNanos(1_500_000));
    }

    @Test
    void call_whenLongestDelaysAndManyAttempts_doesNotOverflow() {
        Duration day = Duration.ofDays(1);

        failureOf(retries().maxAttempts(100).delays(day, day), Duration.ofDays(1000), Script.repeating(throttled()));

        assertThat(clock.sleeps()).hasSize(99).containsOnly(day);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"DENIED", "REJECTED", "NOT_SENT", "INTERRUPTED", "UNEXPECTED"})
    void call_whenAnotherAttemptCannotHelp_failsAtOnce(Kind kind) {
        Script script = Script.repeating(thrown(kind));

        assertThat(failureOf(retries(), LONG, script).kind()).isEqualTo(kind);

        assertThat(script.calls).isEqualTo(1);
        assertThat(clock.sleeps()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"THROTTLED", "UNAVAILABLE", "TIMEOUT"})
    void call_whenAnotherAttemptCanHelp_answersWithItsAnswer(Kind kind) {
        Script script = new Script(thrown(kind), "answer");

        assertThat(call(retries(), LONG, script)).isEqualTo("answer");

        assertThat(clock.sleeps()).containsExactly(Duration.ofMillis(200));
    }

    @Test
    void call_whenNextAttemptWouldStartAfterTheLimit_failsWithoutWaiting() {
        Script script = Script.repeating(throttled());

        failureOf(retries().maxAttempts(100), Duration.ofMillis(1400), script);

        assertThat(clock.sleeps()).extracting(Duration::toMillis).containsExactly(200L, 400L, 800L);
        assertThat(script.calls).isEqualTo(4);
    }

    @Test
    void call_whenNextAttemptWouldStartJustAfterTheLimit_failsWithoutWaiting() {
        Script script = Script.repeating(throttled());

        failureOf(retries().maxAttempts(100), Duration.ofMillis(1400).minusNanos(1), script);

        assertThat(script.calls).isEqualTo(3);
    }

    @Test
    void call_whenAttemptsThemselvesTakeTime_countsItAgainstTheLimit() {
        Script script = Script.repeating(throttled()).taking(Duration.ofSeconds(3));

        failureOf(retries().maxAttempts(100), Duration.ofSeconds(7), script);

        assertThat(script.calls).isEqualTo(3);
    }

    @Test
    void call_whenWallClockSteps_keepsToTheLimitAllTheSame() {
        Script script = Script.repeating(throttled());
        script.meanwhile = () -> clock.stepWall(Duration.ofDays(-1));

        failureOf(retries().maxAttempts(3), Duration.ofSeconds(10), script);

        assertThat(script.calls).isEqualTo(3);
        assertThat(events).contains("call THROTTLED PT0S");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S"})
    void call_whenThereIsNoTime_isAttemptedOnce(Duration limit) {
        Script script = Script.repeating(throttled());

        failureOf(retries(), limit, script);

        assertThat(script.calls).isEqualTo(1);
    }

    @Test
    void call_whenLimitIsBeyondNanoseconds_hasAllTheTime() {
        Script script = new Script(throttled(), throttled(), "answer");

        assertThat(call(retries(), Duration.ofDays(1_000_000), script)).isEqualTo("answer");
    }

    @Test
    void call_whenLimitIsFarInThePast_isAttemptedOnce() {
        Script script = Script.repeating(throttled());

        failureOf(retries(), Duration.ofDays(-1_000_000), script);

        assertThat(script.calls).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ExpiredToken", "ExpiredTokenException"})
    void call_whenTokenExpired_replacesTheSessionAndRepeatsWithoutDelay(String code) {
        Script script = new Script(answered(403, code), "answer");

        assertThat(call(retries(), LONG, script)).isEqualTo("answer");

        assertThat(script.replaced).isEqualTo(1);
        assertThat(clock.sleeps()).allMatch(Duration::isZero);
        assertThat(events).containsExactly("call EXPIRED_TOKEN PT0S", "retry 2 EXPIRED_TOKEN PT0S", "call ok PT0S");
    }

    @Test
    void call_whenTokenExpiresAgain_failsWithoutASecondReplacement() {
        Script script = Script.repeating(answered(403, "ExpiredToken"));

        AwsFailure failure = failureOf(retries(), LONG, script);

        assertThat(failure.kind()).isEqualTo(Kind.EXPIRED_TOKEN);
        assertThat(failure.mayHaveTakenEffect()).isFalse();
        assertThat(script.calls).isEqualTo(2);
        assertThat(script.replaced).isEqualTo(1);
    }

    @Test
    void call_whenTokenExpiredAndOneAttemptIsAllowed_isStillRepeatedOnce() {
        Script script = new Script(answered(403, "ExpiredToken"), "answer");

        assertThat(call(retries().maxAttempts(1), LONG, script)).isEqualTo("answer");
    }

    @Test
    void call_whenTokenExpired_doesNotCountItAgainstTheAttempts() {
        Script first = new Script(answered(403, "ExpiredToken"), throttled(), throttled(), "answer");
        Script last = new Script(throttled(), throttled(), answered(403, "ExpiredToken"), "answer");

        assertThat(call(retries().maxAttempts(3), LONG, first)).isEqualTo("answer");
        assertThat(call(retries().maxAttempts(3), LONG, last)).isEqualTo("answer");

        assertThat(clock.sleeps()).extracting(Duration::toMillis).containsExactly(0L, 200L, 400L, 200L, 400L, 0L);
    }

    @Test
    void call_whenTokenExpiredAfterTheLimit_dropsTheSessionAndFails() {
        Script script = Script.repeating(answered(403, "ExpiredToken")).taking(Duration.ofSeconds(2));

        AwsFailure failure = failureOf(retries(), Duration.ofSeconds(1), script);

        assertThat(failure.kind()).isEqualTo(Kind.EXPIRED_TOKEN);
        assertThat(script.calls).isEqualTo(1);
        assertThat(script.replaced).isEqualTo(1);
        assertThat(events).containsExactly("call EXPIRED_TOKEN PT2S");
    }

    @Test
    void call_whenInterruptedBefore_sendsNothingAndKeepsTheFlag() {
        Script script = new Script("answer");
        Thread.currentThread().interrupt();

        AwsFailure failure = failureOf(retries(), LONG, script);

        assertThat(failure.kind()).isEqualTo(Kind.INTERRUPTED);
        assertThat(failure.mayHaveTakenEffect()).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(script.calls).isZero();
        assertThat(events).isEmpty();
    }

    @Test
    void call_whenInterruptedDuringACall_mayHaveTakenEffectAndSetsTheFlag() {
        Script script = new Script(AbortedException.create("Thread was interrupted"));

        AwsFailure failure = failureOf(retries(), LONG, script);

        assertThat(failure.kind()).isEqualTo(Kind.INTERRUPTED);
        assertThat(failure.mayHaveTakenEffect()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"THROTTLED, false", "UNAVAILABLE, true", "TIMEOUT, true"})
    void call_whenInterruptedDuringTheWait_remembersWhatWasSent(Kind kind, boolean mayHaveTakenEffect) {
        Script script = Script.repeating(thrown(kind));
        ConnectorClock interrupting = ConnectorClock.of(
                clock,
                clock::nanos,
                duration -> {
                    throw new InterruptedException();
                },
                clock::await);

        AwsFailure failure = failureOf(retries().clock(interrupting), LONG, script);

        assertThat(failure.kind()).isEqualTo(Kind.INTERRUPTED);
        assertThat(failure.mayHaveTakenEffect()).isEqualTo(mayHaveTakenEffect);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(script.calls).isEqualTo(1);
    }

    @Test
    void call_whenInterruptedBeforeARepetitionWithoutDelay_isNotSentAgain() {
        Script script = Script.repeating(answered(403, "ExpiredToken"));
        script.meanwhile = () -> Thread.currentThread().interrupt();
        ConnectorClock careless = ConnectorClock.of(clock, clock::nanos, duration -> {}, clock::await);

        AwsFailure failure = failureOf(retries().clock(careless), LONG, script);

        assertThat(failure.kind()).isEqualTo(Kind.INTERRUPTED);
        assertThat(failure.mayHaveTakenEffect()).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(script.calls).isEqualTo(1);
    }

    @Test
    void call_whenAnEarlierAttemptMayHaveTakenEffect_saysSoWhateverTheLastAnswerWas() {
        Script script = new Script(reset(), throttled(), answered(403, "AccessDenied"));

        AwsFailure failure = failureOf(retries(), LONG, script);

        assertThat(failure.kind()).isEqualTo(Kind.DENIED);
        assertThat(failure.hasCode("AccessDenied")).isTrue();
        assertThat(failure.mayHaveTakenEffect()).isTrue();
    }

    @Test
    void call_whenNoAttemptCanHaveTakenEffect_saysSo() {
        Script script = new Script(throttled(), unknownHost(), answered(403, "AccessDenied"));

        assertThat(failureOf(retries(), LONG, script).mayHaveTakenEffect()).isFalse();
    }

    @Test
    void call_whenOneCallWasAmbiguous_doesNotTaintTheNext() {
        Retries retries = retries().build();
        AwsCallException first = catchThrowableOfType(
                AwsCallException.class,
                () -> retries.call(OPERATION, LONG, () -> {}, new Script(reset(), answered(403, "AccessDenied"))));
        AwsCallException next = catchThrowableOfType(
                AwsCallException.class,
                () -> retries.call(OPERATION, LONG, () -> {}, new Script(answered(403, "AccessDenied"))));

        assertThat(first.failure().mayHaveTakenEffect()).isTrue();
        assertThat(next.failure().mayHaveTakenEffect()).isFalse();
    }

    @Test
    void call_whenClientAnswersNull_namesTheOperationToStub() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> nullAnswer(retries().build()))
                .withMessageContaining(OPERATION)
                .withMessageContaining("stub");

        assertThat(events).isEmpty();
        assertThat(clock.sleeps()).isEmpty();
    }

    @Test
    void call_whenClientItselfThrowsIllegalState_isAnUnexpectedFailure() {
        Script script = new Script(new IllegalStateException("Connection pool shut down"));

        AwsFailure failure = failureOf(retries(), LONG, script);

        assertThat(failure.kind()).isEqualTo(Kind.UNEXPECTED);
        assertThat(failure.mayHaveTakenEffect()).isTrue();
    }

    @Test
    void call_whenAnErrorIsThrown_isNotCaught() {
        assertThatExceptionOfType(StackOverflowError.class)
                .isThrownBy(() -> retries().build().call(OPERATION, LONG, () -> {}, () -> {
                    throw new StackOverflowError();
                }));
    }

    @Test
    void call_whenRetried_tellsTheListenerOfEachCallAndRetryInOrder() {
        Script script = new Script(throttled(), reset(), "answer").taking(Duration.ofMillis(30));

        call(retries(), LONG, script);

        assertThat(events)
                .containsExactly(
                        "call THROTTLED PT0.03S",
                        "retry 2 THROTTLED PT0.2S",
                        "call UNAVAILABLE PT0.03S",
                        "retry 3 UNAVAILABLE PT0.4S",
                        "call ok PT0.03S");
    }

    @Test
    void call_whenItFailsForGood_tellsTheListenerOfTheLastCallButOfNoRetry() {
        failureOf(retries().maxAttempts(2), LONG, Script.repeating(throttled()));

        assertThat(events).containsExactly("call THROTTLED PT0S", "retry 2 THROTTLED PT0.2S", "call THROTTLED PT0S");
    }

    @Test
    void call_whenListenerThrows_goesOn() {
        Retries retries = retries()
                .listener(new ConnectorListener() {
                    @Override
                    public void onCall(Call call) {
                        throw new IllegalStateException("broken metric");
                    }

                    @Override
                    public void onRetry(Retry retry) {
                        throw new IllegalStateException("broken metric");
                    }
                })
                .build();

        assertThat(retries.call(OPERATION, LONG, () -> {}, new Script(throttled(), "answer")))
                .isEqualTo("answer");
    }

    @Test
    void call_whenItFails_namesOperationCodeAndRequestInTheMessage() {
        AwsServiceException denied = answered(403, "AccessDenied");

        AwsCallException thrown = catchThrowableOfType(
                AwsCallException.class, () -> retries().build().call(OPERATION, LONG, () -> {}, new Script(denied)));

        assertThat(thrown)
                .hasMessageContaining("Cannot call iam:AddUserToGroup: AWS answered: no")
                .hasMessageContaining("[operation=iam:AddUserToGroup, errorCode=AccessDenied, requestId=request-1]")
                .hasCause(denied);
        assertThat(thrown.isRetryable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void maxAttempts_whenLessThanOne_isRefused(int attempts) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Retries.builder().maxAttempts(attempts))
                .withMessageContaining("maxAttempts")
                .withMessageContaining(String.valueOf(attempts));
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, PT1S",
        "PT-1S, PT1S",
        "PT0.0009S, PT1S",
        "PT2S, PT1S",
        "PT1S, PT-1S",
        "PT1S, PT24H0.001S",
        "P1000000D, P1000000D"
    })
    void delays_whenOutOfRange_areRefused(Duration base, Duration max) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Retries.builder().delays(base, max))
                .withMessageContaining(base.toString())
                .withMessageContaining(max.toString());
    }

    @Test
    @SuppressWarnings("NullAway")
    void builder_whenGivenNull_throws() {
        Retries.Builder builder = Retries.builder();

        assertThatNullPointerException().isThrownBy(() -> builder.clock(null)).withMessage("clock");
        assertThatNullPointerException()
                .isThrownBy(() -> builder.listener(null))
                .withMessage("listener");
        assertThatNullPointerException().isThrownBy(() -> builder.jitter(null)).withMessage("jitter");
    }

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    /** Whatever AWS answers: limits hold, each attempt and wait is told of, and no doubt about an effect is lost. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void call_whateverAwsAnswers_keepsItsPromises(long seed) {
        Random random = new Random(seed);
        int maxAttempts = 1 + random.nextInt(7);
        Duration limit = Duration.ofMillis(random.nextInt(10_000));
        Duration taking = Duration.ofMillis(random.nextInt(500));
        Duration base = Duration.ofMillis(1 + random.nextInt(1000));
        Duration max = base.multipliedBy(1 + random.nextInt(20));
        List<Object> answers = new ArrayList<>();
        while (answers.size() < 10) {
            answers.add(anyAnswer(random));
        }
        Script script = new Script(answers.toArray()).taking(taking);
        Retries.Builder retries =
                retries().maxAttempts(maxAttempts).delays(base, max).jitter(random::nextDouble);

        AwsCallException thrown = catchThrowableOfType(AwsCallException.class, () -> call(retries, limit, script));

        List<Object> given = answers.subList(0, script.calls);
        boolean doubtful = given.stream()
                .filter(RuntimeException.class::isInstance)
                .anyMatch(answer ->
                        AwsFailure.of(OPERATION, (RuntimeException) answer).mayHaveTakenEffect());
        long expired = given.stream().filter(RetriesTest::isExpired).count();
        if (thrown == null) {
            assertThat(given).endsWith("answer");
        } else {
            assertThat(thrown.failure().mayHaveTakenEffect()).isEqualTo(doubtful);
        }
        assertThat(given.subList(0, given.size() - 1)).doesNotContain("answer");
        assertThat(script.calls).isBetween(1, maxAttempts + (int) Math.min(expired, 1));
        assertThat(script.replaced).isEqualTo((int) Math.min(expired, 1));
        assertThat(script.starts.subList(1, script.starts.size()))
                .allSatisfy(start -> assertThat(Duration.ofNanos(start - script.starts.get(0)))
                        .isLessThanOrEqualTo(limit));
        assertThat(clock.sleeps())
                .hasSize(script.calls - 1)
                .allSatisfy(delay -> assertThat(delay).isBetween(Duration.ZERO, max));
        assertThat(events).hasSize(2 * script.calls - 1);
    }

    private static Object anyAnswer(Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> "answer";
            case 1 -> answered(403, "AccessDenied");
            case 2, 3 -> answered(403, "ExpiredToken");
            case 4 -> reset();
            case 5 -> unknownHost();
            case 6 -> serverError();
            default -> throttled();
        };
    }

    private static boolean isExpired(Object answer) {
        return answer instanceof RuntimeException thrown
                && AwsFailure.of(OPERATION, thrown).kind() == Kind.EXPIRED_TOKEN;
    }

    private Retries.Builder retries() {
        return Retries.builder().clock(clock).listener(listener).jitter(() -> 1);
    }

    private String call(Retries.Builder retries, Duration limit, Script script) {
        script.clock = clock;
        return retries.build().call(OPERATION, limit, () -> script.replaced++, script);
    }

    private AwsFailure failureOf(Retries.Builder retries, Duration limit, Script script) {
        AwsCallException thrown = catchThrowableOfType(AwsCallException.class, () -> call(retries, limit, script));
        assertThat(thrown).isNotNull();
        return thrown.failure();
    }

    @SuppressWarnings("NullAway")
    private static void nullAnswer(Retries retries) {
        retries.call(OPERATION, LONG, () -> {}, () -> null);
    }

    private static RuntimeException thrown(Kind kind) {
        return switch (kind) {
            case DENIED -> answered(403, "AccessDenied");
            case THROTTLED -> throttled();
            case UNAVAILABLE -> serverError();
            case TIMEOUT -> ApiCallTimeoutException.create(5000);
            case EXPIRED_TOKEN -> answered(403, "ExpiredToken");
            case REJECTED -> answered(404, "NoSuchEntity");
            case NOT_SENT -> new ConnectorException("no session", (Throwable) null);
            case INTERRUPTED -> AbortedException.create("interrupted");
            case UNEXPECTED -> new IllegalStateException("interceptor");
        };
    }

    private static AwsServiceException throttled() {
        return answered(400, "Throttling");
    }

    private static AwsServiceException serverError() {
        return answered(500, "InternalFailure");
    }

    private static SdkClientException reset() {
        return SdkClientException.create("Unable to execute HTTP request", new SocketException("Connection reset"));
    }

    private static SdkClientException unknownHost() {
        return SdkClientException.create("Unable to execute HTTP request", new UnknownHostException("iam"));
    }

    private static AwsServiceException answered(int status, String code) {
        return AwsServiceException.builder()
                .statusCode(status)
                .requestId("request-1")
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("no")
                        .serviceName("Iam")
                        .build())
                .build();
    }

    /** Answers one by one what it was given: throws exceptions, returns texts; repeats the last one. */
    private static final class Script implements Supplier<String> {

        private final Deque<Object> answers;
        private final List<Long> starts = new ArrayList<>();
        private Duration taking = Duration.ZERO;
        private Runnable meanwhile = () -> {};
        private VirtualClock clock = new VirtualClock();
        private int calls;
        private int replaced;

        private Script(Object... answers) {
            this.answers = new ArrayDeque<>(List.of(answers));
        }

        private static Script repeating(RuntimeException thrown) {
            return new Script(thrown);
        }

        private Script taking(Duration duration) {
            this.taking = duration;
            return this;
        }

        @Override
        public String get() {
            calls++;
            starts.add(clock.nanos());
            clock.advance(taking);
            meanwhile.run();
            Object answer = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
            if (answer instanceof RuntimeException thrown) {
                throw thrown;
            }
            return (String) answer;
        }
    }

    private static final class Listener implements ConnectorListener {

        private final List<String> events = new ArrayList<>();

        @Override
        public void onCall(Call call) {
            assertThat(call.operation()).isEqualTo(OPERATION);
            String outcome =
                    call.failure().map(failure -> failure.kind().name()).orElse("ok");
            events.add("call " + outcome + " " + call.duration());
        }

        @Override
        public void onRetry(Retry retry) {
            events.add("retry " + retry.attempt() + " " + retry.failure().kind() + " " + retry.delay());
        }
    }
}
