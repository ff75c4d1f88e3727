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
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.Prior;
import dev.connector.core.strategy.RemainingAccess;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.Revocation.Result;
import dev.connector.core.strategy.StrategyException.Reason;
import dev.connector.core.strategy.TargetNotAllowedException;
import dev.connector.testing.AwsFact;
import dev.connector.testing.Fault;
import dev.connector.testing.RecordedCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.identitystore.model.DescribeUserRequest;
import software.amazon.awssdk.services.identitystore.model.DescribeUserResponse;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.AccountAssignmentOperationStatus;
import software.amazon.awssdk.services.ssoadmin.model.CreateAccountAssignmentRequest;
import software.amazon.awssdk.services.ssoadmin.model.CreateAccountAssignmentResponse;
import software.amazon.awssdk.services.ssoadmin.model.DeleteAccountAssignmentRequest;
import software.amazon.awssdk.services.ssoadmin.model.DeleteAccountAssignmentResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentsRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentsResponse;
import software.amazon.awssdk.services.ssoadmin.model.StatusValues;

/** What a caller sees of the strategy of permission sets, over simulated AWS. */
class PermissionSetStrategyTest {

    private final Center center = new Center();
    private final PermissionSetStrategy strategy = center.permissionSets().build();

    @AfterEach
    void close() {
        strategy.close();
        center.close();
    }

    @Test
    @AwsFact({16, 26})
    void escalateAndDeescalate_whenAllGoesWell_waitUntilItIsSo() {
        Grant grant = strategy.escalate(center.request());

        assertThat(grant.state()).isEqualTo(GrantState.GRANTED);
        assertThat(grant.prior()).isEqualTo(Prior.ABSENT);
        assertThat(grant.sessionDuration()).contains(Duration.ofHours(8));
        assertThat(center.isAssigned()).isTrue();

        Revocation revocation = strategy.deescalate(Grant.fromJson(grant.toJson()));

        assertThat(revocation.result()).isEqualTo(Result.REVOKED);
        assertThat(revocation.confirmed()).isTrue();
        assertThat(center.isAssigned()).isFalse();
        assertThat(revocation.remainingComplete()).isTrue();
        assertThat(revocation.remaining()).singleElement().satisfies(remaining -> {
            assertThat(remaining.kind()).isEqualTo(RemainingAccess.Kind.SESSIONS);
            assertThat(remaining.until()).contains(center.aws.clock().instant().plus(Duration.ofHours(8)));
        });
    }

    @Test
    @AwsFact(17)
    void escalate_whenTheAssignmentIsThere_saysSoAndKeepsItAtTheEnd() {
        center.center.assignUser(center.permissionSet, Center.ACCOUNT, center.userId);

        Grant grant = strategy.escalate(center.request());

        assertThat(grant.prior()).isEqualTo(Prior.PRESENT);
        assertThat(strategy.deescalate(grant).result()).isEqualTo(Result.KEPT_PREEXISTING);
        assertThat(center.isAssigned()).isTrue();
    }

    @Test
    @AwsFact(18)
    void deescalate_whenTheAssignmentIsGone_provesItByReads() {
        Grant grant = strategy.escalate(center.request());
        center.center.unassignUser(center.permissionSet, Center.ACCOUNT, center.userId);

        Revocation revocation = strategy.deescalate(grant);

        assertThat(revocation.result()).isEqualTo(Result.ALREADY_ABSENT);
        assertThat(center.calls()).contains("DeleteAccountAssignment", "ListAccountAssignments");
    }

    @Test
    @AwsFact(73)
    void deescalate_whenTheUserIsGoneAndTheAssignmentListed_namesTheOrphan() {
        Grant grant = strategy.escalate(center.request());
        center.center.deleteUser(center.userId);

        Revocation revocation = strategy.deescalate(grant);

        assertThat(revocation.result()).isEqualTo(Result.ALREADY_ABSENT);
        assertThat(revocation.remaining())
                .extracting(RemainingAccess::kind)
                .containsExactly(RemainingAccess.Kind.ORPHANED_ASSIGNMENT, RemainingAccess.Kind.SESSIONS);
    }

    @Test
    @AwsFact(25)
    void deescalate_whenTheUserHasItThroughAGroupToo_namesTheGroup() {
        String readers = center.center.createGroup("Readers");
        String others = center.center.createGroup("Others");
        center.center.addMember(readers, center.userId);
        center.center.assignGroup(center.permissionSet, Center.ACCOUNT, readers);
        center.center.assignGroup(center.permissionSet, Center.ACCOUNT, others);
        Grant grant = strategy.escalate(center.request());

        Revocation revocation = strategy.deescalate(grant);

        assertThat(revocation.result()).isEqualTo(Result.REVOKED);
        assertThat(revocation.remaining())
                .filteredOn(remaining -> remaining.kind() == RemainingAccess.Kind.GROUP)
                .singleElement()
                .satisfies(remaining -> assertThat(remaining.description()).contains(readers));
    }

    @Test
    @AwsFact(26)
    void deescalate_whenSessionsWereMadeLonger_goesByTheLonger() {
        Grant grant = strategy.escalate(center.request());
        center.center.sessionDuration(center.permissionSet, Duration.ofHours(10));
        center.pass(Duration.ofMinutes(5));

        assertThat(strategy.deescalate(grant).remaining().get(0).until())
                .contains(center.aws.clock().instant().plus(Duration.ofHours(10)));
    }

    @Test
    void verbs_whenReadsAreDenied_knowLessAndSaySo() {
        center.deny("\"sso:ListAccountAssignments\", \"sso:DescribePermissionSet\"");

        Grant grant = strategy.escalate(center.request());
        assertThat(grant.prior()).isEqualTo(Prior.UNKNOWN);

        Revocation revocation = strategy.deescalate(grant);
        assertThat(revocation.result()).isEqualTo(Result.REVOKED);
        assertThat(revocation.remainingComplete()).isFalse();
        assertThat(revocation.remaining().get(0).until())
                .contains(center.aws.clock().instant().plus(Duration.ofHours(12)));
    }

    @Test
    void escalate_whenTheAnswerIsLost_looksForItAndDoesNotSendItTwice() {
        center.aws.fault("CreateAccountAssignment", 1, Fault.CONNECTION_RESET_AFTER);

        assertThat(strategy.escalate(center.request()).state()).isEqualTo(GrantState.GRANTED);
        assertThat(center.aws.calls("CreateAccountAssignment")).hasSize(1);
    }

    @Test
    @AwsFact(28)
    void escalate_whenMaxWaitPasses_isUnknownAndGoesOnFromTheRequest() {
        center.center.provisioningTime(Duration.ofMinutes(30));
        Grant pending = unknown(() -> strategy.escalate(center.requestFor(center.target())
                        .maxWait(Duration.ofMinutes(1))
                        .build()))
                .pending();

        assertThat(pending.state()).isEqualTo(GrantState.PENDING);
        assertThat(pending.awsRequestId()).isPresent();

        center.pass(Duration.ofHours(2));
        assertThat(strategy.resume(pending).grantedAt()).contains(pending.notAfter());
        assertThat(center.aws.calls("CreateAccountAssignment")).hasSize(1);
    }

    @Test
    @AwsFact(20)
    void resume_whenTheStatusIsForgotten_decidesByTheAssignments() {
        center.center.provisioningTime(Duration.ofMinutes(2));
        center.center.statusRetention(Duration.ofMinutes(1));
        Grant pending = unknown(() -> strategy.escalate(center.requestFor(center.target())
                        .maxWait(Duration.ofSeconds(1))
                        .build()))
                .pending();
        center.pass(Duration.ofMinutes(10));

        assertThat(strategy.resume(pending).confirmed())
                .as("a read has shown it")
                .isTrue();
        assertThat(center.aws.calls("CreateAccountAssignment")).hasSize(1);
    }

    @Test
    @AwsFact(20)
    void resume_whenTheStatusIsForgottenAndNothingIsThere_createsAnew() {
        center.center.provisioningTime(Duration.ofMinutes(2));
        center.center.statusRetention(Duration.ofMinutes(1));
        Grant pending = unknown(() -> strategy.escalate(center.requestFor(center.target())
                        .maxWait(Duration.ofSeconds(1))
                        .build()))
                .pending();
        center.pass(Duration.ofMinutes(10));
        center.center.unassignUser(center.permissionSet, Center.ACCOUNT, center.userId);
        center.center.provisioningTime(Duration.ZERO);

        assertThat(strategy.resume(pending).state()).isEqualTo(GrantState.GRANTED);
        assertThat(center.isAssigned()).isTrue();
        assertThat(center.aws.calls("CreateAccountAssignment")).hasSize(2);
    }

    @Test
    void resume_whenTheAccessWasTakenSinceTheCreation_createsItAnew() {
        Grant pending = pendingGrant();
        center.center.unassignUser(center.permissionSet, Center.ACCOUNT, center.userId);

        assertThat(strategy.resume(pending).state()).isEqualTo(GrantState.GRANTED);
        assertThat(center.isAssigned()).isTrue();
    }

    @Test
    void resume_whenTheAccessWasTakenSinceTheCreationAndTimeIsOver_isExpired() {
        Grant pending = pendingGrant();
        center.center.unassignUser(center.permissionSet, Center.ACCOUNT, center.userId);
        center.pass(Duration.ofHours(1));

        assertThat(refusal(() -> strategy.resume(pending)).reason()).isEqualTo(Reason.REQUEST_EXPIRED);
        assertThat(center.isAssigned()).isFalse();
    }

    private Grant pendingGrant() {
        center.center.provisioningTime(Duration.ofMinutes(1));
        Grant pending = unknown(() -> strategy.escalate(center.requestFor(center.target())
                        .maxWait(Duration.ofSeconds(1))
                        .build()))
                .pending()
                .toBuilder()
                .maxWait(Duration.ofMinutes(10))
                .build();
        center.pass(Duration.ofMinutes(10));
        center.center.provisioningTime(Duration.ZERO);
        assertThat(center.isAssigned()).isTrue();
        return pending;
    }

    @Test
    void deescalate_whenTheAccessWasGivenAgainSinceTheDeletion_deletesItAnew() {
        Grant grant = strategy.escalate(center.requestFor(center.target())
                .maxWait(Duration.ofMinutes(1))
                .build());
        center.center.provisioningTime(Duration.ofMinutes(5));
        Grant ending = unknown(() -> strategy.deescalate(grant)).pending();
        center.pass(Duration.ofHours(1));
        center.center.provisioningTime(Duration.ZERO);
        center.center.assignUser(center.permissionSet, Center.ACCOUNT, center.userId);

        assertThat(strategy.deescalate(ending).result()).isEqualTo(Result.REVOKED);
        assertThat(center.isAssigned()).isFalse();
    }

    @Test
    void deescalate_whenThePermissionSetIsGoneSinceTheDeletion_isRevoked() {
        Grant grant = strategy.escalate(center.requestFor(center.target())
                .maxWait(Duration.ofMinutes(1))
                .build());
        center.center.provisioningTime(Duration.ofMinutes(5));
        Grant ending = unknown(() -> strategy.deescalate(grant)).pending();
        center.pass(Duration.ofHours(1));
        assertThat(center.isAssigned()).isFalse();
        center.center.deletePermissionSet(center.permissionSet);

        assertThat(strategy.deescalate(ending).result()).isEqualTo(Result.REVOKED);
    }

    @Test
    @AwsFact(20)
    void resume_whenTheStatusIsForgottenAndTheNextAttemptIsRefused_isUnknown() {
        Grant prepared = strategy.prepare(center.request());
        center.center.provisioningTime(Duration.ofMillis(100));
        center.center.statusRetention(Duration.ZERO);
        center.aws.fault("ListAccountAssignments", 1, Fault.ACCESS_DENIED);
        center.aws.fault("CreateAccountAssignment", 2, Fault.ACCESS_DENIED);

        Grant pending = unknown(() -> strategy.resume(prepared)).pending();

        assertThat(pending.state()).isEqualTo(GrantState.PENDING);
        assertThat(pending.awsRequestId())
                .as("what AWS has forgotten leads nowhere")
                .isEmpty();
        assertThat(center.isAssigned()).isTrue();
    }

    @Test
    @AwsFact(20)
    void deescalate_whenTheStatusIsForgottenAndTheNextAttemptIsRefused_isUnknown() {
        Grant grant = strategy.escalate(center.request());
        center.center.provisioningTime(Duration.ofMillis(100));
        center.center.statusRetention(Duration.ZERO);
        center.aws.fault("DeleteAccountAssignment", 2, Fault.ACCESS_DENIED);

        Grant ending = unknown(() -> strategy.deescalate(grant)).pending();

        assertThat(ending.state()).isEqualTo(GrantState.ENDING);
        assertThat(ending.awsRequestId()).isEmpty();
        assertThat(center.isAssigned()).isFalse();
    }

    @Test
    @AwsFact(18)
    void deescalate_whenThePermissionSetGoesMeanwhile_isUnknownAndNeverAbsent() {
        Grant grant = strategy.escalate(center.requestFor(center.target())
                .maxWait(Duration.ofMinutes(1))
                .build());
        center.center.provisioningTime(Duration.ofMinutes(30));
        Grant ending = unknown(() -> strategy.deescalate(grant)).pending();
        center.center.deletePermissionSet(center.permissionSet);
        center.pass(Duration.ofHours(2));

        assertThat(unknown(() -> strategy.deescalate(ending))).hasMessageContaining("does not exist");
    }

    @Test
    @AwsFact({15, 73})
    void change_inASuspendedAccount_isRefusedAndNeverCountsAsRevoked() {
        try (PermissionSetStrategy asking = center.permissionSets()
                .accountStatus(account -> AccountStatus.SUSPENDED)
                .build()) {
            Grant grant = asking.escalate(center.request());
            center.center.suspendAccount(Center.ACCOUNT);

            assertThat(refusal(() -> asking.deescalate(grant)).reason()).isEqualTo(Reason.ACCOUNT_SUSPENDED);
            assertThat(refusal(() -> strategy.deescalate(grant)).reason()).isEqualTo(Reason.CONFLICT);
            assertThat(center.isAssigned()).isTrue();
        }
    }

    @Test
    @AwsFact(18)
    void escalate_whenAwsCannotCarryItOut_failsWithAwsWords() {
        Grant prepared = strategy.prepare(center.request());
        center.aws.fault("DescribeUser", 99, Fault.THROTTLE);
        center.center.deleteUser(center.userId);

        assertThat(refusal(() -> strategy.resume(prepared)))
                .hasMessageContaining("not in the directory")
                .satisfies(failed -> assertThat(failed.reason()).isEqualTo(Reason.REJECTED));
    }

    @Test
    @AwsFact(28)
    void deescalate_whenMaxWaitPasses_isUnknownAndGoesOnFromTheRequest() {
        Grant grant = strategy.escalate(center.requestFor(center.target())
                .maxWait(Duration.ofMinutes(1))
                .build());
        center.center.provisioningTime(Duration.ofMinutes(30));

        Grant ending = unknown(() -> strategy.deescalate(grant)).pending();
        assertThat(ending.state()).isEqualTo(GrantState.ENDING);
        assertThat(ending.awsRequestId()).isPresent();

        center.pass(Duration.ofHours(2));
        assertThat(strategy.deescalate(ending).result()).isEqualTo(Result.REVOKED);
        assertThat(center.aws.calls("DeleteAccountAssignment")).hasSize(1);
        assertThat(center.isAssigned()).isFalse();
    }

    @Test
    void deescalate_whenTheCreationIsStillUnderWay_waitsForItFirst() {
        center.center.provisioningTime(Duration.ofMinutes(2));
        Grant pending = unknown(() -> strategy.escalate(center.requestFor(center.target())
                        .maxWait(Duration.ofSeconds(10))
                        .build()))
                .pending();
        Grant patient = pending.toBuilder().maxWait(Duration.ofHours(1)).build();

        assertThat(strategy.deescalate(patient).result()).isEqualTo(Result.REVOKED);
        assertThat(center.isAssigned()).isFalse();
    }

    @Test
    void deescalate_whenTheCreationOutlastsItsTime_isUnknownAndSendsNothing() {
        center.center.provisioningTime(Duration.ofMinutes(30));
        Grant pending = unknown(() -> strategy.escalate(center.requestFor(center.target())
                        .maxWait(Duration.ofSeconds(10))
                        .build()))
                .pending();

        assertThat(unknown(() -> strategy.deescalate(pending))).hasMessageContaining("may still be under way");
        assertThat(center.aws.calls("DeleteAccountAssignment")).isEmpty();

        center.pass(Duration.ofHours(2));
        center.center.provisioningTime(Duration.ZERO);
        assertThat(strategy.deescalate(pending.ending()).result()).isEqualTo(Result.REVOKED);
    }

    @Test
    void resume_whenCrashedAfterItWasSent_looksForItFirst() {
        center.center.provisioningTime(Duration.ofMinutes(1));
        Grant pending = unknown(() -> strategy.escalate(center.requestFor(center.target())
                        .maxWait(Duration.ofSeconds(1))
                        .build()))
                .pending();
        Grant withoutId = pending.toBuilder()
                .awsRequestId(Optional.empty())
                .maxWait(Duration.ofMinutes(10))
                .build();

        try (PermissionSetStrategy afterACrash =
                center.permissionSets().clock(Center.clockOf(center.aws)).build()) {
            assertThat(afterACrash.resume(withoutId).state()).isEqualTo(GrantState.GRANTED);
        }
        assertThat(center.aws.calls("CreateAccountAssignment")).hasSize(1);
    }

    @Test
    void resume_afterItsTime_sendsNothingAndFindsOut() {
        Grant prepared = strategy.prepare(center.request());
        center.pass(Duration.ofHours(1));

        assertThat(refusal(() -> strategy.resume(prepared)).reason()).isEqualTo(Reason.REQUEST_EXPIRED);
        assertThat(center.calls()).doesNotContain("CreateAccountAssignment");

        center.center.assignUser(center.permissionSet, Center.ACCOUNT, center.userId);
        assertThat(strategy.resume(prepared).grantedAt()).contains(prepared.notAfter());
        center.center.unassignUser(center.permissionSet, Center.ACCOUNT, center.userId);
        center.deny("\"sso:ListAccountAssignments\"");
        assertThat(unknown(() -> strategy.resume(prepared))).hasMessageContaining("no read proves");
    }

    @Test
    @AwsFact(24)
    void deescalate_whenThePermissionSetIsGone_isAnErrorAndNeverAbsent() {
        Grant grant = strategy.escalate(center.request());
        center.center.deletePermissionSet(center.permissionSet);

        assertThat(refusal(() -> strategy.deescalate(grant)).reason()).isEqualTo(Reason.TARGET_NOT_FOUND);
    }

    @Test
    @AwsFact({22, 23})
    void escalate_inTheManagementAccountOfADelegatedAdministrator_saysWhatToDo() {
        center.center.managementAccount(Center.ACCOUNT);
        center.center.delegatedAdministrator(true);

        assertThat(refusal(() -> strategy.escalate(center.request())))
                .hasMessageContaining("sso_account_assignment_enabled")
                .hasMessageContaining("management account")
                .satisfies(denied -> assertThat(denied.reason()).isEqualTo(Reason.DENIED));
    }

    @Test
    @AwsFact(27)
    void waiting_readsAFewTimesASecondHoweverLongItTakes() {
        center.center.provisioningTime(Duration.ofMinutes(1));
        Instant start = center.aws.clock().instant();

        strategy.escalate(center.request());

        long seconds = Duration.between(start, center.aws.clock().instant()).toSeconds();
        long statusReads = center.calls().stream()
                .filter(operation -> operation.contains("Status"))
                .count();
        assertThat(statusReads).isLessThanOrEqualTo(4 * seconds);
    }

    @Test
    void escalate_whenTheThreadIsInterrupted_sendsNothing() {
        Grant prepared = strategy.prepare(center.request());
        Thread.currentThread().interrupt();

        Reason reason = refusal(() -> strategy.resume(prepared)).reason();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(reason).isEqualTo(Reason.NOT_STARTED);
        assertThat(center.aws.calls("CreateAccountAssignment")).isEmpty();
    }

    @Test
    void session_canReachWhatIsOnTheListsAndNothingElse() {
        strategy.escalate(center.request());

        assertThat(center.aws.calls("sts:AssumeRole").get(1).parameters().get("Policy"))
                .contains(center.permissionSet, "arn:aws:sso:::account/" + Center.ACCOUNT)
                .contains(center.center.instanceArn())
                .doesNotContain("iam:")
                .doesNotContain("permissionSet/*");
    }

    @Test
    @AwsFact({23, 69})
    void session_whereTheRolesOwnAccountIsOnTheList_mayDoWhatAwsDoesThereToo() {
        try (PermissionSetStrategy everywhere = center.permissionSets()
                .allowedPermissionSets(PermissionSetPattern.of("*", "*"))
                .build()) {
            everywhere.prepare(center.request());
        }

        assertThat(center.aws.calls("sts:AssumeRole").get(1).parameters().get("Policy"))
                .contains("role/aws-reserved/sso.amazonaws.com/*", "arn:aws:sso:::permissionSet/*");
    }

    @Test
    void permissionSets_thatAreNotOnTheLists_areRefusedBeforeAnyCall() {
        Grant grant = strategy.escalate(center.request());
        PermissionSetTarget elsewhere = PermissionSetTarget.of(center.permissionSet, "777788889999");
        center.aws.clearCalls();

        assertThatThrownBy(() -> strategy.prepare(center.requestFor(elsewhere).build()))
                .isInstanceOf(TargetNotAllowedException.class)
                .hasMessageContaining("allowedPermissionSets");
        try (PermissionSetStrategy other = PermissionSetStrategy.builder()
                .connector(center.connector)
                .settings(center.settings)
                .revocablePermissionSets(PermissionSetPattern.of("*", "777788889999"))
                .build()) {
            assertThatThrownBy(() -> other.deescalate(grant))
                    .isInstanceOf(TargetNotAllowedException.class)
                    .hasMessageContaining("revocablePermissionSets");
        }
        assertThat(center.aws.calls()).isEmpty();
    }

    @Test
    void patterns_areComparedToTheLetter() {
        PermissionSetPattern pattern = PermissionSetPattern.of(
                center.permissionSet.substring(0, center.permissionSet.length() - 2) + "??", "4444*");

        assertThat(pattern.matches(center.target())).isTrue();
        assertThat(pattern.matches(PermissionSetTarget.of(center.permissionSet, "544455556666")))
                .isFalse();
        assertThat(pattern)
                .isEqualTo(PermissionSetPattern.of(pattern.permissionSetArn(), pattern.accountId()))
                .hasSameHashCodeAs(PermissionSetPattern.of(pattern.permissionSetArn(), pattern.accountId()))
                .isNotEqualTo(PermissionSetPattern.of(pattern.permissionSetArn(), "*"))
                .hasToString(pattern.permissionSetArn() + " in 4444*");
        assertThatIllegalArgumentException().isThrownBy(() -> PermissionSetPattern.of("ReadOnly", "*"));
        assertThatIllegalArgumentException().isThrownBy(() -> PermissionSetPattern.of("*", "my-account"));
    }

    @Test
    void build_whenSettingsAreWrong_namesAllOfThem() {
        InvalidSettingsException invalid = catchThrowableOfType(
                InvalidSettingsException.class,
                () -> PermissionSetStrategy.builder()
                        .outstandingChanges(1)
                        .reservedRevocationSlots(1)
                        .requestsPerSecond(1)
                        .maxProvisioning(Duration.ofMinutes(1))
                        .build());

        assertThat(invalid.problems())
                .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                .contains("limits", "allowedPermissionSets", "connector", "instance_arn");
        assertThat(strategy.targetType()).isSameAs(PermissionSetTarget.TYPE);
        assertThat(strategy.scope().instanceArn()).contains(center.center.instanceArn());
    }

    @Test
    void accountStatus_thatFails_makesNoFailureWorse() {
        try (PermissionSetStrategy asking = center.permissionSets()
                .accountStatus(account -> {
                    throw new IllegalStateException("no answer");
                })
                .build()) {
            center.center.suspendAccount(Center.ACCOUNT);
            assertThat(refusal(() -> asking.escalate(center.request())).reason())
                    .isEqualTo(Reason.CONFLICT);
        }
        try (PermissionSetStrategy asking = center.permissionSets()
                .accountStatus(account -> AccountStatus.SUSPENDED)
                .build()) {
            assertThat(refusal(() -> asking.escalate(center.request())).reason())
                    .isEqualTo(Reason.ACCOUNT_SUSPENDED);
        }
    }

    @Test
    @AwsFact({13, 71})
    void manyThreads_thatEscalateAtOnce_areNeverThrottled() {
        List<Runnable> callers = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String user = "user-" + i;
            center.center.createUser(user);
            callers.add(() -> strategy.escalate(center.requestFor(center.target())
                    .requester(Requester.of(user))
                    .maxWait(Duration.ofHours(1))
                    .build()));
        }
        center.aws.latency(Duration.ofMillis(40));

        center.aws.run(callers.toArray(Runnable[]::new));

        assertThat(center.center.assignedUsers(center.permissionSet, Center.ACCOUNT))
                .hasSize(30);
        assertThat(center.aws.calls())
                .filteredOn(call -> call.service().equals("sso"))
                .extracting(RecordedCall::errorCode)
                .containsOnly(Optional.empty());
    }

    @Test
    void deescalate_whenTheLooksAfterItFail_isRevokedAllTheSame() {
        SsoAdminClient admin = mock(SsoAdminClient.class);
        IdentitystoreClient store = mock(IdentitystoreClient.class);
        AccountAssignmentOperationStatus done = AccountAssignmentOperationStatus.builder()
                .requestId("0a1b2c3d-0000-4000-8000-000000000000")
                .status(StatusValues.SUCCEEDED)
                .build();
        when(admin.listAccountAssignments(any(ListAccountAssignmentsRequest.class)))
                .thenReturn(ListAccountAssignmentsResponse.builder().build())
                .thenReturn(null);
        when(admin.createAccountAssignment(any(CreateAccountAssignmentRequest.class)))
                .thenReturn(CreateAccountAssignmentResponse.builder()
                        .accountAssignmentCreationStatus(done)
                        .build());
        when(admin.deleteAccountAssignment(any(DeleteAccountAssignmentRequest.class)))
                .thenReturn(DeleteAccountAssignmentResponse.builder()
                        .accountAssignmentDeletionStatus(done)
                        .build());
        when(store.describeUser(any(DescribeUserRequest.class)))
                .thenReturn(DescribeUserResponse.builder()
                        .userId(center.userId)
                        .userName(Center.USER)
                        .build());
        PermissionSetStrategy mocked = PermissionSetStrategy.builder()
                .ssoAdminClient(admin)
                .identityStoreClient(store)
                .identityStoreId("d-0123456789")
                .instanceArn(center.center.instanceArn())
                .accountId("111122223333")
                .clock(Center.clockOf(center.aws))
                .identityResolver(requester -> Optional.of(center.userId))
                .allowedPermissionSets(PermissionSetPattern.of(center.permissionSet, "*"))
                .build();

        Revocation revocation = mocked.deescalate(mocked.escalate(center.request()));

        assertThat(revocation.result()).isEqualTo(Result.REVOKED);
        assertThat(revocation.confirmed()).isFalse();
        assertThat(revocation.remainingComplete()).isFalse();
        mocked.close();
        verify(admin, never()).close();
    }
}
