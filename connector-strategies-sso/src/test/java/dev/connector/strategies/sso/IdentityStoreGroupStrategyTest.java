package dev.connector.strategies.sso;

import static dev.connector.strategies.sso.Caught.refusal;
import static dev.connector.strategies.sso.Caught.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.connector.core.InvalidSettingsException;
import dev.connector.core.strategy.Ending;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantRejectedException;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.Prior;
import dev.connector.core.strategy.RemainingAccess;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.Revocation.Result;
import dev.connector.core.strategy.StrategyException.Reason;
import dev.connector.core.strategy.TargetNotAllowedException;
import dev.connector.testing.AwsFact;
import dev.connector.testing.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.identitystore.model.ConflictException;
import software.amazon.awssdk.services.identitystore.model.CreateGroupMembershipRequest;
import software.amazon.awssdk.services.identitystore.model.CreateGroupMembershipResponse;
import software.amazon.awssdk.services.identitystore.model.DeleteGroupMembershipRequest;
import software.amazon.awssdk.services.identitystore.model.DeleteGroupMembershipResponse;
import software.amazon.awssdk.services.identitystore.model.DescribeUserRequest;
import software.amazon.awssdk.services.identitystore.model.DescribeUserResponse;
import software.amazon.awssdk.services.identitystore.model.GetGroupMembershipIdRequest;
import software.amazon.awssdk.services.identitystore.model.GetUserIdRequest;
import software.amazon.awssdk.services.identitystore.model.GetUserIdResponse;
import software.amazon.awssdk.services.identitystore.model.ResourceNotFoundException;
import software.amazon.awssdk.services.identitystore.model.ResourceType;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;

/** What a caller sees of the strategy of Identity Store groups, over simulated AWS. */
class IdentityStoreGroupStrategyTest {

    private final Center center = new Center();
    private final IdentityStoreGroupStrategy strategy = center.groups().build();

    @AfterEach
    void close() {
        strategy.close();
        center.close();
    }

    @Test
    void escalateAndDeescalate_whenAllGoesWell_giveAndTakeTheMembership() {
        Grant grant = strategy.escalate(center.groupRequest());

        assertThat(grant.state()).isEqualTo(GrantState.GRANTED);
        assertThat(grant.prior()).isEqualTo(Prior.ABSENT);
        assertThat(grant.confirmed()).isTrue();
        assertThat(grant.membershipId()).isPresent();
        assertThat(grant.principalId()).isEqualTo(center.userId);
        assertThat(center.isMember()).isTrue();

        Revocation revocation = strategy.deescalate(Grant.fromJson(grant.toJson()));

        assertThat(revocation.result()).isEqualTo(Result.REVOKED);
        assertThat(revocation.confirmed()).isTrue();
        assertThat(center.isMember()).isFalse();
        assertThat(revocation.remainingComplete()).isTrue();
        assertThat(revocation.remaining()).singleElement().satisfies(remaining -> {
            assertThat(remaining.kind()).isEqualTo(RemainingAccess.Kind.SESSIONS);
            assertThat(remaining.description()).contains("every account that the group is assigned to");
            assertThat(remaining.until()).contains(center.aws.clock().instant().plus(Duration.ofHours(12)));
        });
    }

    @Test
    void resume_whenGranted_callsNothing() {
        Grant grant = strategy.escalate(center.groupRequest());
        center.aws.clearCalls();

        assertThat(strategy.resume(grant)).isSameAs(grant);
        assertThat(center.aws.calls()).isEmpty();
    }

    @Test
    @AwsFact(37)
    void prior_isToldByTheAgeOfTheMembership() {
        center.center.addMember(center.groupId, center.userId);
        assertThat(strategy.prepare(center.groupRequest()).prior()).isEqualTo(Prior.UNKNOWN);

        center.pass(Duration.ofMinutes(2));
        Grant grant = strategy.escalate(center.groupRequest());

        assertThat(grant.prior()).isEqualTo(Prior.PRESENT);
        assertThat(strategy.deescalate(grant).result()).isEqualTo(Result.KEPT_PREEXISTING);
        assertThat(center.isMember()).isTrue();
    }

    @Test
    @AwsFact(33)
    void resume_whenTheAnswerWasLost_takesTheMembershipForItsOwn() {
        center.aws.fault("CreateGroupMembership", 1, Fault.CONNECTION_RESET_AFTER);

        Grant grant = strategy.escalate(center.groupRequest());

        assertThat(grant.membershipId()).isPresent();
        assertThat(strategy.deescalate(grant).result()).isEqualTo(Result.REVOKED);
        assertThat(center.isMember()).isFalse();
    }

    @Test
    @AwsFact(33)
    void resume_whenTheAnswerWasLostAndConflictsFollow_isUnknown() {
        Grant prepared = strategy.prepare(center.groupRequest());
        center.aws.propagationDelay(Duration.ofMinutes(30));
        center.aws.fault("CreateGroupMembership", 1, Fault.CONNECTION_RESET_AFTER);

        assertThat(unknown(() -> strategy.resume(prepared)).pending().state()).isEqualTo(GrantState.PENDING);
        assertThat(center.isMember()).isTrue();
    }

    @Test
    @AwsFact(34)
    void deescalate_withoutReads_looksWhereTheMembershipIsNotThere() {
        try (IdentityStoreGroupStrategy silent =
                center.groups().accessReads(false).build()) {
            Grant grant = silent.escalate(center.groupRequest());
            center.center.removeMember(center.groupId, center.userId);
            center.center.addMember(center.groupId, center.userId);

            assertThat(silent.deescalate(grant).result()).isEqualTo(Result.KEPT_FOREIGN);
        }
    }

    @Test
    @AwsFact(34)
    void deescalate_whenTheMembershipWasMadeAnew_keepsIt() {
        Grant grant = strategy.escalate(center.groupRequest());
        center.center.removeMember(center.groupId, center.userId);
        center.center.addMember(center.groupId, center.userId);

        Revocation revocation = strategy.deescalate(grant);

        assertThat(revocation.result()).isEqualTo(Result.KEPT_FOREIGN);
        assertThat(revocation.remaining())
                .extracting(RemainingAccess::kind)
                .containsExactly(RemainingAccess.Kind.FOREIGN_MEMBERSHIP);
        assertThat(center.isMember()).isTrue();
    }

    @Test
    @AwsFact(35)
    void deescalate_whenMembershipOrUserIsGone_isAlreadyAbsent() {
        Grant grant = strategy.escalate(center.groupRequest());
        center.center.removeMember(center.groupId, center.userId);
        assertThat(strategy.deescalate(grant).result()).isEqualTo(Result.ALREADY_ABSENT);

        center.center.deleteUser(center.userId);
        assertThat(strategy.deescalate(grant).result()).isEqualTo(Result.ALREADY_ABSENT);
    }

    @Test
    @AwsFact(35)
    void escalate_whenTheGroupIsGone_saysSo() {
        Grant prepared = strategy.prepare(center.groupRequest());
        center.center.deleteGroup(center.groupId);

        assertThat(refusal(() -> strategy.resume(prepared)).reason()).isEqualTo(Reason.TARGET_NOT_FOUND);
        assertThat(refusal(() -> strategy.prepare(center.groupRequest())).reason())
                .isEqualTo(Reason.TARGET_NOT_FOUND);
    }

    @Test
    void resume_whenTheUserIsGone_saysSoAndLooksThemUpAnew() {
        Grant prepared = strategy.prepare(center.groupRequest());
        center.center.deleteUser(center.userId);

        assertThat(refusal(() -> strategy.resume(prepared)).reason()).isEqualTo(Reason.IDENTITY_NOT_FOUND);

        center.center.createUser("ada", Center.USER);
        assertThat(refusal(() -> strategy.resume(prepared)))
                .hasMessageContaining("now belongs to the user")
                .satisfies(changed -> assertThat(changed.reason()).isEqualTo(Reason.IDENTITY_CHANGED));
    }

    @Test
    void deescalate_whenTheIdIsNotKnown_findsIt() {
        Grant granted = strategy.escalate(center.groupRequest());
        Grant prepared = granted.toBuilder()
                .state(GrantState.PREPARED)
                .membershipId(Optional.empty())
                .grantedAt(Optional.empty())
                .confirmed(false)
                .build();

        assertThat(strategy.deescalate(prepared).result()).isEqualTo(Result.REVOKED);
        assertThat(strategy.deescalate(prepared).result()).isEqualTo(Result.ALREADY_ABSENT);
    }

    @Test
    void verbs_whenMembershipsMayNotBeRead_goByAwsAnswersAlone() {
        center.denyMembershipReads();

        Grant grant = strategy.escalate(center.groupRequest());
        assertThat(grant.prior()).isEqualTo(Prior.UNKNOWN);
        assertThat(grant.confirmed()).isFalse();

        assertThat(unknown(() -> strategy.resume(grant.toBuilder()
                        .state(GrantState.PREPARED)
                        .grantedAt(Optional.empty())
                        .build())))
                .hasMessageContaining("a member already or that the group is being changed")
                .hasMessageContaining("GetGroupMembershipId");
        assertThat(unknown(() -> strategy.deescalate(
                        grant.toBuilder().membershipId(Optional.empty()).build())))
                .hasMessageContaining("the id of the membership is not known");

        Revocation revocation = strategy.deescalate(grant);
        assertThat(revocation.result()).isEqualTo(Result.REVOKED);
        assertThat(revocation.confirmed()).isFalse();
        assertThat(revocation.remainingComplete()).isFalse();
        assertThat(center.isMember()).isFalse();
    }

    @Test
    void accessReads_whenOff_areNotMade() {
        try (IdentityStoreGroupStrategy silent =
                center.groups().accessReads(false).build()) {
            silent.deescalate(silent.escalate(center.groupRequest()));
        }

        assertThat(center.calls())
                .containsExactly(
                        "GetUserId", "GetUserId", "DescribeUser", "CreateGroupMembership", "DeleteGroupMembership");
    }

    @Test
    void resume_whenReadsNeverShowIt_isUnknown() {
        Grant prepared = strategy.prepare(center.groupRequest());
        center.aws.propagationDelay(Duration.ofMinutes(30));

        Grant pending = unknown(() -> strategy.resume(prepared)).pending();
        assertThat(pending.membershipId()).as("AWS had answered with it").isPresent();

        center.aws.propagationDelay(Duration.ZERO);
        assertThat(strategy.resume(pending).confirmed()).isTrue();
    }

    @Test
    void verbs_whenEveryReadFails_areUnknownAndSayWhy() {
        Grant late = strategy.prepare(center.groupRequest());
        center.pass(Duration.ofHours(1));
        Grant prepared = strategy.prepare(center.groupRequest());
        Grant granted = strategy.escalate(center.groupRequest());
        failEveryRead();

        assertThat(unknown(() -> strategy.deescalate(granted))).hasMessageContaining("has shown it since: no answer");
        assertThat(unknown(() -> strategy.resume(prepared))).hasMessageContaining("has shown it since: no answer");
        assertThat(unknown(() -> strategy.resume(late))).hasMessageContaining("user is in the group: no answer");
        assertThat(refusal(() -> strategy.deescalate(prepared)))
                .hasMessageContaining("call again later")
                .satisfies(failed -> assertThat(failed.reason()).isEqualTo(Reason.UNAVAILABLE));
    }

    private void failEveryRead() {
        for (int call = 1; call <= 1_000; call++) {
            center.aws.fault("GetGroupMembershipId", call, Fault.CONNECTION_RESET_BEFORE);
        }
    }

    @Test
    void deescalate_whenReadsStillShowIt_isUnknown() {
        Grant grant = strategy.escalate(center.groupRequest());
        center.pass(Duration.ofMinutes(40));
        center.aws.propagationDelay(Duration.ofMinutes(30));

        Grant ending = unknown(() -> strategy.deescalate(grant)).pending();

        assertThat(ending.state()).isEqualTo(GrantState.ENDING);
        assertThatThrownBy(() -> strategy.resume(ending)).isInstanceOf(GrantRejectedException.class);
        center.aws.propagationDelay(Duration.ZERO);
        assertThat(strategy.deescalate(ending).result()).isEqualTo(Result.ALREADY_ABSENT);
    }

    @Test
    void resume_afterItsTime_sendsNothingAndFindsOut() {
        Grant prepared = strategy.prepare(center.groupRequest());
        center.pass(Duration.ofHours(1));
        center.aws.clearCalls();

        assertThat(refusal(() -> strategy.resume(prepared)).reason()).isEqualTo(Reason.REQUEST_EXPIRED);
        center.center.addMember(center.groupId, center.userId);
        assertThat(strategy.resume(prepared).grantedAt()).contains(prepared.notAfter());
        assertThat(center.calls()).doesNotContain("CreateGroupMembership");
        assertThat(refusal(() -> strategy.prepare(center.requestFor(center.group)
                                .requestedAt(center.aws.clock().instant().minus(Duration.ofHours(1)))
                                .build()))
                        .reason())
                .isEqualTo(Reason.REQUEST_EXPIRED);
    }

    @Test
    void resume_afterItsTimeWithoutReads_isUnknown() {
        Grant prepared = strategy.prepare(center.groupRequest());
        center.pass(Duration.ofHours(1));
        center.denyMembershipReads();

        assertThat(unknown(() -> strategy.resume(prepared))).hasMessageContaining("no read proves");
    }

    @Test
    void identityStoreId_whenNotSet_isLookedUpOnce() {
        try (IdentityStoreGroupStrategy lookingUp = center.groups()
                .settings(Map.of(
                        "role_arn", setting("role_arn"), "instance_arn", setting("instance_arn"), "cloud", "aws"))
                .build()) {
            lookingUp.deescalate(lookingUp.escalate(center.groupRequest()));

            assertThat(center.calls()).containsOnlyOnce("ListInstances");
            assertThat(lookingUp.scope()).isEqualTo(strategy.scope());
        }
    }

    @Test
    @AwsFact(76)
    void identityStoreId_whenTheInstanceIsNotInSight_isAnError() {
        try (IdentityStoreGroupStrategy lookingUp = center.groups()
                .settings(Map.of("role_arn", setting("role_arn")))
                .instanceArn("arn:aws:sso:::instance/ssoins-0123456789abcdef")
                .build()) {
            assertThat(refusal(() -> lookingUp.prepare(center.groupRequest())))
                    .hasMessageContaining("ssoins-0123456789abcdef")
                    .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.TARGET_NOT_FOUND));
        }
    }

    private String setting(String key) {
        return Objects.requireNonNull(center.settings.get(key));
    }

    @Test
    void groups_thatAreNotOnTheList_areRefusedBeforeAnyCall() {
        IdentityStoreGroupTarget other = IdentityStoreGroupTarget.of(center.center.createGroup("Other"));
        Grant grant = strategy.escalate(center.groupRequest());
        center.aws.clearCalls();

        assertThatThrownBy(() -> strategy.prepare(center.requestFor(other).build()))
                .isInstanceOf(TargetNotAllowedException.class)
                .hasMessageContaining("allowedGroups");
        try (IdentityStoreGroupStrategy retired = IdentityStoreGroupStrategy.builder()
                .connector(center.connector)
                .settings(center.settings)
                .allowedGroups(other.groupId())
                .build()) {
            assertThatThrownBy(() -> retired.deescalate(grant))
                    .isInstanceOf(TargetNotAllowedException.class)
                    .hasMessageContaining("revocableGroups");
        }
        assertThat(center.aws.calls()).isEmpty();
    }

    @Test
    void retiredGroups_canBeTakenAwayAndNotGiven() {
        Grant grant = strategy.escalate(center.groupRequest());
        try (IdentityStoreGroupStrategy retired = IdentityStoreGroupStrategy.builder()
                .connector(center.connector)
                .settings(center.settings)
                .revocableGroups(center.groupId.toUpperCase(Locale.ROOT))
                .build()) {
            assertThatThrownBy(() -> retired.prepare(center.groupRequest()))
                    .isInstanceOf(TargetNotAllowedException.class);
            assertThat(retired.deescalate(grant).result()).isEqualTo(Result.REVOKED);
        }
    }

    @Test
    void session_cannotReachGroupsThatAreNotOnTheList() {
        strategy.escalate(center.groupRequest());

        assertThat(center.aws.calls("sts:AssumeRole").get(1).parameters().get("Policy"))
                .contains("arn:aws:identitystore:::group/" + center.groupId)
                .contains("arn:aws:identitystore::*:identitystore/" + center.center.identityStoreId())
                .doesNotContain("kms:")
                .doesNotContain("group/*");
    }

    @Test
    @AwsFact(69)
    void kmsKey_whenNamed_isInTheSessionPolicy() {
        String key = "arn:aws:kms:us-east-1:111122223333:key/1";
        center.center.customerKey(key);
        center.aws.iam().putRolePolicy("SymSSOMain", "key", """
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"}}""");
        assertThat(refusal(() -> strategy.prepare(center.groupRequest())))
                .hasMessageContaining("kmsKeyArn(...)")
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.DENIED));

        try (IdentityStoreGroupStrategy withKey = center.groups().kmsKeyArn(key).build()) {
            assertThat(withKey.escalate(center.groupRequest()).state()).isEqualTo(GrantState.GRANTED);
        }
    }

    @Test
    void ending_whileAnotherGrantHasTheSameMembership_keepsIt() {
        Grant first = strategy.escalate(center.groupRequest());
        Grant second = strategy.escalate(
                center.requestFor(center.group).openGrants(List.of(first)).build());
        assertThat(second.membershipId()).isEqualTo(first.membershipId());
        assertThat(strategy.deescalate(first, Ending.scheduled().whileOpen(List.of(second)))
                        .result())
                .isEqualTo(Result.KEPT_IN_USE);
        assertThat(strategy.deescalate(second).result()).isEqualTo(Result.REVOKED);
    }

    @Test
    void build_whenSettingsAreWrong_namesAllOfThem() {
        InvalidSettingsException nothing = invalid(IdentityStoreGroupStrategy.builder());
        assertThat(nothing.problems())
                .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                .contains("connector", "accountId", "instance_arn", "allowedGroups");

        InvalidSettingsException wrong = invalid(IdentityStoreGroupStrategy.builder()
                .settings(
                        Map.of("cloud", "gcp", "role_arn", "x", "instance_arn", "arn:x", "identity_store_id", "store"))
                .externalId("external")
                .partition("else")
                .settleTime(Duration.ofHours(2)));
        assertThat(wrong.problems())
                .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                .contains(
                        "cloud",
                        "role_arn",
                        "externalId",
                        "instance_arn",
                        "identity_store_id",
                        "settleTime",
                        "partition");

        assertThat(invalid(center.groups().accountId("999988887777").partition("aws-cn"))
                        .problems())
                .anySatisfy(problem -> assertThat(problem).startsWith("accountId: is 999988887777"))
                .anySatisfy(problem -> assertThat(problem).startsWith("partition: is aws-cn"));
        assertThat(invalid(center.groups().roleArn("arn:aws:iam::999988887777:role/sym/SymSSOMain"))
                        .problems())
                .isNotEmpty();
        assertThat(invalid(IdentityStoreGroupStrategy.builder()
                                .connector(center.connector)
                                .instanceArn(center.center.instanceArn())
                                .allowedGroups(center.groupId))
                        .problems())
                .singleElement()
                .asString()
                .startsWith("role_arn: is missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IdentityStoreGroupStrategy.builder()
                        .allowedGroups("arn:aws:identitystore:::group/" + center.groupId));
    }

    private static InvalidSettingsException invalid(IdentityStoreGroupStrategy.Builder builder) {
        return Objects.requireNonNull(catchThrowableOfType(InvalidSettingsException.class, builder::build));
    }

    @Test
    void target_mustBeAnId() {
        assertThatIllegalArgumentException().isThrownBy(() -> IdentityStoreGroupTarget.of("OnCall"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IdentityStoreGroupTarget.builder(center.groupId)
                        .groupId(center.groupId.toUpperCase(Locale.ROOT))
                        .build());
        IdentityStoreGroupTarget target = IdentityStoreGroupTarget.of(center.groupId.toUpperCase(Locale.ROOT));
        assertThat(target).isEqualTo(center.group).hasToString(center.groupId);
        assertThat(target.settings()).containsEntry("group_id", center.groupId);
        assertThat(target.type()).isEqualTo("aws_sso_group");
        assertThat(strategy.targetType()).isSameAs(IdentityStoreGroupTarget.TYPE);
    }

    @Test
    @AwsFact(33)
    void mockedClients_areEnough_andAConflictThatIsNoMembershipIsTriedAgain() {
        IdentitystoreClient store = mock(IdentitystoreClient.class);
        SsoAdminClient admin = mock(SsoAdminClient.class);
        when(store.getUserId(any(GetUserIdRequest.class)))
                .thenReturn(GetUserIdResponse.builder().userId(center.userId).build());
        when(store.describeUser(any(DescribeUserRequest.class)))
                .thenReturn(DescribeUserResponse.builder()
                        .userId(center.userId)
                        .userName(Center.USER)
                        .build());
        when(store.getGroupMembershipId(any(GetGroupMembershipIdRequest.class)))
                .thenThrow(ResourceNotFoundException.builder()
                        .resourceType(ResourceType.GROUP_MEMBERSHIP)
                        .statusCode(400)
                        .build());
        when(store.createGroupMembership(any(CreateGroupMembershipRequest.class)))
                .thenThrow(conflict())
                .thenThrow(conflict())
                .thenReturn(CreateGroupMembershipResponse.builder()
                        .membershipId("membership")
                        .build())
                .thenThrow(conflict());
        IdentityStoreGroupStrategy mocked = IdentityStoreGroupStrategy.builder()
                .identityStoreClient(store)
                .ssoAdminClient(admin)
                .accountId("111122223333")
                .instanceArn(center.center.instanceArn())
                .identityStoreId("d-0123456789")
                .clock(Center.clockOf(center.aws))
                .settleTime(Duration.ZERO)
                .allowedGroups(center.groupId)
                .build();

        assertThat(unknown(() -> mocked.escalate(center.groupRequest()))
                        .pending()
                        .membershipId())
                .contains("membership");
        assertThat(refusal(() -> mocked.escalate(center.groupRequest())).reason())
                .isEqualTo(Reason.CONFLICT);

        mocked.close();
        verify(store, never()).close();
        verify(admin, never()).close();
    }

    @Test
    @AwsFact(33)
    void deescalate_whenTheGroupIsBeingChanged_isTriedAgain() {
        IdentitystoreClient store = mock(IdentitystoreClient.class);
        when(store.deleteGroupMembership(any(DeleteGroupMembershipRequest.class)))
                .thenThrow(conflict())
                .thenThrow(conflict())
                .thenReturn(DeleteGroupMembershipResponse.builder().build())
                .thenThrow(SdkClientException.create("Connection reset"))
                .thenThrow(conflict());
        IdentityStoreGroupStrategy mocked = IdentityStoreGroupStrategy.builder()
                .identityStoreClient(store)
                .ssoAdminClient(mock(SsoAdminClient.class))
                .accountId("111122223333")
                .instanceArn(center.center.instanceArn())
                .identityStoreId("d-0123456789")
                .clock(Center.clockOf(center.aws))
                .accessReads(false)
                .allowedGroups(center.groupId)
                .build();
        Grant granted = Grant.prepared(center.groupRequest(), mocked.scope(), center.userId, Prior.ABSENT).toBuilder()
                .membershipId("membership")
                .build()
                .granted(center.aws.clock().instant());

        assertThat(mocked.deescalate(granted).result()).isEqualTo(Result.REVOKED);
        assertThat(unknown(() -> mocked.deescalate(granted)))
                .as("the first attempt's answer was lost, and conflicts followed until the time was over")
                .hasMessageContaining("for certain");
        assertThat(refusal(() -> mocked.deescalate(granted)).reason())
                .as("nothing was lost this time")
                .isEqualTo(Reason.CONFLICT);
    }

    private static ConflictException conflict() {
        return ConflictException.builder()
                .statusCode(400)
                .awsErrorDetails(
                        AwsErrorDetails.builder().errorCode("ConflictException").build())
                .build();
    }
}
