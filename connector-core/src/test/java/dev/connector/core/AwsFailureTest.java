package dev.connector.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.connector.core.AwsFailure.Kind;
import dev.connector.testing.Fault;
import dev.connector.testing.SimulatedAws;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.RegionDisabledException;

class AwsFailureTest {

    private static final String OPERATION = "iam:AddUserToGroup";

    @ParameterizedTest
    @CsvSource({
        "400, Throttling, THROTTLED, false",
        "400, ThrottlingException, THROTTLED, false",
        "400, RequestLimitExceeded, THROTTLED, false",
        "429, TooManyRequestsException, THROTTLED, false",
        "429, SomethingNew, THROTTLED, false",
        "503, SlowDown, THROTTLED, true",
        "403, ExpiredToken, EXPIRED_TOKEN, false",
        "400, ExpiredTokenException, EXPIRED_TOKEN, false",
        "403, AccessDenied, DENIED, false",
        "400, AccessDeniedException, DENIED, false",
        "403, UnauthorizedOperation, DENIED, false",
        "403, UnauthorizedAccess, DENIED, false",
        "404, NoSuchEntity, REJECTED, false",
        "409, LimitExceeded, REJECTED, false",
        "400, LimitExceededException, REJECTED, false",
        "409, ConflictException, REJECTED, false",
        "403, InvalidClientTokenId, REJECTED, false",
        "500, ServiceFailure, UNAVAILABLE, true",
        "503, ServiceUnavailable, UNAVAILABLE, true",
        "200, NoSuchEntity, UNAVAILABLE, true",
        "302, Moved, UNAVAILABLE, true"
    })
    void of_whenAwsAnswered_tellsByCodeAndStatus(int status, String code, Kind kind, boolean mayHaveTakenEffect) {
        AwsServiceException answered = answered(status, code, "why");

        AwsFailure failure = AwsFailure.of(OPERATION, answered);

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.mayHaveTakenEffect()).isEqualTo(mayHaveTakenEffect);
        assertThat(failure.operation()).isEqualTo(OPERATION);
        assertThat(failure.errorCode()).contains(code);
        assertThat(failure.hasCode(code)).isTrue();
        assertThat(failure.hasCode(code + "x")).isFalse();
        assertThat(failure.requestId()).contains("request-1");
        assertThat(failure.cause()).isSameAs(answered);
        assertThat(failure.description()).isEqualTo("AWS answered: why");
    }

    @ParameterizedTest
    @CsvSource({
        "400, REJECTED, false",
        "403, DENIED, false",
        "429, THROTTLED, false",
        "502, UNAVAILABLE, true",
        "200, UNAVAILABLE, true"
    })
    void of_whenAnswerHasNoDetails_tellsByStatus(int status, Kind kind, boolean mayHaveTakenEffect) {
        AwsFailure failure = AwsFailure.of(
                OPERATION,
                AwsServiceException.builder()
                        .statusCode(status)
                        .message("<html>")
                        .build());

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.mayHaveTakenEffect()).isEqualTo(mayHaveTakenEffect);
        assertThat(failure.errorCode()).isEmpty();
        assertThat(failure.requestId()).isEmpty();
        assertThat(failure.hasCode("null")).isFalse();
        assertThat(failure.description())
                .isEqualTo("AWS answered with the status " + status + " without an error code (<html>)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"})
    void of_whenAwsTakesTheClockForWrong_isWorthAnotherAttemptAndHadNoEffect(String code) {
        AwsFailure failure = AwsFailure.of(
                OPERATION,
                AwsServiceException.builder()
                        .statusCode(403)
                        .awsErrorDetails(
                                AwsErrorDetails.builder().errorCode(code).build())
                        .build());

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure.mayHaveTakenEffect()).isFalse();
    }

    @Test
    void of_whenAMockThrowsAnErrorWithNothingButItsClass_isARefusal() {
        AwsFailure failure =
                AwsFailure.of(OPERATION, RegionDisabledException.builder().build());

        assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
        assertThat(failure.mayHaveTakenEffect()).isFalse();
        assertThat(failure.description()).isEqualTo("AWS answered RegionDisabledException without an error code");
    }

    @Test
    void of_whenDetailsHaveNoCodeAndNoMessage_tellsByStatus() {
        AwsFailure failure = AwsFailure.of(
                OPERATION,
                AwsServiceException.builder()
                        .statusCode(400)
                        .awsErrorDetails(AwsErrorDetails.builder().build())
                        .build());

        assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
        assertThat(failure.errorCode()).isEmpty();
    }

    @Test
    void description_whenAwsGaveOnlyACode_namesIt() {
        AwsFailure failure = AwsFailure.of(
                OPERATION,
                AwsServiceException.builder()
                        .statusCode(404)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("NoSuchEntity")
                                .build())
                        .build());

        assertThat(failure.description()).isEqualTo("AWS answered NoSuchEntity");
    }

    static Stream<SdkException> refusedTheSecondTime() {
        return Stream.of(
                answered(403, "AccessDenied", "no").toBuilder().numAttempts(2).build(),
                SdkClientException.builder()
                        .message("Unable to execute")
                        .cause(new ConnectException("Connection refused"))
                        .numAttempts(2)
                        .build());
    }

    @ParameterizedTest
    @MethodSource("refusedTheSecondTime")
    void of_whenTheClientItselfHasTriedBefore_mayHaveTakenEffectThen(SdkException last) {
        assertThat(AwsFailure.of(OPERATION, last).mayHaveTakenEffect()).isTrue();
    }

    @Test
    void of_whenTheSdksOwnRetriesAreOn_isToldHowOftenItTried() {
        SimulatedAws aws = SimulatedAws.create();
        aws.fault("GetCallerIdentity", 1, Fault.CONNECTION_RESET_AFTER);
        aws.fault("GetCallerIdentity", 2, Fault.ACCESS_DENIED);
        try (aws;
                StsClient retrying = aws.configure(StsClient.builder())
                        .overrideConfiguration(config -> config.retryStrategy(RetryMode.STANDARD))
                        .build()) {
            SdkException denied = catchThrowableOfType(SdkException.class, retrying::getCallerIdentity);

            AwsFailure failure = AwsFailure.of("sts:GetCallerIdentity", denied);

            assertThat(failure.kind()).isEqualTo(Kind.DENIED);
            assertThat(failure.mayHaveTakenEffect()).isTrue();
        }
    }

    static Stream<Arguments> neverSent() {
        return Stream.of(
                Arguments.of(new ConnectException("Connection refused")),
                Arguments.of(new UnknownHostException("iam.amazonaws.com")),
                Arguments.of(new NoRouteToHostException("No route to host")),
                Arguments.of(new IOException("wrapped", new ConnectException("Connection refused"))));
    }

    @ParameterizedTest
    @MethodSource("neverSent")
    void of_whenNothingCanHaveBeenSent_certainlyHadNoEffect(IOException cause) {
        AwsFailure failure = AwsFailure.of(OPERATION, SdkClientException.create("Unable to execute", cause));

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure.mayHaveTakenEffect()).isFalse();
    }

    static Stream<Arguments> maybeSent() {
        return Stream.of(
                Arguments.of(new SocketTimeoutException("Read timed out")),
                Arguments.of(new SocketTimeoutException("Connect timed out")),
                Arguments.of(new SocketException("Connection reset")),
                Arguments.of(new SSLHandshakeException("Remote host terminated the handshake")),
                Arguments.of(new IOException("Unexpected end of file from server")));
    }

    @ParameterizedTest
    @MethodSource("maybeSent")
    void of_whenSomethingMayHaveBeenSent_mayHaveTakenEffect(IOException cause) {
        AwsFailure failure = AwsFailure.of(OPERATION, SdkClientException.create("Unable to execute", cause));

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure.mayHaveTakenEffect()).isTrue();
        assertThat(failure.description()).contains("Unable to execute");
    }

    @Test
    void of_whenClientFailsWithoutACause_mayHaveTakenEffect() {
        AwsFailure failure = AwsFailure.of(OPERATION, SdkClientException.create("Unable to unmarshall response"));

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure.mayHaveTakenEffect()).isTrue();
        assertThat(failure.errorCode()).isEmpty();
    }

    @Test
    void of_whenSdkTimesOut_mayHaveTakenEffect() {
        AwsFailure call = AwsFailure.of(OPERATION, ApiCallTimeoutException.create(5000));
        AwsFailure attempt = AwsFailure.of(OPERATION, ApiCallAttemptTimeoutException.create(1000));

        assertThat(call.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(call.mayHaveTakenEffect()).isTrue();
        assertThat(call.description()).isEqualTo("AWS did not answer in time");
        assertThat(attempt.kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(attempt.mayHaveTakenEffect()).isTrue();
    }

    @Test
    void of_whenSdkWasInterrupted_mayHaveTakenEffect() {
        AwsFailure failure = AwsFailure.of(OPERATION, AbortedException.create("aborted", new InterruptedException()));

        assertThat(failure.kind()).isEqualTo(Kind.INTERRUPTED);
        assertThat(failure.mayHaveTakenEffect()).isTrue();
        assertThat(failure.description()).isEqualTo("the thread was interrupted");
    }

    static Stream<RuntimeException> hiddenInterrupts() {
        return Stream.of(
                SdkClientException.create("Unable to execute", new InterruptedException()),
                SdkClientException.create("Unable to execute", new InterruptedIOException("interrupted")),
                SdkClientException.create("Unable to execute", new ClosedByInterruptException()),
                SdkClientException.create("Unable to execute", AbortedException.create("aborted")),
                SdkClientException.create("Unable to execute", new IOException(new InterruptedException())),
                SdkClientException.create(
                        "Unable to execute", new SocketTimeoutException().initCause(new InterruptedException())),
                new IllegalStateException("Interrupted waiting to refresh", new InterruptedException()));
    }

    @ParameterizedTest
    @MethodSource("hiddenInterrupts")
    void of_whenAnInterruptIsAmongTheCauses_isAnInterruptThatMayHaveTakenEffect(RuntimeException thrown) {
        AwsFailure failure = AwsFailure.of(OPERATION, thrown);

        assertThat(failure.kind()).isEqualTo(Kind.INTERRUPTED);
        assertThat(failure.mayHaveTakenEffect()).isTrue();
        assertThat(failure.description()).isEqualTo("the thread was interrupted");
    }

    @Test
    void of_whenTheClientFailsOnAnInterruptedThread_isAnInterruptAndTheFlagStays() {
        Thread.currentThread().interrupt();

        AwsFailure lost =
                AwsFailure.of(OPERATION, SdkClientException.create("Unable to execute", new SocketException("Closed")));
        AwsFailure unsent = AwsFailure.of(
                OPERATION, SdkClientException.create("Unable to execute", new ConnectException("Closed")));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(lost.kind()).isEqualTo(Kind.INTERRUPTED);
        assertThat(lost.mayHaveTakenEffect()).isTrue();
        assertThat(unsent.kind()).isEqualTo(Kind.INTERRUPTED);
        assertThat(unsent.mayHaveTakenEffect()).isFalse();
    }

    @Test
    void of_whenAwsAnsweredAnInterruptedThread_isTheAnswer() {
        Thread.currentThread().interrupt();

        AwsFailure failure = AwsFailure.of(OPERATION, answered(403, "AccessDenied", "no"));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.kind()).isEqualTo(Kind.DENIED);
    }

    @Test
    void of_whenTheHttpClientIsInterrupted_isAnInterrupt() throws IOException {
        ExecutableHttpRequest interrupted = mock(ExecutableHttpRequest.class);
        when(interrupted.call()).thenThrow(new InterruptedIOException("interrupted"));
        SdkHttpClient http = mock(SdkHttpClient.class);
        when(http.prepareRequest(any())).thenReturn(interrupted);
        StsClient sts = StsClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClient(http)
                .overrideConfiguration(config -> config.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();

        SdkClientException thrown = catchThrowableOfType(SdkClientException.class, sts::getCallerIdentity);

        assertThat(AwsFailure.of(OPERATION, thrown).kind()).isEqualTo(Kind.INTERRUPTED);
    }

    @Test
    @Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
    void of_whenCausesGoInACircle_isToldAllTheSame() {
        IOException one = new IOException("one");
        one.initCause(new IOException("other", one));

        assertThat(AwsFailure.of(OPERATION, SdkClientException.create("Unable to execute", one))
                        .kind())
                .isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void of_whenThereWasNoSession_certainlyHadNoEffect() {
        AwsFailure failure = AwsFailure.of(OPERATION, new ConnectorException("Cannot assume it.", (Throwable) null));

        assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
        assertThat(failure.mayHaveTakenEffect()).isFalse();
        assertThat(failure.description()).isEqualTo("Cannot assume it.");
    }

    @Test
    void of_whenSomethingElseThrew_mayHaveTakenEffect() {
        AwsFailure failure = AwsFailure.of(OPERATION, new IllegalStateException("interceptor"));

        assertThat(failure.kind()).isEqualTo(Kind.UNEXPECTED);
        assertThat(failure.mayHaveTakenEffect()).isTrue();
    }

    @Test
    void interrupted_whenNothingWasSent_certainlyHadNoEffect() {
        AwsFailure failure = AwsFailure.interrupted(OPERATION);

        assertThat(failure.kind()).isEqualTo(Kind.INTERRUPTED);
        assertThat(failure.mayHaveTakenEffect()).isFalse();
    }

    @Test
    void afterAnAttempt_whenThatMayHaveTakenEffect_changesNothingElse() {
        AwsFailure failure = AwsFailure.of(OPERATION, answered(403, "AccessDenied", "no"));

        AwsFailure doubtful = failure.afterAnAttemptThatMayHaveTakenEffect();

        assertThat(doubtful)
                .usingRecursiveComparison()
                .ignoringFields("mayHaveTakenEffect")
                .isEqualTo(failure);
        assertThat(doubtful.mayHaveTakenEffect()).isTrue();
        assertThat(doubtful.afterAnAttemptThatMayHaveTakenEffect()).isSameAs(doubtful);
    }

    /** A new kind has to say here what the SDK throws to make it. */
    @Test
    void kind_whateverItIs_comesOfSomethingThatTheSdkThrows() {
        Set<Kind> made = Stream.of(
                        answered(403, "AccessDenied", ""),
                        answered(400, "Throttling", ""),
                        answered(500, "InternalFailure", ""),
                        ApiCallTimeoutException.create(1),
                        answered(403, "ExpiredToken", ""),
                        answered(404, "NoSuchEntity", ""),
                        new ConnectorException("", (Throwable) null),
                        AbortedException.create(""),
                        new IllegalStateException())
                .map(thrown -> AwsFailure.of(OPERATION, thrown).kind())
                .collect(Collectors.toSet());

        assertThat(made).containsExactlyInAnyOrderElementsOf(EnumSet.allOf(Kind.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil\ncode", "evil\u202ecode", "evil\u2028code"})
    void toString_whenAwsAnsweredControlCharacters_escapesThem(String code) {
        assertThat(AwsFailure.of(OPERATION, answered(400, code, "secret words")).toString())
                .contains("operation=iam:AddUserToGroup", "kind=REJECTED", "requestId=request-1", "\\u")
                .doesNotContain(code, "secret words");
    }

    private static AwsServiceException answered(int status, String code, String message) {
        return AwsServiceException.builder()
                .statusCode(status)
                .requestId("request-1")
                .message(message + " (Service: Iam, Status Code: " + status + ", Request ID: request-1)")
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .serviceName("Iam")
                        .build())
                .build();
    }
}
