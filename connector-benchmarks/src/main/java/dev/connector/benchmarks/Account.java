package dev.connector.benchmarks;

import dev.connector.core.ConnectorClock;
import dev.connector.core.RuntimeConnector;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;

/** The account that {@link CannedAws} answers for: what both sides of a comparison know of it. */
final class Account {

    static final String USER = "ada@example.com";
    static final String PATH = "/sym/";
    static final String GROUP = "OnCall";
    static final String RUNTIME_ROLE = "arn:aws:iam::111122223333:role/sym/SymRuntimeMain";
    static final String IAM_ROLE = "arn:aws:iam::111122223333:role/sym/SymIAMMain";
    static final String EXTERNAL_ID = "4f9b1f4e-5a3e-4b8e-9f65-0c9a3f3d2b10";
    static final Region REGION = Region.US_EAST_1;

    private Account() {}

    static AwsCredentialsProvider serviceCredentials() {
        return StaticCredentialsProvider.create(
                AwsBasicCredentials.create("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));
    }

    static RuntimeConnector.Builder connector(SdkHttpClient http, ConnectorClock clock) {
        return RuntimeConnector.builder()
                .roleArn(RUNTIME_ROLE)
                .externalId(EXTERNAL_ID)
                .environment("main")
                .region(REGION)
                .sourceCredentials(serviceCredentials())
                .httpClient(http)
                .clock(clock);
    }
}
