package dev.connector.strategies.iam;

import static dev.connector.strategies.iam.Caught.refusal;
import static dev.connector.strategies.iam.Caught.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.connector.core.RuntimeConnector;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.OutcomeUnknownException;
import dev.connector.core.strategy.Prior;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.StrategyException;
import dev.connector.core.strategy.StrategyException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.ArgumentCaptor;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AddUserToGroupRequest;
import software.amazon.awssdk.services.iam.model.AddUserToGroupResponse;
import software.amazon.awssdk.services.iam.model.GetGroupRequest;
import software.amazon.awssdk.services.iam.model.GetGroupResponse;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserResponse;
import software.amazon.awssdk.services.iam.model.Group;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.RemoveUserFromGroupRequest;
import software.amazon.awssdk.services.iam.model.RemoveUserFromGroupResponse;
import software.amazon.awssdk.services.iam.model.User;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;

/** The strategy over mocked clients, as a user's own unit tests have it. */
class MockedClientsTest {

    private static final User ADA =
            User.builder().userName("ada").userId("AIDAADA").build();

    private final IamClient iam = mock(IamClient.class);
    private final IamGroupStrategy strategy = IamGroupStrategy.builder()
            .iamClient(iam)
            .accountId("111122223333")
            .allowedGroups(IamGroupPattern.of("/sym/", "OnCall"))
            .settleTime(Duration.ZERO)
            .build();
    private final AccessRequest<IamGroupTarget> request = AccessRequest.builder(
                    Requester.of("ada"), IamGroupTarget.of("OnCall"))
            .duration(Duration.ofHours(1))
            .build();

    @BeforeEach
    void stub() {
        when(iam.getUser(any(GetUserRequest.class)))
                .thenReturn(GetUserResponse.builder().user(ADA).build());
        when(iam.getGroup(any(GetGroupRequest.class))).thenReturn(page(), page(ADA), page());
        when(iam.addUserToGroup(any(AddUserToGroupRequest.class)))
                .thenReturn(AddUserToGroupResponse.builder().build());
        when(iam.removeUserFromGroup(any(RemoveUserFromGroupRequest.class)))
                .thenReturn(RemoveUserFromGroupResponse.builder().build());
    }

    @Test
    void escalate_whenTheClientIsMocked_givesAndTakesAway() {
        Grant grant = strategy.escalate(request);
        Revocation revocation = strategy.deescalate(grant);

        assertThat(grant.prior()).isEqualTo(Prior.ABSENT);
        assertThat(grant.confirmed()).isTrue();
        assertThat(revocation.result()).isEqualTo(Revocation.Result.REVOKED);
        verify(iam)
                .addUserToGroup(AddUserToGroupRequest.builder()
                        .groupName("OnCall")
                        .userName("ada")
                        .build());
    }

    @Test
    void escalate_whenBothHopsAreMocked_putsTheRolesCredentialsOnEachRequest() {
        StsClient sts = mock(StsClient.class);
        when(sts.assumeRole(any(AssumeRoleRequest.class)))
                .thenReturn(AssumeRoleResponse.builder()
                        .credentials(Credentials.builder()
                                .accessKeyId("ASIAMOCK")
                                .secretAccessKey("secret")
                                .sessionToken("token")
                                .expiration(Instant.parse("2999-01-01T00:00:00Z"))
                                .build())
                        .build());
        try (RuntimeConnector connector = RuntimeConnector.builder()
                        .roleArn("arn:aws:iam::111122223333:role/sym/SymRuntimeMain")
                        .externalId("external-id")
                        .environment("main")
                        .region(Region.US_EAST_1)
                        .stsClient(sts)
                        .build();
                IamGroupStrategy mocked = IamGroupStrategy.builder()
                        .connector(connector)
                        .iamClient(iam)
                        .roleArn("arn:aws:iam::111122223333:role/sym/SymIAMMain")
                        .allowedGroups(IamGroupPattern.of("/sym/", "OnCall"))
                        .build()) {
            assertThat(mocked.escalate(request).confirmed()).isTrue();
        }
        ArgumentCaptor<AddUserToGroupRequest> sent = ArgumentCaptor.forClass(AddUserToGroupRequest.class);
        verify(iam).addUserToGroup(sent.capture());
        assertThat(sent.getValue()
                        .overrideConfiguration()
                        .orElseThrow()
                        .credentialsIdentityProvider()
                        .orElseThrow()
                        .resolveIdentity()
                        .join()
                        .accessKeyId())
                .isEqualTo("ASIAMOCK");
    }

    @Test
    void prepare_whenAMockAnswersNull_saysWhatToStub() {
        when(iam.getUser(any(GetUserRequest.class))).thenReturn(null);

        assertThatIllegalStateException()
                .isThrownBy(() -> strategy.prepare(request))
                .withMessageContaining("iam:GetUser");
    }

    @Test
    void prepare_whenAMockAnswersAUserWithoutAnId_saysSo() {
        when(iam.getUser(any(GetUserRequest.class)))
                .thenReturn(GetUserResponse.builder().build());

        assertThatIllegalStateException()
                .isThrownBy(() -> strategy.prepare(request))
                .withMessageContaining("userId");
    }

    @Test
    void prepare_whenAMockAnswersNullToARead_saysWhatToStub() {
        when(iam.getGroup(any(GetGroupRequest.class))).thenReturn(null);

        assertThatIllegalStateException()
                .isThrownBy(() -> strategy.prepare(request))
                .withMessageContaining("iam:GetGroup");
    }

    @Test
    void prepare_whenAListIsCutWithoutAMarker_provesNothing() {
        when(iam.getGroup(any(GetGroupRequest.class)))
                .thenReturn(GetGroupResponse.builder().isTruncated(true).build());

        assertThat(refusal(() -> strategy.prepare(request)).reason()).isEqualTo(Reason.REJECTED);
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void prepare_whenEveryPageHasTheSameMarker_givesUp() {
        when(iam.getGroup(any(GetGroupRequest.class)))
                .thenReturn(GetGroupResponse.builder()
                        .isTruncated(true)
                        .marker("again")
                        .build());

        assertThat(refusal(() -> strategy.prepare(request)).reason()).isEqualTo(Reason.REJECTED);
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void prepare_whenThePagesGoInACircle_givesUp() {
        AtomicInteger pages = new AtomicInteger();
        when(iam.getGroup(any(GetGroupRequest.class)))
                .thenAnswer(call -> GetGroupResponse.builder()
                        .isTruncated(true)
                        .marker("page " + pages.incrementAndGet() % 2)
                        .build());

        assertThat(refusal(() -> strategy.prepare(request)).reason()).isEqualTo(Reason.REJECTED);
    }

    @Test
    void prepare_whenTheGroupIsWrittenInAnotherCase_isTargetNotFound() {
        when(iam.getGroup(any(GetGroupRequest.class)))
                .thenReturn(GetGroupResponse.builder()
                        .group(Group.builder().groupName("ONCALL").path("/sym/").build())
                        .build());

        assertThat(refusal(() -> strategy.prepare(request)).reason()).isEqualTo(Reason.TARGET_NOT_FOUND);
    }

    @Test
    void prepare_whenAMockThrowsAnErrorWithNothingButItsClass_isUnderstood() {
        when(iam.getUser(any(GetUserRequest.class)))
                .thenThrow(NoSuchEntityException.builder().build());

        assertThat(refusal(() -> strategy.prepare(request)).reason()).isEqualTo(Reason.IDENTITY_NOT_FOUND);
    }

    @Test
    void resume_whenAMockThrowsAnErrorWithNothingButItsClass_isUnderstood() {
        Grant prepared = strategy.prepare(request);
        when(iam.addUserToGroup(any(AddUserToGroupRequest.class)))
                .thenThrow(LimitExceededException.builder().build());

        assertThat(refusal(() -> strategy.resume(prepared)).reason()).isEqualTo(Reason.QUOTA_EXCEEDED);
    }

    @Test
    void prepare_whenSomethingThrowsThatIsNotTheSdks_pointsToTheCause() {
        when(iam.getUser(any(GetUserRequest.class))).thenThrow(new IllegalArgumentException("odd"));

        StrategyException refused = refusal(() -> strategy.prepare(request));

        assertThat(refused.reason()).isEqualTo(Reason.REJECTED);
        assertThat(refused.isRetryable()).isFalse();
        assertThat(refused).hasMessageContaining("odd").hasMessageContaining("the cause says what is wrong");
    }

    @Test
    void resume_whenSomethingThrowsThatIsNotTheSdks_isUnknown() {
        Grant prepared = strategy.prepare(request);
        when(iam.addUserToGroup(any(AddUserToGroupRequest.class))).thenThrow(new IllegalArgumentException("odd"));

        OutcomeUnknownException unknown = unknown(() -> strategy.resume(prepared));

        assertThat(unknown).hasRootCauseMessage("odd");
    }

    @Test
    void resume_whenAClientThatRetriesItselfIsDeniedInTheEnd_isUnknown() {
        Grant prepared = strategy.prepare(request);
        when(iam.addUserToGroup(any(AddUserToGroupRequest.class)))
                .thenThrow(IamException.builder()
                        .statusCode(403)
                        .numAttempts(2)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("AccessDenied")
                                .build())
                        .build());

        assertThat(unknown(() -> strategy.resume(prepared)).pending()).isEqualTo(prepared.pending());
    }

    @Test
    void resume_whenAwsRefusesForAnotherReason_givesItsWords() {
        Grant prepared = strategy.prepare(request);
        when(iam.addUserToGroup(any(AddUserToGroupRequest.class)))
                .thenThrow(IamException.builder()
                        .statusCode(409)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("EntityTemporarilyUnmodifiable")
                                .errorMessage("Try later")
                                .build())
                        .build());

        assertThatThrownBy(() -> strategy.resume(prepared))
                .hasMessageContaining("Try later")
                .extracting("reason")
                .isEqualTo(Reason.REJECTED);
    }

    private static GetGroupResponse page(User... members) {
        return GetGroupResponse.builder().users(members).build();
    }
}
