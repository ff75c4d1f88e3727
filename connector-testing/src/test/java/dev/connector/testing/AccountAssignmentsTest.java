package dev.connector.testing;

import static dev.connector.testing.Samples.allow;
import static dev.connector.testing.Samples.trust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.AccessDeniedException;
import software.amazon.awssdk.services.ssoadmin.model.AccountAssignment;
import software.amazon.awssdk.services.ssoadmin.model.AccountAssignmentOperationStatus;
import software.amazon.awssdk.services.ssoadmin.model.ConflictException;
import software.amazon.awssdk.services.ssoadmin.model.CreateAccountAssignmentRequest;
import software.amazon.awssdk.services.ssoadmin.model.DeleteAccountAssignmentRequest;
import software.amazon.awssdk.services.ssoadmin.model.InstanceMetadata;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentsRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentsResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListInstancesRequest;
import software.amazon.awssdk.services.ssoadmin.model.PrincipalType;
import software.amazon.awssdk.services.ssoadmin.model.ResourceNotFoundException;
import software.amazon.awssdk.services.ssoadmin.model.StatusValues;
import software.amazon.awssdk.services.ssoadmin.model.TargetType;
import software.amazon.awssdk.services.ssoadmin.model.ThrottlingException;
import software.amazon.awssdk.services.ssoadmin.model.ValidationException;

class AccountAssignmentsTest {

    private static final String ACCOUNT = "444455556666";

    private final SimulatedAws aws = SimulatedAws.create();
    private final SimulatedIdentityCenter center = aws.identityCenter();
    private final SsoAdminClient sso = Samples.adminSso(aws);
    private final String ada = center.createUser("ada", "ada@example.com");
    private final String readOnly = center.createPermissionSet("ReadOnly", Duration.ofHours(8));

    @Test
    @AwsFact(16)
    void creation_isAcceptedAtOnceAndDoneLater() {
        AccountAssignmentOperationStatus accepted = create(ada);

        assertThat(accepted.status()).isEqualTo(StatusValues.IN_PROGRESS);
        assertThat(accepted.requestId()).hasSize(36);
        assertThat(accepted.principalId()).isEqualTo(ada);
        assertThat(accepted.targetId()).isEqualTo(ACCOUNT);
        assertThat(center.assignedUsers(readOnly, ACCOUNT)).isEmpty();

        pass(Duration.ofMinutes(1));

        assertThat(describe(accepted.requestId()).status()).isEqualTo(StatusValues.SUCCEEDED);
        assertThat(describe(accepted.requestId()).permissionSetArn()).isEqualTo(readOnly);
        assertThat(center.assignedUsers(readOnly, ACCOUNT)).containsExactly(ada);
    }

    @Test
    void provisioningTimes_haveTheMeanThatWasSet() {
        center.outstandingLimit(1_000);
        center.requestsPerSecond(10_000);
        List<String> requests = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            requests.add(create(center.createUser("user-" + i)).requestId());
        }

        pass(Duration.ofSeconds(5));

        long done = requests.stream()
                .filter(id -> describe(id).status() == StatusValues.SUCCEEDED)
                .count();
        // The median of a log-normal time is below its mean.
        assertThat(done).isBetween(200L, 280L);
    }

    @Test
    @AwsFact(17)
    void creation_ofWhatIsThere_succeedsAndDoesNotTell() {
        center.assignUser(readOnly, ACCOUNT, ada);

        assertThat(settled(create(ada)).status()).isEqualTo(StatusValues.SUCCEEDED);
    }

    @Test
    @AwsFact(18)
    void deletion_ofWhatIsNotThere_isAcceptedAndFails() {
        AccountAssignmentOperationStatus accepted = delete(ada);
        assertThat(accepted.status()).isEqualTo(StatusValues.IN_PROGRESS);

        pass(Duration.ofMinutes(1));

        AccountAssignmentOperationStatus failed = describeDeletion(accepted.requestId());
        assertThat(failed.status()).isEqualTo(StatusValues.FAILED);
        assertThat(failed.failureReason()).startsWith("Received a 404 status error");
    }

    @Test
    @AwsFact(18)
    void creation_forAUserWhoIsGone_failsWithTheSameWords() {
        center.deleteUser(ada);

        AccountAssignmentOperationStatus failed = settled(create(ada));

        assertThat(failed.status()).isEqualTo(StatusValues.FAILED);
        assertThat(failed.failureReason())
                .startsWith("Received a 404 status error")
                .contains("not in the directory");
    }

    @Test
    @AwsFact(73)
    void assignment_ofAUserWhoIsDeleted_staysListedAndCannotBeDeleted() {
        center.assignUser(readOnly, ACCOUNT, ada);
        center.deleteUser(ada);

        String deletion = delete(ada).requestId();
        pass(Duration.ofMinutes(1));

        assertThat(describeDeletion(deletion).status()).isEqualTo(StatusValues.FAILED);
        assertThat(listed()).containsExactly(ada);
    }

    @Test
    @AwsFact(19)
    void creation_inAnAccountThatNobodyKnows_succeeds() {
        assertThat(settled(create(ada)).status()).isEqualTo(StatusValues.SUCCEEDED);
    }

    @Test
    @AwsFact(15)
    void change_whileAnEarlierOneIsUnderWayOrSpreading_conflicts() {
        aws.propagationDelay(Duration.ofSeconds(30));
        create(ada);
        assertThrown(ConflictException.class, () -> delete(ada));

        pass(Duration.ofSeconds(30));
        assertThrown(ConflictException.class, () -> delete(ada));

        pass(Duration.ofMinutes(1));
        assertThat(delete(ada).status()).isEqualTo(StatusValues.IN_PROGRESS);
    }

    @Test
    @AwsFact({15, 73})
    void change_inASuspendedAccount_conflictsUntilItIsReinstated() {
        center.suspendAccount(ACCOUNT);
        assertThrown(ConflictException.class, () -> create(ada));

        center.reinstateAccount(ACCOUNT);
        assertThat(create(ada).status()).isEqualTo(StatusValues.IN_PROGRESS);
    }

    @ParameterizedTest
    @AwsFact({13, 14, 71})
    @CsvSource({"10, false, 10", "15, false, 15", "10, true, 20", "15, true, 30"})
    void changes_overTheQuota_areThrottledByAnotherMessage(int limit, boolean separate, int fit) {
        center.outstandingLimit(limit);
        center.separateOutstandingLimits(separate);
        center.requestsPerSecond(1_000);
        for (int i = 0; i < fit; i++) {
            String user = center.createUser("user-" + i);
            center.assignUser(readOnly, ACCOUNT, user);
            if (i % 2 == 0) {
                create(user);
            } else {
                delete(user);
            }
        }

        ThrottlingException throttled = assertThrown(ThrottlingException.class, () -> create(ada));
        assertThat(throttled.statusCode()).isEqualTo(400);
        assertThat(throttled.awsErrorDetails().errorMessage()).containsIgnoringCase("too many requests");

        pass(Duration.ofMinutes(1));
        assertThat(create(ada).status()).isEqualTo(StatusValues.IN_PROGRESS);
    }

    @Test
    @AwsFact({13, 14})
    void calls_overTheRate_areThrottledWhateverTheOperation() {
        for (int i = 0; i < 10; i++) {
            listed();
            instances(sso);
        }

        ThrottlingException throttled = assertThrown(ThrottlingException.class, () -> instances(sso));
        assertThat(throttled.awsErrorDetails().errorMessage()).isEqualTo("Rate exceeded");

        pass(Duration.ofSeconds(1));
        assertThat(instances(sso)).hasSize(1);
    }

    @Test
    @AwsFact(20)
    void status_afterItsTime_isForgotten() {
        center.statusRetention(Duration.ofMinutes(10));
        String id = create(ada).requestId();
        pass(Duration.ofMinutes(5));
        assertThat(describe(id).status()).isEqualTo(StatusValues.SUCCEEDED);

        pass(Duration.ofMinutes(10));

        assertThrown(ResourceNotFoundException.class, () -> describe(id));
        assertThat(creations(null)).isEmpty();
    }

    @Test
    void statuses_areListedNewestFirstInPagesAndByFilter() {
        List<String> newestFirst = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            newestFirst.add(0, create(center.createUser("user-" + i)).requestId());
        }
        assertThat(creations(StatusValues.IN_PROGRESS)).isEqualTo(newestFirst);
        assertThat(creations(StatusValues.SUCCEEDED)).isEmpty();

        aws.pageSize(1);
        aws.emptyPages(true);
        pass(Duration.ofMinutes(1));

        assertThat(creations(null)).isEqualTo(newestFirst);
        assertThat(creations(StatusValues.IN_PROGRESS)).isEmpty();
        String deletion = delete(ada).requestId();
        assertThat(sso.listAccountAssignmentDeletionStatus(request -> request.instanceArn(center.instanceArn()))
                        .accountAssignmentsDeletionStatus())
                .isEmpty();
        assertThat(describeDeletion(deletion).requestId()).isEqualTo(deletion);
    }

    @Test
    @AwsFact(25)
    void assignments_ofUsersAndGroups_areListedTogetherInPages() {
        String group = center.createGroup("Readers");
        center.assignGroup(readOnly, ACCOUNT, group);
        center.assignUser(readOnly, ACCOUNT, ada);
        center.assignUser(readOnly, "777788889999", center.createUser("bob"));
        aws.pageSize(1);
        aws.emptyPages(true);

        assertThat(assignments())
                .extracting(AccountAssignment::principalType, AccountAssignment::principalId)
                .containsExactlyInAnyOrder(tuple(PrincipalType.USER, ada), tuple(PrincipalType.GROUP, group));

        center.unassignGroup(readOnly, ACCOUNT, group);
        center.unassignUser(readOnly, ACCOUNT, ada);
        assertThat(assignments()).isEmpty();
    }

    @Test
    void assignments_forLateReaders_areThoseOfBefore() {
        aws.propagationDelay(Duration.ofSeconds(10));
        center.assignUser(readOnly, ACCOUNT, ada);
        assertThat(listed()).isEmpty();

        pass(Duration.ofSeconds(10));
        assertThat(listed()).containsExactly(ada);
    }

    @Test
    @AwsFact(24)
    void permissionSet_inOtherLetterCase_isAnother() {
        assertThrown(
                ResourceNotFoundException.class,
                () -> sso.listAccountAssignments(
                        list().permissionSetArn(readOnly.substring(0, readOnly.length() - 16) + "A".repeat(16))
                                .build()));
    }

    @Test
    void permissionSet_thatIsGone_isNotFound() {
        assertThat(sso.describePermissionSet(request ->
                                request.instanceArn(center.instanceArn()).permissionSetArn(readOnly))
                        .permissionSet()
                        .sessionDuration())
                .isEqualTo("PT8H");
        create(ada);
        center.deletePermissionSet(readOnly);
        pass(Duration.ofMinutes(1));

        assertThrown(ResourceNotFoundException.class, () -> create(ada));
        assertThat(sso.listAccountAssignmentCreationStatus(request -> request.instanceArn(center.instanceArn()))
                        .accountAssignmentsCreationStatus())
                .singleElement()
                .satisfies(status -> assertThat(status.status()).isEqualTo(StatusValues.FAILED));
    }

    @Test
    void instance_ofAnotherArn_isNotFound() {
        assertThrown(
                ResourceNotFoundException.class,
                () -> sso.listAccountAssignments(list().instanceArn("arn:aws:sso:::instance/ssoins-0123456789abcdef")
                        .build()));
    }

    @Test
    @AwsFact(76)
    void instance_showsItsIdentityStoreAndOwner() {
        assertThat(instances(sso)).singleElement().satisfies(instance -> {
            assertThat(instance.instanceArn()).isEqualTo(center.instanceArn());
            assertThat(instance.identityStoreId()).isEqualTo(center.identityStoreId());
            assertThat(instance.ownerAccountId()).isEqualTo(aws.accountId());
        });
    }

    @Test
    void request_thatTheModelDoesNotAllow_isInvalid() {
        ValidationException invalid = assertThrown(
                ValidationException.class,
                () -> sso.createAccountAssignment(
                        creation(ada).targetId("1").principalId("ada").build()));

        assertThat(invalid.awsErrorDetails().errorMessage())
                .contains("targetId", "principalId")
                .startsWith("3 validation errors");
    }

    @Test
    @AwsFact(23)
    void change_inTheManagementAccount_needsRightsInIam() {
        center.managementAccount(ACCOUNT);
        SsoAdminClient narrow = Samples.sso(
                aws,
                aws.credentialsOf(aws.iam().createRole("/", "OnlySso", trust(aws.accountId()), allow("sso:*", "*"))));

        AccessDeniedException denied = assertThrown(
                AccessDeniedException.class,
                () -> narrow.createAccountAssignment(creation(ada).build()));
        assertThat(denied.awsErrorDetails().errorMessage()).contains("iam:CreateRole");
        assertThat(create(ada).status()).isEqualTo(StatusValues.IN_PROGRESS);
    }

    @Test
    @AwsFact(22)
    void change_inTheManagementAccountFromADelegatedAdministrator_isDenied() {
        center.managementAccount(ACCOUNT);
        center.delegatedAdministrator(true);

        assertThrown(AccessDeniedException.class, () -> create(ada));
    }

    @Test
    @AwsFact(69)
    void call_withACustomersKey_needsTheKeyToo() {
        center.customerKey("arn:aws:kms:us-east-1:111122223333:key/1");
        SsoAdminClient narrow = Samples.sso(
                aws,
                aws.credentialsOf(aws.iam().createRole("/", "OnlySso", trust(aws.accountId()), allow("sso:*", "*"))));

        AccessDeniedException denied = assertThrown(AccessDeniedException.class, () -> instances(narrow));
        assertThat(denied.reasonAsString()).startsWith("KMS_");
        assertThat(instances(sso)).hasSize(1);
    }

    @Test
    void change_whoseAnswerIsLost_isMade() {
        aws.fault("CreateAccountAssignment", 1, Fault.CONNECTION_RESET_AFTER);

        assertThrown(SdkClientException.class, () -> create(ada));
        pass(Duration.ofMinutes(1));

        assertThat(center.assignedUsers(readOnly, ACCOUNT)).containsExactly(ada);
    }

    private static <T extends Throwable> T assertThrown(Class<T> type, ThrowingCallable call) {
        T thrown = catchThrowableOfType(type, call);
        assertThat(thrown).isNotNull();
        return thrown;
    }

    private static List<InstanceMetadata> instances(SsoAdminClient client) {
        return client.listInstances(ListInstancesRequest.builder().build()).instances();
    }

    private void pass(Duration time) {
        aws.clock().advance(time);
    }

    private CreateAccountAssignmentRequest.Builder creation(String user) {
        return CreateAccountAssignmentRequest.builder()
                .instanceArn(center.instanceArn())
                .permissionSetArn(readOnly)
                .targetId(ACCOUNT)
                .targetType(TargetType.AWS_ACCOUNT)
                .principalId(user)
                .principalType(PrincipalType.USER);
    }

    private AccountAssignmentOperationStatus create(String user) {
        return sso.createAccountAssignment(creation(user).build()).accountAssignmentCreationStatus();
    }

    private AccountAssignmentOperationStatus delete(String user) {
        return sso.deleteAccountAssignment(DeleteAccountAssignmentRequest.builder()
                        .instanceArn(center.instanceArn())
                        .permissionSetArn(readOnly)
                        .targetId(ACCOUNT)
                        .targetType(TargetType.AWS_ACCOUNT)
                        .principalId(user)
                        .principalType(PrincipalType.USER)
                        .build())
                .accountAssignmentDeletionStatus();
    }

    private AccountAssignmentOperationStatus settled(AccountAssignmentOperationStatus accepted) {
        pass(Duration.ofMinutes(1));
        return describe(accepted.requestId());
    }

    private AccountAssignmentOperationStatus describe(String id) {
        return sso.describeAccountAssignmentCreationStatus(
                        request -> request.instanceArn(center.instanceArn()).accountAssignmentCreationRequestId(id))
                .accountAssignmentCreationStatus();
    }

    private AccountAssignmentOperationStatus describeDeletion(String id) {
        return sso.describeAccountAssignmentDeletionStatus(
                        request -> request.instanceArn(center.instanceArn()).accountAssignmentDeletionRequestId(id))
                .accountAssignmentDeletionStatus();
    }

    private List<String> creations(@Nullable StatusValues status) {
        List<String> ids = new ArrayList<>();
        sso.listAccountAssignmentCreationStatusPaginator(request -> {
                    request.instanceArn(center.instanceArn());
                    if (status != null) {
                        request.filter(filter -> filter.status(status));
                    }
                })
                .accountAssignmentsCreationStatus()
                .forEach(each -> ids.add(each.requestId()));
        return ids;
    }

    private ListAccountAssignmentsRequest.Builder list() {
        return ListAccountAssignmentsRequest.builder()
                .instanceArn(center.instanceArn())
                .accountId(ACCOUNT)
                .permissionSetArn(readOnly);
    }

    private List<AccountAssignment> assignments() {
        return sso.listAccountAssignmentsPaginator(list().build()).stream()
                .map(ListAccountAssignmentsResponse::accountAssignments)
                .flatMap(List::stream)
                .toList();
    }

    private List<String> listed() {
        return assignments().stream().map(AccountAssignment::principalId).toList();
    }
}
