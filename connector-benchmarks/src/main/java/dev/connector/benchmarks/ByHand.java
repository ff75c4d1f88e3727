package dev.connector.benchmarks;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AddUserToGroupRequest;
import software.amazon.awssdk.services.iam.model.GetGroupRequest;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.RemoveUserFromGroupRequest;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * As a careful engineer does it with the SDK alone: each client and each provider of credentials is made once, and each request is no more than it must be.
 * The requests are those that the library sends, to the letter.
 */
final class ByHand implements Access {

    /** Only so can two hops be the library's: the same policy on the second one. */
    private static final String SESSION_POLICY = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:AddUserToGroup","iam:RemoveUserFromGroup","iam:GetGroup"],\
            "Resource":"arn:aws:iam::111122223333:group/sym/OnCall"},\
            {"Effect":"Allow","Action":["iam:GetUser","iam:ListGroupsForUser"],"Resource":"arn:aws:iam::111122223333:user/*"}]}""";

    private final SdkHttpClient http;
    private final StsClient serviceSts;
    private final StsAssumeRoleCredentialsProvider runtimeRole;
    private final StsClient runtimeSts;
    private final StsAssumeRoleCredentialsProvider iamRole;
    private final AwsRequestOverrideConfiguration asIamRole;
    private final IamClient iam;
    private @Nullable String givenTo;

    ByHand(SdkHttpClient http) {
        this.http = http;
        serviceSts = client(StsClient.builder(), Account.REGION, Account.serviceCredentials());
        runtimeRole = runtimeRole(serviceSts);
        runtimeSts = client(StsClient.builder(), Account.REGION, runtimeRole);
        iamRole = StsAssumeRoleCredentialsProvider.builder()
                .stsClient(runtimeSts)
                .refreshRequest(request -> request.roleArn(Account.IAM_ROLE)
                        .roleSessionName("connector-main")
                        .durationSeconds(3_600)
                        .policy(SESSION_POLICY))
                .build();
        asIamRole = AwsRequestOverrideConfiguration.builder()
                .credentialsProvider(iamRole)
                .build();
        iam = client(IamClient.builder(), Region.AWS_GLOBAL, iamRole);
    }

    private static StsAssumeRoleCredentialsProvider runtimeRole(StsClient sts) {
        return StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(request -> request.roleArn(Account.RUNTIME_ROLE)
                        .externalId(Account.EXTERNAL_ID)
                        .roleSessionName("connector-main")
                        .durationSeconds(3_600))
                .build();
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
            B builder, Region region, AwsCredentialsProvider credentials) {
        return builder.region(region)
                .credentialsProvider(credentials)
                .httpClient(http)
                .build();
    }

    /** What the SDK has for the runtime role's session, made once and asked at each call. */
    AwsCredentialsProvider iamRole() {
        return iamRole;
    }

    /** The calls of {@code prepare}, then those of {@code resume}. */
    @Override
    public void give() {
        String userId = userId();
        requireMember(userId, false);
        requireSame(userId, userId());
        iam.addUserToGroup(AddUserToGroupRequest.builder()
                .groupName(Account.GROUP)
                .userName(Account.USER)
                .overrideConfiguration(asIamRole)
                .build());
        requireMember(userId, true);
        givenTo = userId;
    }

    @Override
    public void takeAway() {
        String userId = Objects.requireNonNull(givenTo);
        requireSame(userId, userId());
        iam.removeUserFromGroup(RemoveUserFromGroupRequest.builder()
                .groupName(Account.GROUP)
                .userName(Account.USER)
                .overrideConfiguration(asIamRole)
                .build());
        requireMember(userId, false);
    }

    private String userId() {
        return iam.getUser(GetUserRequest.builder()
                        .userName(Account.USER)
                        .overrideConfiguration(asIamRole)
                        .build())
                .user()
                .userId();
    }

    private static void requireSame(String expected, String found) {
        if (!expected.equals(found)) {
            throw new IllegalStateException("The name belongs to " + found + " and not to " + expected);
        }
    }

    private void requireMember(String userId, boolean expected) {
        boolean member = iam
                .getGroup(GetGroupRequest.builder()
                        .groupName(Account.GROUP)
                        .overrideConfiguration(asIamRole)
                        .build())
                .users()
                .stream()
                .anyMatch(user -> userId.equals(user.userId()));
        if (member != expected) {
            throw new IllegalStateException("Member of the group: " + member);
        }
    }

    @Override
    public void close() {
        iam.close();
        iamRole.close();
        runtimeSts.close();
        runtimeRole.close();
        serviceSts.close();
    }
}
