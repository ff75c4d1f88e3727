package dev.connector.testing.internal.identitycenter;

import java.time.Duration;

/**
 * A permission set.
 *
 * @param arn its ARN
 * @param name its name
 * @param sessionDuration how long sessions last
 */
record PermissionSetEntry(String arn, String name, Duration sessionDuration) {}
