package dev.connector.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectorListenerTest {

    private static final AwsFailure FAILURE = AwsFailure.of("iam:GetUser", new IllegalStateException());

    private final ConnectorListener.Call call = ImmutableCall.builder()
            .operation("iam:GetUser")
            .duration(Duration.ofMillis(3))
            .build();
    private final ConnectorListener.Retry retry = ImmutableRetry.builder()
            .failure(FAILURE)
            .attempt(2)
            .delay(Duration.ZERO)
            .build();
    private final ConnectorListener.Wait pause = ImmutableWait.builder()
            .purpose("iam:AddUserToGroup to be visible")
            .duration(Duration.ofSeconds(1))
            .build();
    private final ConnectorListener.Refresh refresh = ImmutableRefresh.builder()
            .roleArn("arn:aws:iam::111122223333:role/sym/SymRuntimeMain")
            .duration(Duration.ofMillis(5))
            .failure(FAILURE)
            .build();

    @Test
    void none_whateverItIsTold_doesNothing() {
        ConnectorListener none = ConnectorListener.none();

        assertThatCode(() -> {
                    none.onCall(call);
                    none.onRetry(retry);
                    none.onWait(pause);
                    none.onRefresh(refresh);
                })
                .doesNotThrowAnyException();
    }

    @Test
    void values_always_giveBackWhatTheyWereMadeOf() {
        assertThat(call.operation()).isEqualTo("iam:GetUser");
        assertThat(call.duration()).isEqualTo(Duration.ofMillis(3));
        assertThat(call.failure()).isEmpty();
        assertThat(retry.failure()).isSameAs(FAILURE);
        assertThat(retry.attempt()).isEqualTo(2);
        assertThat(retry.delay()).isZero();
        assertThat(pause.purpose()).isEqualTo("iam:AddUserToGroup to be visible");
        assertThat(pause.duration()).isEqualTo(Duration.ofSeconds(1));
        assertThat(refresh.roleArn()).endsWith("SymRuntimeMain");
        assertThat(refresh.duration()).isEqualTo(Duration.ofMillis(5));
        assertThat(refresh.failure()).contains(FAILURE);
    }
}
