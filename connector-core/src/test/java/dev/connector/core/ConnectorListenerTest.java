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
    private final ConnectorListener.Place place =
            ConnectorListener.Place.of("sso:CreateAccountAssignment", 7, Duration.ofSeconds(9));
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
                    none.onQueue(place);
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
        assertThat(place.operation()).isEqualTo("sso:CreateAccountAssignment");
        assertThat(place.position()).isEqualTo(7);
        assertThat(place.timeToGo()).isEqualTo(Duration.ofSeconds(9));
        assertThat(place).hasToString("Place{operation=sso:CreateAccountAssignment, position=7, timeToGo=PT9S}");
        assertThat(refresh.roleArn()).endsWith("SymRuntimeMain");
        assertThat(refresh.duration()).isEqualTo(Duration.ofMillis(5));
        assertThat(refresh.failure()).contains(FAILURE);
    }

    @Test
    void guarded_whenTheListenerThrows_doesNot() {
        ConnectorListener guarded = ConnectorListener.guarded(new ConnectorListener() {
            @Override
            public void onQueue(Place told) {
                throw new IllegalStateException("a broken metric");
            }
        });

        assertThatCode(() -> guarded.onQueue(place)).doesNotThrowAnyException();
        assertThat(ConnectorListener.guarded(ConnectorListener.none())).isSameAs(ConnectorListener.none());
    }
}
