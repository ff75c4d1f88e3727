package dev.connector.strategies.sso;

import java.time.Duration;

/**
 * What one Identity Center instance bears, and how long the queue puts up with it.
 *
 * @param requestsPerSecond calls of all SSO Admin operations together; 1 to 1,000
 * @param outstandingChanges changes that AWS works on at one time; 1 to 1,000
 * @param reservedRevocationSlots how many of those grants may not take; less than {@code outstandingChanges}
 * @param maxProvisioning after which a change that is still in progress no longer counts; 1 minute to 1 day
 * @param maxConflict how long a change is sent again that AWS refuses because an earlier one has not arrived everywhere; up to 1 hour
 */
record AssignmentLimits(
        int requestsPerSecond,
        int outstandingChanges,
        int reservedRevocationSlots,
        Duration maxProvisioning,
        Duration maxConflict) {

    /** AWS's quotas as its older page gives them, which holds where its newer page does too. */
    static final AssignmentLimits DEFAULT =
            new AssignmentLimits(20, 10, 1, Duration.ofMinutes(15), Duration.ofMinutes(2));

    AssignmentLimits {
        requireRange("requestsPerSecond", requestsPerSecond, 1, 1_000);
        requireRange("outstandingChanges", outstandingChanges, 1, 1_000);
        requireRange("reservedRevocationSlots", reservedRevocationSlots, 0, outstandingChanges - 1);
        requireRange("maxProvisioning", maxProvisioning, Duration.ofMinutes(1), Duration.ofDays(1));
        requireRange("maxConflict", maxConflict, Duration.ZERO, Duration.ofHours(1));
    }

    private static <T extends Comparable<T>> void requireRange(String name, T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    name + " must be from " + least + " to " + most + ", but is " + value + ".");
        }
    }

    /** What satisfies both: of each quota the lower, of each share and time the one that leaves AWS more room. */
    AssignmentLimits and(AssignmentLimits other) {
        int outstanding = Math.min(outstandingChanges, other.outstandingChanges);
        return new AssignmentLimits(
                Math.min(requestsPerSecond, other.requestsPerSecond),
                outstanding,
                Math.min(Math.max(reservedRevocationSlots, other.reservedRevocationSlots), outstanding - 1),
                longer(maxProvisioning, other.maxProvisioning),
                shorter(maxConflict, other.maxConflict));
    }

    AssignmentLimits withRequestsPerSecond(int value) {
        return new AssignmentLimits(value, outstandingChanges, reservedRevocationSlots, maxProvisioning, maxConflict);
    }

    AssignmentLimits withOutstandingChanges(int value) {
        return new AssignmentLimits(
                requestsPerSecond, value, Math.min(reservedRevocationSlots, value - 1), maxProvisioning, maxConflict);
    }

    AssignmentLimits withReservedRevocationSlots(int value) {
        return new AssignmentLimits(requestsPerSecond, outstandingChanges, value, maxProvisioning, maxConflict);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
