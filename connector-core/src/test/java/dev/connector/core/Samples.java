package dev.connector.core;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.StsException;

/** What tests of sessions begin with. */
public final class Samples {

    public static final String ACCOUNT = "111122223333";
    public static final String RUNTIME_ROLE = "arn:aws:iam::111122223333:role/sym/SymRuntimeMain";
    public static final String IAM_ROLE = "arn:aws:iam::111122223333:role/sym/SymIAMMain";
    public static final String EXTERNAL_ID = "c0ffee00-very-secret";
    public static final String SECRET_KEY = "very-secret-key";
    public static final String TOKEN = "very-secret-token";

    private Samples() {}

    /** What the Terraform module hands over. */
    public static Map<String, String> settings() {
        return Map.of(
                "cloud", "aws",
                "region", "us-east-1",
                "role_arn", RUNTIME_ROLE,
                "external_id", EXTERNAL_ID,
                "account_id", ACCOUNT);
    }

    /** What STS answers. */
    public static AssumeRoleResponse session(String accessKeyId, @Nullable Instant expiration) {
        return AssumeRoleResponse.builder()
                .credentials(Credentials.builder()
                        .accessKeyId(accessKeyId)
                        .secretAccessKey(SECRET_KEY)
                        .sessionToken(TOKEN)
                        .expiration(expiration)
                        .build())
                .packedPolicySize(6)
                .build();
    }

    /** What STS answers when it does not do what it was asked. */
    public static AwsServiceException stsError(int status, String code, String message) {
        return StsException.builder()
                .statusCode(status)
                .requestId("request-1")
                .message(message)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .serviceName("Sts")
                        .build())
                .build();
    }
}
