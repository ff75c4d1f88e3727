package dev.connector.examples.outside;

import dev.connector.core.ConnectorRole;
import dev.connector.core.RoleSession;
import dev.connector.core.RuntimeConnector;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.AccessStrategy;
import dev.connector.core.strategy.AccessTarget;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.Prior;
import dev.connector.core.strategy.Requester;
import dev.connector.strategies.iam.IamGroupPattern;
import dev.connector.strategies.iam.IamGroupStrategy;
import dev.connector.strategies.iam.IamGroupTarget;
import dev.connector.strategies.sso.IdentityStoreGroupStrategy;
import dev.connector.strategies.sso.IdentityStoreGroupTarget;
import dev.connector.strategies.sso.PermissionSetPattern;
import dev.connector.strategies.sso.PermissionSetStrategy;
import dev.connector.strategies.sso.PermissionSetTarget;
import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.identitystore.model.DescribeUserRequest;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.ListInstancesRequest;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;

/**
 * Uses every client that the library makes or configures, and then the same services with clients that the library has not touched. Prints what
 * became of each use, in a line of its own.
 *
 * <p>It belongs into a JVM whose settings send all of them to a host on this machine; elsewhere it would call AWS.
 */
final class EveryClient {

    private static final String ROLES = "arn:aws:iam::111122223333:role/sym/";
    private static final String ACCOUNT = "444455556666";
    private static final String INSTANCE = "arn:aws:sso:::instance/ssoins-0123456789abcdef";
    private static final String PERMISSION_SET =
            "arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef";
    private static final String STORE = "d-0123456789";
    private static final String GROUP = "11111111-2222-3333-4444-555555555555";
    private static final String USER = "11111111-2222-3333-4444-666666666666";

    private EveryClient() {}

    public static void main(String[] arguments) {
        hops();
        RuntimeConnector connector = connector().stsClient(new Sessions()).build();
        RoleSession session = connector.session(ConnectorRole.of(ROLES + "SymIAMMain"));
        configured("connector", connector::configure);
        configured("session", session::configure);
        strategies(connector);
        configured("bare", EveryClient::bare);
    }

    private static void hops() {
        RuntimeConnector connector = connector().build();
        use("first hop", () -> connector.credentialsProvider().resolveCredentials());
        use(
                "second hop",
                () -> connector
                        .session(ConnectorRole.of(ROLES + "SymIAMMain"))
                        .credentialsProvider()
                        .resolveCredentials());
        use(
                "expected source",
                () -> connector()
                        .expectedSource("arn:aws:*")
                        .build()
                        .credentialsProvider()
                        .resolveCredentials());
    }

    private static RuntimeConnector.Builder connector() {
        return RuntimeConnector.builder()
                .roleArn(ROLES + "SymRuntimeMain")
                .externalId("an-external-id")
                .environment("main")
                .region(Region.US_EAST_1)
                .sourceCredentials(credentials("SERVICE"));
    }

    private static void configured(String by, Preparation preparation) {
        StsClient sts = preparation.of(StsClient.builder()).build();
        use(
                by + " sts",
                () -> sts.getCallerIdentity(GetCallerIdentityRequest.builder().build()));
        IamClient iam = preparation.of(IamClient.builder()).build();
        use(by + " iam", () -> iam.getUser(GetUserRequest.builder().build()));
        SsoAdminClient admin = preparation.of(SsoAdminClient.builder()).build();
        use(
                by + " sso",
                () -> admin.listInstances(ListInstancesRequest.builder().build()));
        IdentitystoreClient store =
                preparation.of(IdentitystoreClient.builder()).build();
        use(
                by + " identitystore",
                () -> store.describeUser(DescribeUserRequest.builder()
                        .identityStoreId(STORE)
                        .userId(USER)
                        .build()));
    }

    private static void strategies(RuntimeConnector connector) {
        verbs(
                "IAM group",
                IamGroupStrategy.builder()
                        .connector(connector)
                        .roleArn(ROLES + "SymIAMMain")
                        .allowedGroups(IamGroupPattern.of("/sym/", "OnCall"))
                        .build(),
                IamGroupTarget.of("/sym/", "OnCall"));
        PermissionSetStrategy.Builder permissionSets = PermissionSetStrategy.builder()
                .connector(connector)
                .roleArn(ROLES + "SymSSOMain")
                .instanceArn(INSTANCE)
                .allowedPermissionSets(PermissionSetPattern.of(PERMISSION_SET, ACCOUNT));
        PermissionSetTarget permissionSet = PermissionSetTarget.of(PERMISSION_SET, ACCOUNT);
        verbs("permission set, by SSO Admin,", permissionSets.build(), permissionSet);
        verbs(
                "permission set, by Identity Store,",
                permissionSets.identityStoreId(STORE).build(),
                permissionSet);
        verbs(
                "identity store group",
                IdentityStoreGroupStrategy.builder()
                        .connector(connector)
                        .roleArn(ROLES + "SymSSOMain")
                        .instanceArn(INSTANCE)
                        .identityStoreId(STORE)
                        .allowedGroups(GROUP)
                        .build(),
                IdentityStoreGroupTarget.of(GROUP));
    }

    private static <T extends AccessTarget> void verbs(String what, AccessStrategy<T> strategy, T target) {
        AccessRequest<T> request = AccessRequest.builder(Requester.of("ada@example.com"), target)
                .duration(Duration.ofHours(1))
                .build();
        Grant prepared = Grant.prepared(request, strategy.scope(), USER, Prior.ABSENT);
        use(what + " prepare", () -> strategy.prepare(request));
        use(what + " resume", () -> strategy.resume(prepared));
        use(what + " deescalate", () -> strategy.deescalate(prepared));
    }

    private static <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B bare(B builder) {
        return builder.region(Region.US_EAST_1).credentialsProvider(credentials("BARE"));
    }

    private static AwsCredentialsProvider credentials(String accessKey) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, "a-secret-key"));
    }

    private static void use(String client, Runnable call) {
        System.out.println(client + ": " + outcomeOf(call));
    }

    private static String outcomeOf(Runnable call) {
        try {
            call.run();
            return "answered";
        } catch (RuntimeException thrown) {
            return thrown.getClass().getSimpleName() + ": " + thrown.getMessage();
        }
    }

    /** What makes a client's builder ready. */
    private interface Preparation {

        <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B of(B builder);
    }

    /** Opens sessions without a call, so that the clients behind them come to be used. */
    private static final class Sessions implements StsClient {

        @Override
        public AssumeRoleResponse assumeRole(AssumeRoleRequest request) {
            return AssumeRoleResponse.builder()
                    .credentials(Credentials.builder()
                            .accessKeyId("SESSION")
                            .secretAccessKey("a-secret-key")
                            .sessionToken("a-token")
                            .expiration(Instant.now().plus(Duration.ofHours(1)))
                            .build())
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
