package dev.connector.testing;

import static dev.connector.testing.Samples.admin;
import static dev.connector.testing.Samples.allow;
import static dev.connector.testing.Samples.trust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.identitystore.model.AccessDeniedException;
import software.amazon.awssdk.services.identitystore.model.ConflictException;
import software.amazon.awssdk.services.identitystore.model.DescribeUserResponse;
import software.amazon.awssdk.services.identitystore.model.Filter;
import software.amazon.awssdk.services.identitystore.model.GroupMembershipExistenceResult;
import software.amazon.awssdk.services.identitystore.model.ListUsersRequest;
import software.amazon.awssdk.services.identitystore.model.ListUsersResponse;
import software.amazon.awssdk.services.identitystore.model.ResourceNotFoundException;
import software.amazon.awssdk.services.identitystore.model.ResourceType;
import software.amazon.awssdk.services.identitystore.model.ThrottlingException;
import software.amazon.awssdk.services.identitystore.model.User;
import software.amazon.awssdk.services.identitystore.model.UserStatus;
import software.amazon.awssdk.services.identitystore.model.ValidationException;

class IdentityStoreTest {

    private final SimulatedAws aws = SimulatedAws.create();
    private final SimulatedIdentityCenter center = aws.identityCenter();
    private final IdentitystoreClient store = Samples.identityStore(aws, admin(aws));
    private final String ada = center.createUser("ada", "ada@example.com", "countess@example.com");
    private final String group = center.createGroup("OnCall");

    @Test
    @AwsFact(29)
    void user_isFoundByNameOrAnyEmailAddress() {
        assertThat(userId("userName", "ada")).isEqualTo(ada);
        assertThat(userId("emails.value", "countess@example.com")).isEqualTo(ada);
        assertThat(userId("userName", "ADA")).isEqualTo(ada);
        assertMissing(ResourceType.USER, () -> userId("userName", "ada@example.com"));
        assertThrown(ValidationException.class, () -> userId("UserName", "ada"));
        assertThrown(
                ValidationException.class,
                () -> store.getUserId(request -> request.identityStoreId(center.identityStoreId())));
    }

    @Test
    void user_isDescribedAsTheyAreNow() {
        center.renameUser(ada, "ada.lovelace");
        center.disableUser(ada);
        assertThat(described().userName()).isEqualTo("ada.lovelace");
        assertThat(described().userStatus()).isEqualTo(UserStatus.DISABLED);

        center.enableUser(ada);
        assertThat(described().userStatus()).isEqualTo(UserStatus.ENABLED);
        assertThat(described().emails()).hasSize(2);

        center.deleteUser(ada);
        assertMissing(ResourceType.USER, this::described);
        assertIllegal(() -> center.disableUser(ada));
    }

    @Test
    @AwsFact(30)
    void users_areListedInPagesAndNotByFilter() {
        String bob = center.createUser("bob");
        aws.pageSize(1);
        aws.emptyPages(true);

        List<String> ids = store
                .listUsersPaginator(ListUsersRequest.builder()
                        .identityStoreId(center.identityStoreId())
                        .maxResults(100)
                        .build())
                .stream()
                .map(ListUsersResponse::users)
                .flatMap(List::stream)
                .map(User::userId)
                .toList();

        assertThat(ids).containsExactlyInAnyOrder(ada, bob);
        assertThrown(ValidationException.class, () -> store.listUsers(filtered()));
    }

    @Test
    @AwsFact({33, 34})
    void membership_hasAnIdThatIsAnotherWhenItIsMadeAnew() {
        String first = join();
        assertThrown(ConflictException.class, this::join);
        assertThat(membershipId()).isEqualTo(first);
        assertThat(center.memberIds(group)).containsExactly(ada);

        store.deleteGroupMembership(
                request -> request.identityStoreId(center.identityStoreId()).membershipId(first));
        assertThat(center.memberIds(group)).isEmpty();
        assertMissing(
                ResourceType.GROUP_MEMBERSHIP,
                () -> store.deleteGroupMembership(request ->
                        request.identityStoreId(center.identityStoreId()).membershipId(first)));
        assertThat(join()).isNotEqualTo(first);
    }

    @Test
    void membership_showsWhenItWasMade() {
        aws.clock().advance(Duration.ofMinutes(5));
        String id = join();
        aws.clock().advance(Duration.ofMinutes(5));

        var membership = store.describeGroupMembership(
                request -> request.identityStoreId(center.identityStoreId()).membershipId(id));

        assertThat(membership.createdAt()).isEqualTo(aws.clock().instant().minus(Duration.ofMinutes(5)));
        assertThat(membership.groupId()).isEqualTo(group);
        assertThat(membership.memberId().userId()).isEqualTo(ada);
    }

    @Test
    void memberships_forLateReaders_areThoseOfBefore() {
        aws.propagationDelay(Duration.ofSeconds(10));
        String id = join();
        assertMissing(ResourceType.GROUP_MEMBERSHIP, this::membershipId);
        assertThat(isMember(group)).isFalse();

        aws.clock().advance(Duration.ofSeconds(10));
        assertThat(membershipId()).isEqualTo(id);
        assertThat(isMember(group)).isTrue();
    }

    @Test
    @AwsFact(35)
    void notFound_saysOfWhat() {
        String nobody = "00000000-0000-3000-8000-000000000000";
        assertMissing(
                ResourceType.GROUP,
                () -> store.createGroupMembership(request -> request.identityStoreId(center.identityStoreId())
                        .groupId(nobody)
                        .memberId(member -> member.userId(ada))));
        assertMissing(
                ResourceType.USER,
                () -> store.createGroupMembership(request -> request.identityStoreId(center.identityStoreId())
                        .groupId(group)
                        .memberId(member -> member.userId(nobody))));
        assertMissing(
                ResourceType.IDENTITY_STORE,
                () -> store.describeUser(
                        request -> request.identityStoreId("d-0123456789").userId(ada)));
    }

    @Test
    @AwsFact(38)
    void memberships_ofAHundredGroupsAtMost_areAskedForTogether() {
        assertThat(isMember(group)).isFalse();
        assertThrown(
                ValidationException.class,
                () -> store.isMemberInGroups(request -> request.identityStoreId(center.identityStoreId())
                        .memberId(member -> member.userId(ada))
                        .groupIds(Collections.nCopies(101, group))));
    }

    @Test
    void ids_areTheSameInBothLetterCases() {
        center.addMember(group, ada);

        assertThat(store.describeUser(request -> request.identityStoreId(center.identityStoreId())
                                .userId(ada.toUpperCase(Locale.ROOT)))
                        .userId())
                .isEqualTo(ada);
        assertThat(isMember(group.toUpperCase(Locale.ROOT))).isTrue();
    }

    @Test
    @AwsFact({36, 71})
    void calls_overTheRateOfTheirOperation_areThrottledAndTellForHowLong() {
        for (int i = 0; i < 20; i++) {
            described();
        }

        ThrottlingException throttled = assertThrown(ThrottlingException.class, this::described);
        assertThat(throttled.retryAfterSeconds()).isEqualTo(1);
        assertThat(userId("userName", "ada")).isEqualTo(ada);
    }

    @Test
    @AwsFact({36, 69})
    void call_withACustomersKey_needsTheKeyToo() {
        center.customerKey("arn:aws:kms:us-east-1:111122223333:key/1");
        IdentitystoreClient narrow = Samples.identityStore(
                aws,
                aws.credentialsOf(
                        aws.iam().createRole("/", "OnlyStore", trust(aws.accountId()), allow("identitystore:*", "*"))));

        AccessDeniedException denied = assertThrown(
                AccessDeniedException.class,
                () -> narrow.describeUser(request ->
                        request.identityStoreId(center.identityStoreId()).userId(ada)));
        assertThat(denied.reasonAsString()).isEqualTo("KMS_ACCESS_DENIED");
        assertThat(described().userId()).isEqualTo(ada);
    }

    @Test
    void membership_isAuthorisedOnItsGroupToo() {
        String id = join();
        String other = center.createGroup("Others");
        IdentitystoreClient narrow = Samples.identityStore(
                aws,
                aws.credentialsOf(aws.iam()
                        .createRole(
                                "/",
                                "Others",
                                trust(aws.accountId()),
                                allow("identitystore:*", "arn:aws:identitystore:::group/" + other),
                                allow("identitystore:*", "arn:aws:identitystore:::membership/*"),
                                allow("identitystore:*", "arn:aws:identitystore:::user/*"),
                                allow("identitystore:*", "arn:aws:identitystore::*:identitystore/*"))));

        assertThrown(
                AccessDeniedException.class,
                () -> narrow.deleteGroupMembership(request ->
                        request.identityStoreId(center.identityStoreId()).membershipId(id)));
        assertThat(center.memberIds(group)).containsExactly(ada);
    }

    @Test
    void module_outputsWhatTheStrategiesNeed() {
        aws.runtimeConnector("main");

        Map<String, String> settings = aws.ssoConnector("main");

        assertThat(settings)
                .containsOnlyKeys("cloud", "region", "role_arn", "instance_arn", "identity_store_id")
                .containsEntry("role_arn", "arn:aws:iam::111122223333:role/sym/SymSSOMain")
                .containsEntry("instance_arn", center.instanceArn())
                .containsEntry("identity_store_id", center.identityStoreId());
    }

    @Test
    void whatIsNotThere_orIsThereAlready_isRefused() {
        assertThatIllegalStateException().isThrownBy(() -> center.createUser("ADA"));
        center.addMember(group, ada);
        assertThatIllegalStateException().isThrownBy(() -> center.addMember(group, ada));
        center.removeMember(group, ada);
        assertIllegal(() -> center.removeMember(group, ada));
        center.addMember(group, ada);
        center.deleteGroup(group);
        assertIllegal(() -> center.memberIds(group));
        assertIllegal(() -> center.deleteGroup(group));
        String set = center.createPermissionSet("ReadOnly", Duration.ofHours(1));
        assertIllegal(() -> center.assignUser(set, "1", ada));
        assertIllegal(() -> center.suspendAccount("1"));
        assertIllegal(() -> center.managementAccount("x"));
        center.deletePermissionSet(set);
        assertIllegal(() -> center.sessionDuration(set, Duration.ofHours(2)));
        assertIllegal(() -> center.requestsPerSecond(0));
        assertIllegal(() -> center.outstandingLimit(0));
        assertIllegal(() -> center.provisioningTime(Duration.ofHours(2)));
        assertIllegal(() -> center.provisioningSpread(-0.1));
        assertIllegal(() -> center.provisioningSpread(Double.NaN));
        assertIllegal(() -> center.statusRetention(Duration.ofSeconds(-1)));
    }

    /** What the SDK calls deprecated, so that it can be set like this only. */
    private ListUsersRequest filtered() {
        ListUsersRequest.Builder request = ListUsersRequest.builder().identityStoreId(center.identityStoreId());
        Filter filter =
                Filter.builder().attributePath("UserName").attributeValue("ada").build();
        request.sdkFields().stream()
                .filter(field -> field.memberName().equals("Filters"))
                .forEach(field -> field.set(request, List.of(filter)));
        return request.build();
    }

    private static void assertIllegal(ThrowingCallable call) {
        assertThatIllegalArgumentException().isThrownBy(call);
    }

    private static <T extends Throwable> T assertThrown(Class<T> type, ThrowingCallable call) {
        T thrown = catchThrowableOfType(type, call);
        assertThat(thrown).isNotNull();
        return thrown;
    }

    private static void assertMissing(ResourceType type, ThrowingCallable call) {
        assertThat(assertThrown(ResourceNotFoundException.class, call).resourceType())
                .isEqualTo(type);
    }

    private String userId(String path, String value) {
        return store.getUserId(request -> request.identityStoreId(center.identityStoreId())
                        .alternateIdentifier(identifier -> identifier.uniqueAttribute(
                                attribute -> attribute.attributePath(path).attributeValue(Document.fromString(value)))))
                .userId();
    }

    private DescribeUserResponse described() {
        return store.describeUser(
                request -> request.identityStoreId(center.identityStoreId()).userId(ada));
    }

    private String join() {
        return store.createGroupMembership(request -> request.identityStoreId(center.identityStoreId())
                        .groupId(group)
                        .memberId(member -> member.userId(ada)))
                .membershipId();
    }

    private String membershipId() {
        return store.getGroupMembershipId(request -> request.identityStoreId(center.identityStoreId())
                        .groupId(group)
                        .memberId(member -> member.userId(ada)))
                .membershipId();
    }

    private boolean isMember(String groupId) {
        return store
                .isMemberInGroups(request -> request.identityStoreId(center.identityStoreId())
                        .memberId(member -> member.userId(ada))
                        .groupIds(groupId))
                .results()
                .stream()
                .anyMatch(GroupMembershipExistenceResult::membershipExists);
    }
}
