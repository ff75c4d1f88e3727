package dev.connector.strategies.sso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AssignmentLimitsTest {

    private static final AssignmentLimits DEFAULT = AssignmentLimits.DEFAULT;

    @Test
    void limits_outOfRange_areRefusedByName() {
        assertThatThrownBy(() -> DEFAULT.withRequestsPerSecond(0)).hasMessageContaining("requestsPerSecond");
        assertThatThrownBy(() -> DEFAULT.withRequestsPerSecond(1_001)).hasMessageContaining("1000");
        assertThatThrownBy(() -> DEFAULT.withOutstandingChanges(0)).hasMessageContaining("outstandingChanges");
        assertThatThrownBy(() -> DEFAULT.withReservedRevocationSlots(10))
                .hasMessage("reservedRevocationSlots must be from 0 to 9, but is 10.");
        assertThatThrownBy(() -> new AssignmentLimits(20, 10, 1, Duration.ZERO, Duration.ZERO))
                .hasMessageContaining("maxProvisioning");
        assertThatThrownBy(() -> new AssignmentLimits(20, 10, 1, Duration.ofHours(1), Duration.ofDays(1)))
                .hasMessageContaining("maxConflict");
    }

    @Test
    void and_ofTwo_leavesAwsTheMoreRoom() {
        AssignmentLimits one = new AssignmentLimits(10, 12, 0, Duration.ofMinutes(5), Duration.ofMinutes(5));
        AssignmentLimits other = new AssignmentLimits(30, 3, 2, Duration.ofMinutes(9), Duration.ofMinutes(1));

        assertThat(one.and(other))
                .isEqualTo(other.and(one))
                .isEqualTo(new AssignmentLimits(10, 3, 2, Duration.ofMinutes(9), Duration.ofMinutes(1)));
        assertThat(DEFAULT.withReservedRevocationSlots(5).and(DEFAULT.withOutstandingChanges(2)))
                .isEqualTo(DEFAULT.withOutstandingChanges(2));
    }
}
