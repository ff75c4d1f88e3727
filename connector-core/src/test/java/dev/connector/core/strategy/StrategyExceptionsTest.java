package dev.connector.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.core.AwsFailure;
import dev.connector.core.ConnectorException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.sts.model.StsException;

class StrategyExceptionsTest {

    private static AwsFailure failure(int status, String code) {
        return AwsFailure.of(
                "door:Open",
                StsException.builder()
                        .statusCode(status)
                        .requestId("request-1")
                        .message(Samples.FORGERY)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode(code)
                                .errorMessage(Samples.FORGERY)
                                .serviceName("Door")
                                .build())
                        .build());
    }

    static List<ConnectorException> all() {
        return List.of(
                new StrategyException(StrategyException.Reason.DENIED, Samples.FORGERY, failure(403, "AccessDenied")),
                new StrategyException(
                        StrategyException.Reason.NOT_STARTED, Samples.FORGERY, new InterruptedException("interrupted")),
                new OutcomeUnknownException(
                        Verb.ESCALATE,
                        Samples.preparedGrant().pending(),
                        Samples.FORGERY,
                        failure(500, "InternalFailure")),
                new OutcomeUnknownException(
                        Verb.DEESCALATE, Samples.fullGrant().ending(), Samples.FORGERY, new IOException("cut")),
                new TargetNotAllowedException(DoorTarget.of("front"), Samples.FORGERY),
                new GrantRejectedException(Samples.FORGERY),
                new GrantRejectedException(Samples.FORGERY, new IllegalArgumentException("wrong")));
    }

    @ParameterizedTest
    @MethodSource("all")
    void getMessage_whenTextIsForged_isOneLine(ConnectorException exception) {
        OneLine.checkForged(String.valueOf(exception.getMessage()));
        OneLine.check(exception.toString());
    }

    @ParameterizedTest
    @MethodSource("all")
    void serialization_whenWritten_keepsWhatIsText(ConnectorException exception) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(exception);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            ConnectorException read = (ConnectorException) in.readObject();
            assertThat(read).hasSameClassAs(exception).hasMessage(exception.getMessage());
            assertThat(read.isRetryable()).isEqualTo(exception.isRetryable());
            assertThat(read.awsErrorCode()).isEqualTo(exception.awsErrorCode());
            if (exception instanceof StrategyException strategy) {
                assertThat(((StrategyException) read).reason()).isEqualTo(strategy.reason());
            }
        }
    }

    @Test
    void strategyException_whenAwsAnswered_tellsItsPart() {
        StrategyException denied =
                new StrategyException(StrategyException.Reason.DENIED, "Cannot open.", failure(403, "AccessDenied"));

        assertThat(denied.reason()).isEqualTo(StrategyException.Reason.DENIED);
        assertThat(denied.isRetryable()).isFalse();
        assertThat(denied.awsOperation()).contains("door:Open");
        assertThat(denied.awsErrorCode()).contains("AccessDenied");
        assertThat(denied.awsRequestId()).contains("request-1");
        assertThat(denied).hasMessageContaining("[operation=door:Open, errorCode=AccessDenied, requestId=request-1]");
    }

    @ParameterizedTest
    @EnumSource(StrategyException.Reason.class)
    void isRetryable_whenAwsDidNotAnswer_followsTheReason(StrategyException.Reason reason) {
        StrategyException exception = new StrategyException(reason, "Cannot open.");

        assertThat(exception.isRetryable())
                .isEqualTo(Stream.of(
                                StrategyException.Reason.NOT_STARTED,
                                StrategyException.Reason.THROTTLED,
                                StrategyException.Reason.CONFLICT,
                                StrategyException.Reason.UNAVAILABLE)
                        .anyMatch(reason::equals));
    }

    @Test
    void isRetryable_whenAwsAnswered_followsItsAnswer() {
        assertThat(new StrategyException(StrategyException.Reason.THROTTLED, "", failure(400, "Throttling"))
                        .isRetryable())
                .isTrue();
        assertThat(new StrategyException(StrategyException.Reason.UNAVAILABLE, "", failure(503, "Unavailable"))
                        .isRetryable())
                .isTrue();
        assertThat(new StrategyException(StrategyException.Reason.UNAVAILABLE, "", failure(400, "NoSuchDoor"))
                        .isRetryable())
                .isFalse();
        assertThat(new StrategyException(StrategyException.Reason.NOT_STARTED, "", failure(400, "NoSuchDoor"))
                        .isRetryable())
                .isTrue();
    }

    @Test
    void outcomeUnknown_whenThrown_carriesWhatFindsOut() {
        Grant pending = Samples.preparedGrant().pending();
        OutcomeUnknownException unknown =
                new OutcomeUnknownException(Verb.ESCALATE, pending, "Cannot tell.", failure(400, "ValidationError"));

        assertThat(unknown.pending()).isSameAs(pending);
        assertThat(unknown.during()).isEqualTo(Verb.ESCALATE);
        assertThat(unknown.isRetryable()).isTrue();
        assertThat(new OutcomeUnknownException(Verb.DEESCALATE, pending, "Cannot tell.").during())
                .isEqualTo(Verb.DEESCALATE);
    }

    @Test
    void targetNotAllowed_whenThrown_namesTheTarget() {
        TargetNotAllowedException refused = new TargetNotAllowedException(DoorTarget.of("front"), "Not on the list.");

        assertThat(refused.target()).isEqualTo(TargetSnapshot.of(DoorTarget.of("front")));
        assertThat(refused.isRetryable()).isFalse();
        assertThat(refused.awsOperation()).isEmpty();
        assertThat(new GrantRejectedException("No.").isRetryable()).isFalse();
    }
}
