package dev.connector.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.connector.core.PolicyDocument.Statement;
import dev.connector.core.RoleAssumptionException.Hop;
import dev.connector.core.RoleAssumptionException.Reason;
import dev.connector.testing.AwsFact;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.StsException;

/** How what STS answers is told to whoever has to do something about it. */
class RoleAssumptionExceptionTest {

    private final StsClient sts = mock(StsClient.class);
    private final VirtualClock clock = new VirtualClock();

    static Stream<Arguments> answers() {
        return Stream.of(
                answer(Samples.stsError(403, "AccessDenied", "not authorized."), Reason.DENIED, false, "trust policy"),
                answer(Samples.stsError(400, "ExpiredTokenException", "expired"), Reason.EXPIRED_SOURCE, true, ""),
                answer(
                        Samples.stsError(403, "InvalidClientTokenId", "invalid"),
                        Reason.INVALID_SOURCE_CREDENTIALS,
                        false,
                        "clock"),
                answer(
                        Samples.stsError(403, "SignatureDoesNotMatch", "Signature expired"),
                        Reason.INVALID_SOURCE_CREDENTIALS,
                        false,
                        "clock"),
                answer(
                        Samples.stsError(400, "PackedPolicyTooLarge", "Packed size consumes 104%"),
                        Reason.PACKED_POLICY_TOO_LARGE,
                        false,
                        "fewer resources"),
                answer(
                        Samples.stsError(
                                400,
                                "ValidationError",
                                "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role"
                                        + " chaining"),
                        Reason.SESSION_TOO_LONG,
                        false,
                        "sessionDuration"),
                answer(
                        Samples.stsError(
                                400,
                                "ValidationError",
                                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."),
                        Reason.SESSION_TOO_LONG,
                        false,
                        "maximum session duration"),
                answer(
                        Samples.stsError(400, "ValidationError", "1 validation error detected"),
                        Reason.INVALID_REQUEST,
                        false,
                        "fails again"),
                answer(
                        Samples.stsError(400, "MalformedPolicyDocument", "Syntax errors in policy"),
                        Reason.INVALID_REQUEST,
                        false,
                        "fails again"),
                answer(
                        Samples.stsError(403, "RegionDisabledException", "STS is not activated in this region"),
                        Reason.REGION_DISABLED,
                        false,
                        "account settings"),
                answer(Samples.stsError(400, "Throttling", "Rate exceeded"), Reason.THROTTLED, true, "repeated later"),
                answer(
                        Samples.stsError(500, "InternalFailure", "internal"),
                        Reason.UNAVAILABLE,
                        true,
                        "repeated later"),
                answer(
                        StsException.builder()
                                .statusCode(418)
                                .message("no details")
                                .build(),
                        Reason.INVALID_REQUEST,
                        false,
                        "fails again"),
                answer(ApiCallTimeoutException.create(5_000), Reason.TIMEOUT, true, "did not answer in time"),
                answer(
                        SdkClientException.create("Unable to execute HTTP request", new UnknownHostException("sts")),
                        Reason.UNAVAILABLE,
                        true,
                        "repeated later"),
                answer(
                        SdkClientException.create("Unable to load credentials from any of the providers"),
                        Reason.NO_SOURCE_CREDENTIALS,
                        true,
                        "default chain"),
                answer(
                        new InvalidSettingsException(
                                "send a request", List.of("endpoint: 'evil.example' is not AWS's.")),
                        Reason.ENDPOINT_REFUSED,
                        false,
                        "evil.example"),
                answer(new ConnectorException("from a provider", (Throwable) null), Reason.OTHER, false, "cause"),
                answer(new UnsupportedOperationException("stub"), Reason.OTHER, false, "cause"));
    }

    private static Arguments answer(RuntimeException thrown, Reason reason, boolean retryable, String fragment) {
        return Arguments.of(thrown, reason, retryable, fragment);
    }

    @AwsFact({1, 8})
    @ParameterizedTest
    @MethodSource("answers")
    void translate_whenTheFirstLinkFails_saysWhyAndWhatToDo(
            RuntimeException answer, Reason reason, boolean retryable, String fragment) {
        when(sts.assumeRole(any(AssumeRoleRequest.class))).thenThrow(answer);

        assertTold(thrown(), Hop.RUNTIME, Samples.RUNTIME_ROLE, reason, retryable, fragment);
    }

    @AwsFact(8)
    @ParameterizedTest
    @MethodSource("answers")
    void translate_whenTheSecondLinkFails_saysWhyAndWhatToDo(
            RuntimeException answer, Reason reason, boolean retryable, String fragment) {
        when(sts.assumeRole(any(AssumeRoleRequest.class))).thenAnswer(call -> {
            AssumeRoleRequest request = call.getArgument(0);
            if (request.roleArn().equals(Samples.RUNTIME_ROLE)) {
                return Samples.session("key", null);
            }
            throw answer;
        });

        assertTold(
                thrown(),
                Hop.CONNECTOR,
                Samples.IAM_ROLE,
                reason,
                retryable,
                reason == Reason.NO_SOURCE_CREDENTIALS ? "" : fragment);
    }

    private static void assertTold(
            RoleAssumptionException thrown,
            Hop hop,
            String roleArn,
            Reason reason,
            boolean retryable,
            String fragment) {
        assertThat(thrown.hop()).isEqualTo(hop);
        assertThat(thrown.roleArn()).isEqualTo(roleArn);
        assertThat(thrown.reason()).isEqualTo(reason);
        assertThat(thrown.isRetryable()).isEqualTo(retryable);
        assertThat(thrown.awsOperation()).contains("sts:AssumeRole");
        assertThat(thrown)
                .hasMessageStartingWith(
                        "Cannot assume the " + (hop == Hop.RUNTIME ? "runtime role " : "role ") + roleArn)
                .hasMessageContaining(fragment)
                .hasMessageContaining("operation=sts:AssumeRole")
                .hasMessageNotContaining("..");
    }

    @Test
    void translate_whenAwsAnswers_hasItsCodeAndRequestId() {
        when(sts.assumeRole(any(AssumeRoleRequest.class)))
                .thenThrow(Samples.stsError(403, "AccessDenied", "not authorized"));

        assertThat(thrown().awsErrorCode()).contains("AccessDenied");
        assertThat(thrown().awsRequestId()).contains("request-1");
        assertThat(thrown()).hasMessageContaining("AWS answered: not authorized. Its trust policy");
    }

    @Test
    void translate_whenSecondLinkWithExternalIdIsDenied_saysThatOneWasSent() {
        when(sts.assumeRole(any(AssumeRoleRequest.class))).thenAnswer(call -> {
            AssumeRoleRequest request = call.getArgument(0);
            if (request.roleArn().equals(Samples.RUNTIME_ROLE)) {
                return Samples.session("key", null);
            }
            throw Samples.stsError(403, "AccessDenied", "no");
        });
        RoleSession session = connector()
                .session(ConnectorRole.builder(Samples.IAM_ROLE)
                        .externalId("very-secret-2")
                        .build());

        assertThat(catchThrowableOfType(RoleAssumptionException.class, session::refresh))
                .hasMessageContaining("An External ID was sent")
                .hasMessageNotContaining("very-secret-2");
    }

    @Test
    void translate_whenInterrupted_keepsTheFlag() {
        when(sts.assumeRole(any(AssumeRoleRequest.class))).thenThrow(AbortedException.create("aborted"));

        Threads.Run<Boolean> run = Threads.start(() -> {
            RoleAssumptionException thrown = thrown();
            assertThat(thrown.reason()).isEqualTo(Reason.INTERRUPTED);
            return Thread.currentThread().isInterrupted();
        });

        assertThat(run.outcome().join()).isTrue();
    }

    /** AWS repeats the value of a field that it calls wrong. */
    @Test
    void translate_whenAwsRepeatsTheExternalId_hidesItEverywhere() {
        when(sts.assumeRole(any(AssumeRoleRequest.class)))
                .thenThrow(Samples.stsError(
                        400, "ValidationError", "Value '" + Samples.EXTERNAL_ID + "' at 'externalId' is wrong"));

        RoleAssumptionException thrown = thrown();

        StringWriter printed = new StringWriter();
        thrown.printStackTrace(new PrintWriter(printed));
        assertThat(printed.toString()).contains("Value '***'").doesNotContain(Samples.EXTERNAL_ID);
        assertThat(thrown.awsErrorCode()).contains("ValidationError");
        assertThat(thrown.awsRequestId()).contains("request-1");
    }

    @Test
    void translate_whenAnswerWithoutDetailsRepeatsTheExternalId_hidesIt() {
        when(sts.assumeRole(any(AssumeRoleRequest.class)))
                .thenThrow(StsException.builder()
                        .statusCode(400)
                        .message("wrong: " + Samples.EXTERNAL_ID)
                        .build());

        StringWriter printed = new StringWriter();
        thrown().printStackTrace(new PrintWriter(printed));

        assertThat(printed.toString()).doesNotContain(Samples.EXTERNAL_ID);
    }

    static Stream<RuntimeException> repeatingTheRequest() {
        String request = "AssumeRoleRequest(ExternalId=" + Samples.EXTERNAL_ID + ")";
        return Stream.of(
                new IllegalStateException("An interceptor took offence at " + request),
                new IllegalStateException("wrapped", new IllegalArgumentException(request)),
                SdkClientException.create("Unable to send", new IOException(request)));
    }

    /** A client's interceptors may print what they were given, and so do mocks that were told of other arguments. */
    @ParameterizedTest
    @MethodSource("repeatingTheRequest")
    void translate_whenTheClientRepeatsTheRequest_hidesTheExternalId(RuntimeException repeating) {
        when(sts.assumeRole(any(AssumeRoleRequest.class))).thenThrow(repeating);

        StringWriter printed = new StringWriter();
        thrown().printStackTrace(new PrintWriter(printed));

        assertThat(printed.toString())
                .contains(repeating.getClass().getSimpleName())
                .doesNotContain(Samples.EXTERNAL_ID);
    }

    /** Users' tests throw these themselves. */
    @ParameterizedTest
    @EnumSource(Reason.class)
    void newException_whenMadeByATest_holdsWhatItWasGiven(Reason reason) {
        RoleAssumptionException thrown = new RoleAssumptionException(
                Hop.CONNECTOR, Samples.IAM_ROLE, reason, "a\nb", new IllegalStateException("cause"));

        assertThat(thrown.reason()).isEqualTo(reason);
        assertThat(thrown.isRetryable()).isFalse();
        assertThat(thrown.awsOperation()).isEmpty();
        assertThat(thrown).hasMessage("a\\u000ab").hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void serialise_whenSentElsewhere_keepsWhatCanBeActedOn() throws Exception {
        when(sts.assumeRole(any(AssumeRoleRequest.class)))
                .thenThrow(Samples.stsError(403, "AccessDenied", "not authorized"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(thrown());
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            RoleAssumptionException read = (RoleAssumptionException) in.readObject();
            assertThat(read.hop()).isEqualTo(Hop.RUNTIME);
            assertThat(read.reason()).isEqualTo(Reason.DENIED);
            assertThat(read.awsErrorCode()).contains("AccessDenied");
        }
    }

    private RoleAssumptionException thrown() {
        PolicyDocument policy = PolicyDocument.of(Statement.allow(List.of("iam:GetUser"), List.of("*")));
        RoleSession session = connector()
                .session(ConnectorRole.builder(Samples.IAM_ROLE)
                        .sessionPolicy(policy)
                        .build());
        return catchThrowableOfType(RoleAssumptionException.class, session::refresh);
    }

    private RuntimeConnector connector() {
        return RuntimeConnector.builder()
                .settings(Samples.settings())
                .environment("main")
                .stsClient(sts)
                .clock(clock)
                .build();
    }
}
