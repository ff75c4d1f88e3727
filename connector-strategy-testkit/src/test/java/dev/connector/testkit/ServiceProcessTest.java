package dev.connector.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connector.core.RuntimeConnector;
import dev.connector.testing.SimulatedAws;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceProcessTest {

    private final SimulatedAws aws = SimulatedAws.create();
    private final Wire wire = new Wire(aws);
    private final ServiceProcess<GroupTarget> process = new ServiceProcess<>(aws, wire, List.of(), List.of());

    @Test
    void connector_callsThroughTheProcess_untilThatEnds() {
        Map<String, String> settings = aws.runtimeConnector("main");
        RuntimeConnector connector = process.connector(settings, "main");

        connector.credentialsProvider().resolveCredentials();

        assertThat(wire.sent()).isEqualTo(1);
        assertThat(process.httpClient()).isSameAs(wire);
        process.end();
        assertThatThrownBy(() -> connector.credentialsProvider().resolveCredentials())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void connector_whenTheProcessHasCrashed_sendsNothing() {
        RuntimeConnector connector = process.connector(aws.runtimeConnector("main"), "main");
        wire.follow(Plan.crash(1, false));

        assertThatThrownBy(() -> connector.credentialsProvider().resolveCredentials())
                .isInstanceOf(Crash.class);
        assertThatThrownBy(() -> connector.credentialsProvider().resolveCredentials())
                .isInstanceOf(Crash.class);

        assertThat(aws.calls()).isEmpty();
        assertThat(wire.isDead()).isTrue();
    }

    @Test
    void end_whenTheStrategyCannotBeClosed_saysSo() {
        process.closeWith(() -> {
            throw new IllegalStateException("stuck");
        });

        assertThatThrownBy(process::end).isInstanceOf(AssertionError.class).hasMessageContaining("stuck");
    }
}
