package dev.connector.core.strategy;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/**
 * Credentials, and what puts them on a request.
 *
 * @param credentials the credentials
 * @param override the configuration of a request that has no other
 */
record Authorization(AwsCredentials credentials, AwsRequestOverrideConfiguration override) {

    static Authorization with(AwsCredentials credentials) {
        return new Authorization(credentials, override(AwsRequestOverrideConfiguration.builder(), credentials));
    }

    /** Beside what a request's own configuration holds already. */
    AwsRequestOverrideConfiguration beside(AwsRequestOverrideConfiguration present) {
        return override(present.toBuilder(), credentials);
    }

    private static AwsRequestOverrideConfiguration override(
            AwsRequestOverrideConfiguration.Builder override, AwsCredentials credentials) {
        return override.credentialsProvider(() -> credentials).build();
    }

    /** Without the credentials. */
    @Override
    public String toString() {
        return "Authorization{***}";
    }
}
