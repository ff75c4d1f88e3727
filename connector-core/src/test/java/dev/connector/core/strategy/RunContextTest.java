package dev.connector.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class RunContextTest {

    @Test
    void build_whenChannelIsTooLong_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> RunContext.builder().channel("x".repeat(1_025)).build())
                .withMessageStartingWith("The channel of the run must have at most 1024");
    }

    @Test
    void toString_whenChannelIsForged_isOneLine() {
        assertThat(RunContext.builder().build()).hasToString("RunContext{}");
        assertThat(Samples.fullRun())
                .isEqualTo(Samples.fullRun())
                .hasToString("RunContext{srn=sym:run:lambda_access:1.0.0:ff30a212-24d9-459c-8784-de275042b083,"
                        + " parent=sym:run:parent:latest, flow=sym:flow:door_access:1.2.3,"
                        + " template=sym:template:approval:1.0.0, channel=slack}");
        OneLine.checkForged(
                RunContext.builder().channel(Samples.FORGERY).build().toString());
    }
}
