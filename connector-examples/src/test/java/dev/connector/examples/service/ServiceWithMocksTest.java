package dev.connector.examples.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.connector.core.ConnectorClock;
import dev.connector.core.RuntimeConnector;
import dev.connector.strategies.iam.IamGroupPattern;
import dev.connector.strategies.iam.IamGroupStrategy;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AddUserToGroupRequest;
import software.amazon.awssdk.services.iam.model.AddUserToGroupResponse;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserResponse;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;

/** Shows how to test a service with mocks of the SDK's clients: of IAM alone, and of STS too, where the roles matter. */
class ServiceWithMocksTest {

    private static final String RUNTIME_ROLE = "arn:aws:iam::111122223333:role/sym/SymRuntimeMain";
    private static final String IAM_ROLE = "arn:aws:iam::111122223333:role/sym/SymIAMMain";

    private final IamClient iam = mock(IamClient.class);
    private final StsClient sts = mock(StsClient.class);

    @BeforeEach
    void answer() {
        when(iam.getUser(any(GetUserRequest.class)))
                .thenReturn(GetUserResponse.builder()
                        .user(user -> user.userName("ada@example.com").userId("AIDAEXAMPLEOFADA00001"))
                        .build());
        when(iam.addUserToGroup(any(AddUserToGroupRequest.class)))
                .thenReturn(AddUserToGroupResponse.builder().build());
    }

    /** Without a connector, the strategy uses the client as it is: one mock is enough. */
    @Test
    void begin_withAMockOfIam_addsTheUser() {
        OnCallDesk desk = new OnCallDesk(onlyIam().build(), ConnectorClock.system());

        assertThat(desk.begin("ada@example.com", "INC-42")).startsWith("You are on call until ");

        verify(iam)
                .addUserToGroup(AddUserToGroupRequest.builder()
                        .groupName("OnCall")
                        .userName("ada@example.com")
                        .build());
    }

    @Test
    void begin_whenTheUserIsInTooManyGroups_saysSo() {
        when(iam.addUserToGroup(any(AddUserToGroupRequest.class)))
                .thenThrow(LimitExceededException.builder()
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("LimitExceeded")
                                .build())
                        .statusCode(409)
                        .build());
        OnCallDesk desk = new OnCallDesk(onlyIam().build(), ConnectorClock.system());

        assertThat(desk.begin("ada@example.com", "INC-42")).isEqualTo("You are in too many groups.");
    }

    /** With a connector, one mock of STS serves both links of the chain, and each request to IAM carries the narrow role's credentials. */
    @Test
    void begin_withMocksOfStsAndIam_actsWithTheNarrowRole() {
        when(sts.assumeRole(any(AssumeRoleRequest.class))).thenAnswer(call -> session(call.getArgument(0)));
        try (RuntimeConnector connector = RuntimeConnector.builder()
                .roleArn(RUNTIME_ROLE)
                .externalId("an-external-id")
                .environment("main")
                .region(Region.US_EAST_1)
                .stsClient(sts)
                .build()) {
            IamGroupStrategy strategy =
                    onlyIam().connector(connector).roleArn(IAM_ROLE).build();

            new OnCallDesk(strategy, ConnectorClock.system()).begin("ada@example.com", "INC-42");
        }

        ArgumentCaptor<AssumeRoleRequest> assumed = ArgumentCaptor.captor();
        verify(sts, times(2)).assumeRole(assumed.capture());
        assertThat(assumed.getAllValues())
                .extracting(AssumeRoleRequest::roleArn, AssumeRoleRequest::externalId)
                .containsExactly(tuple(RUNTIME_ROLE, "an-external-id"), tuple(IAM_ROLE, null));
        ArgumentCaptor<AddUserToGroupRequest> added = ArgumentCaptor.captor();
        verify(iam).addUserToGroup(added.capture());
        assertThat(accessKeyOf(added.getValue())).isEqualTo("key-of-" + IAM_ROLE);
    }

    private IamGroupStrategy.Builder onlyIam() {
        return IamGroupStrategy.builder()
                .iamClient(iam)
                .accountId("111122223333")
                .allowedGroups(IamGroupPattern.of("/sym/", "OnCall"))
                .membershipReads(false);
    }

    private static AssumeRoleResponse session(AssumeRoleRequest request) {
        return AssumeRoleResponse.builder()
                .credentials(session -> session.accessKeyId("key-of-" + request.roleArn())
                        .secretAccessKey("secret")
                        .sessionToken("token")
                        .expiration(Instant.parse("2100-01-01T00:00:00Z")))
                .build();
    }

    private static String accessKeyOf(AddUserToGroupRequest request) {
        AwsCredentialsIdentity credentials = request.overrideConfiguration()
                .flatMap(override -> override.credentialsIdentityProvider())
                .orElseThrow()
                .resolveIdentity()
                .join();
        return credentials.accessKeyId();
    }
}
