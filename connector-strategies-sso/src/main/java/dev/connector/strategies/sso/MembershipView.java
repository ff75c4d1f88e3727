package dev.connector.strategies.sso;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A membership as a read shows it.
 *
 * @param id AWS's id; made anew, a membership has another one
 * @param createdAt when it was made; {@code null} if AWS does not say, or may not be asked
 */
record MembershipView(String id, @Nullable Instant createdAt) {

    /** How far AWS's clock and the caller's may be apart. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    /** Whether it was certainly there before an instant of the caller's clock. Where AWS does not say when it was made, it was. */
    boolean isOlderThan(Instant instant) {
        return createdAt == null || createdAt.isBefore(instant.minus(SKEW));
    }
}
