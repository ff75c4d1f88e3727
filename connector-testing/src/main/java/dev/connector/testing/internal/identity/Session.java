package dev.connector.testing.internal.identity;

import dev.connector.testing.internal.auth.Policy;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A session of a role.
 *
 * @param name its name
 * @param expiration when it ends
 * @param policy what it is limited to besides the role's policies; null if it is not
 * @param sourceIdentity who stands behind it; null if that was not said
 * @param transitiveTags the tags that go on to sessions that are started from this one
 */
public record Session(
        String name,
        Instant expiration,
        @Nullable Policy policy,
        @Nullable String sourceIdentity,
        Map<String, String> transitiveTags) {}
