package dev.connector.testing.internal.identity;

import org.jspecify.annotations.Nullable;

/**
 * An access key and what it stands for.
 *
 * @param accessKeyId the public part
 * @param secretAccessKey the secret part
 * @param sessionToken the token of a session; null for a user's key
 * @param identity who it is of
 */
public record Credential(
        String accessKeyId,
        String secretAccessKey,
        @Nullable String sessionToken,
        Identity identity) {

    /** Says whose it is, and nothing that is secret. */
    @Override
    public String toString() {
        return "Credential[" + accessKeyId + " of " + identity.arn() + "]";
    }
}
