package dev.connector.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

class ConnectorExceptionTest {

    private static final String OPERATION = "iam:AddUserToGroup";

    @Test
    void new_whenAwsHadNoPart_hasMessageAndCauseAlone() {
        Exception cause = new Exception();

        ConnectorException exception = new ConnectorException("Cannot do it. Do this.", cause);

        assertThat(exception).hasMessage("Cannot do it. Do this.").hasCause(cause);
        assertThat(exception.awsOperation()).isEmpty();
        assertThat(exception.awsErrorCode()).isEmpty();
        assertThat(exception.awsRequestId()).isEmpty();
        assertThat(exception.isRetryable()).isFalse();
    }

    @Test
    void new_whenAwsAnswered_putsDetailsBehindTheMessage() {
        AwsServiceException answered = answered(404, "NoSuchEntity", "request-1");

        ConnectorException exception = new ConnectorException("Cannot do it.", AwsFailure.of(OPERATION, answered));

        assertThat(exception)
                .hasMessage("Cannot do it. [operation=iam:AddUserToGroup, errorCode=NoSuchEntity, requestId=request-1]")
                .hasCause(answered);
        assertThat(exception.awsOperation()).contains(OPERATION);
        assertThat(exception.awsErrorCode()).contains("NoSuchEntity");
        assertThat(exception.awsRequestId()).contains("request-1");
    }

    @Test
    void new_whenAwsGaveNoDetails_leavesThemOut() {
        ConnectorException exception = new ConnectorException(
                "Cannot do it.", AwsFailure.of(OPERATION, SdkClientException.create("connection reset")));

        assertThat(exception).hasMessage("Cannot do it. [operation=iam:AddUserToGroup]");
        assertThat(exception.awsOperation()).contains(OPERATION);
        assertThat(exception.awsErrorCode()).isEmpty();
        assertThat(exception.awsRequestId()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\u0000", "\u001b[31m", "\u0085", "\u202e", "\u2066", "\u2028", "\ud800"})
    void getMessage_whenTextFromOutsideHasSuchCharacters_escapesThem(String evil) {
        AwsFailure failure = AwsFailure.of(OPERATION, answered(400, "Code" + evil, "id" + evil));

        assertThat(new ConnectorException("user " + evil + " it", (Throwable) null))
                .hasMessageContaining("user \\u")
                .message()
                .doesNotContain(evil);
        assertThat(new ConnectorException("user " + evil + " it", failure))
                .hasMessageContaining("user \\u")
                .hasMessageContaining("errorCode=Code\\u")
                .hasMessageContaining("requestId=id\\u")
                .message()
                .doesNotContain(evil);
    }

    @ParameterizedTest
    @CsvSource({
        "400, Throttling, true",
        "500, InternalFailure, true",
        "200, Unreadable, true",
        "403, ExpiredToken, true",
        "403, AccessDenied, false",
        "404, NoSuchEntity, false"
    })
    void isRetryable_whenAwsAnswered_isSoOnlyWhereTimeCanHelp(int status, String code, boolean retryable) {
        assertThat(caused(answered(status, code, "request-1")).isRetryable()).isEqualTo(retryable);
    }

    @Test
    void isRetryable_whenAwsDidNotAnswer_isSoOnlyWhereTimeCanHelp() {
        assertThat(caused(ApiCallTimeoutException.create(1)).isRetryable()).isTrue();
        assertThat(caused(SdkClientException.create("reset")).isRetryable()).isTrue();
        assertThat(caused(AbortedException.create("interrupted")).isRetryable()).isTrue();
        assertThat(caused(new IllegalStateException()).isRetryable()).isFalse();
    }

    @Test
    void isRetryable_whenThereWasNoSession_isSoIfTheSessionsFailureIs() {
        assertThat(caused(caused(ApiCallTimeoutException.create(1))).isRetryable())
                .isTrue();
        assertThat(caused(caused(answered(403, "AccessDenied", "request-1"))).isRetryable())
                .isFalse();
    }

    private static ConnectorException caused(RuntimeException thrown) {
        return new ConnectorException("Cannot do it.", AwsFailure.of(OPERATION, thrown));
    }

    private static AwsServiceException answered(int status, String code, String requestId) {
        return AwsServiceException.builder()
                .statusCode(status)
                .requestId(requestId)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
    }
}
