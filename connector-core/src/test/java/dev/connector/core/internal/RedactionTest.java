package dev.connector.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sts.model.ExpiredTokenException;
import software.amazon.awssdk.services.sts.model.StsException;

class RedactionTest {

    private static final Redaction REDACTION = Redaction.of(List.of("a/secret+id"));

    @Test
    void cleaned_whenNothingTellsASecret_isTheSame() {
        RuntimeException thrown = new IllegalStateException("a/secret", new IOException("x-amz-security-token"));

        assertThat(REDACTION.cleaned(thrown)).isSameAs(thrown);
    }

    @Test
    void cleaned_whenAwsRepeatsIt_isTheSameFailureWithoutIt() {
        ExpiredTokenException thrown = ExpiredTokenException.builder()
                .statusCode(400)
                .requestId("request-1")
                .numAttempts(2)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("ExpiredTokenException")
                        .errorMessage("Value 'a/secret+id' or a%2Fsecret%2Bid")
                        .rawResponse(SdkBytes.fromUtf8String("a/secret+id"))
                        .build())
                .cause(new ConnectException("clean"))
                .build();

        ExpiredTokenException cleaned = (ExpiredTokenException) REDACTION.cleaned(thrown);

        assertThat(cleaned.awsErrorDetails().errorMessage()).isEqualTo("Value '***' or ***");
        assertThat(cleaned.awsErrorDetails().errorCode()).isEqualTo("ExpiredTokenException");
        assertThat(cleaned.awsErrorDetails().rawResponse()).isNull();
        assertThat(cleaned.statusCode()).isEqualTo(400);
        assertThat(cleaned.requestId()).isEqualTo("request-1");
        assertThat(cleaned.numAttempts()).isEqualTo(2);
        assertThat(cleaned).hasCauseInstanceOf(ConnectException.class);
        assertThat(cleaned.getStackTrace()).isEqualTo(thrown.getStackTrace());
    }

    @Test
    void cleaned_whenAnswerHasNoDetails_cleansItsMessage() {
        RuntimeException thrown =
                StsException.builder().message("wrong: a/secret+id").build();

        assertThat(REDACTION.cleaned(thrown)).isInstanceOf(StsException.class).hasMessageStartingWith("wrong: ***");
    }

    /** What kind of failure it was must not change with its words. */
    @Test
    void cleaned_whenAClientsTimeoutTells_isATimeout() {
        RuntimeException thrown =
                ApiCallTimeoutException.builder().message("a/secret+id").build();

        assertThat(REDACTION.cleaned(thrown))
                .isInstanceOf(ApiCallTimeoutException.class)
                .hasMessage("***");
    }

    @Test
    void cleaned_whenACauseTells_losesIt() {
        RuntimeException thrown = SdkClientException.create("Cannot send", new IOException("a/secret+id"));

        assertThat(REDACTION.cleaned(thrown))
                .isInstanceOf(SdkClientException.class)
                .hasMessage("Cannot send")
                .hasNoCause();
    }

    @Test
    void cleaned_whenWhatWasSuppressedTells_losesIt() {
        RuntimeException thrown = new IllegalStateException("outer");
        thrown.addSuppressed(new IOException("a/secret+id"));

        assertThat(REDACTION.cleaned(thrown))
                .hasMessage("java.lang.IllegalStateException: outer")
                .hasNoSuppressedExceptions();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host:sts\nx-amz-security-token:IQoJb3JpZ2luX2VjE+/=\n\nhost",
                "X-Amz-Security-Token=[IQoJb3JpZ2luX2VjE+/=]",
                "{\"X-Amz-Security-Token\": \"IQoJb3JpZ2luX2VjE+/=\"}",
                "?X-Amz-Security-Token=IQoJb3JpZ2luX2VjE%2B%2F%3D&Action=x"
            })
    void cleaned_whenATokenStandsByItsName_hidesItWhosesoeverItIs(String words) {
        RuntimeException cleaned = Redaction.ofTokens().cleaned(new IllegalStateException(words));

        assertThat(Objects.requireNonNull(cleaned.getMessage())).contains("***").doesNotContain("IQoJ", "X2VjE");
    }

    @Test
    void cleaned_whenTheTokensNameStandsAlone_isTheSame() {
        RuntimeException thrown = new IllegalStateException("SignedHeaders=host;x-amz-security-token, Signature=0123");

        assertThat(Redaction.ofTokens().cleaned(thrown)).isSameAs(thrown);
    }

    @Test
    void cleaned_whenCausesGoInACircle_ends() {
        RuntimeException thrown = new IllegalStateException("outer");
        RuntimeException cause = new IllegalStateException("inner", thrown);
        thrown.initCause(cause);

        assertThat(REDACTION.cleaned(thrown)).isSameAs(thrown);
    }

    /** The SDK prints a new session's token in the answer's {@code toString}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Credentials(AccessKeyId=ASIA, SecretAccessKey=***, SessionToken=IQoJtoken, Expiration=2026)",
                "<SessionToken>IQoJtoken</SessionToken>"
            })
    void cleaned_whenANewSessionsTokenStandsInIt_hidesThat(String text) {
        assertThat(Redaction.ofTokens().cleaned(new IllegalStateException(text)).getMessage())
                .contains("SessionToken")
                .doesNotContain("IQoJ");
    }

    @Test
    void cleaned_whenOneSecretBeginsWithAnother_hidesAllOfIt() {
        Redaction redaction = Redaction.of(List.of("IQ", "IQoJtoken"));

        assertThat(redaction.cleaned(new IllegalStateException("is IQoJtoken")).getMessage())
                .endsWith("is ***");
    }
}
