package dev.connector.strategies.sso;

import dev.connector.core.AwsCallException;
import dev.connector.core.AwsFailure;
import dev.connector.core.strategy.Deadline;
import dev.connector.core.strategy.StrategySession;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.identitystore.model.CreateGroupMembershipRequest;
import software.amazon.awssdk.services.identitystore.model.DeleteGroupMembershipRequest;
import software.amazon.awssdk.services.identitystore.model.DescribeGroupMembershipRequest;
import software.amazon.awssdk.services.identitystore.model.GetGroupMembershipIdRequest;
import software.amazon.awssdk.services.identitystore.model.MemberId;
import software.amazon.awssdk.services.identitystore.model.ResourceNotFoundException;
import software.amazon.awssdk.services.identitystore.model.ResourceType;

/** The calls about memberships of one group, for one verb. Every call is safe to repeat. */
final class MembershipCalls {

    static final String CREATE = "identitystore:CreateGroupMembership";
    static final String DELETE = "identitystore:DeleteGroupMembership";
    static final String GET_ID = "identitystore:GetGroupMembershipId";
    static final String DESCRIBE = "identitystore:DescribeGroupMembership";

    private final Store store;
    private final StrategySession session;
    private final Deadline deadline;
    private final String storeId;
    private final String groupId;

    MembershipCalls(Store store, StrategySession session, Deadline deadline, String storeId, String groupId) {
        this.store = store;
        this.session = session;
        this.deadline = deadline;
        this.storeId = storeId;
        this.groupId = groupId;
    }

    UserCalls users() {
        return new UserCalls(store, session, deadline, storeId);
    }

    /**
     * Makes a user a member.
     *
     * @param lastLook run before each attempt is sent, when its session is there; what it throws keeps the attempt from being sent
     * @return the membership's id
     */
    String create(String userId, Duration limit, Runnable lastLook) {
        return requireId(
                CREATE,
                call(CREATE, limit, () -> {
                            CreateGroupMembershipRequest request = session.authorize(
                                            CreateGroupMembershipRequest.builder()
                                                    .identityStoreId(storeId)
                                                    .groupId(groupId)
                                                    .memberId(MemberId.fromUserId(userId)))
                                    .build();
                            lastLook.run();
                            return store.client().createGroupMembership(request);
                        })
                        .membershipId());
    }

    /**
     * Deletes a membership.
     *
     * @return whether it was there
     */
    boolean delete(String membershipId) {
        try {
            call(
                    DELETE,
                    () -> store.client()
                            .deleteGroupMembership(session.authorize(DeleteGroupMembershipRequest.builder()
                                            .identityStoreId(storeId)
                                            .membershipId(membershipId))
                                    .build()));
            return true;
        } catch (AwsCallException failed) {
            if (isGone(failed.failure())) {
                return false;
            }
            throw failed;
        }
    }

    /** Looks for the membership of a user; empty if a read shows none, also if it shows that the user is gone. */
    Optional<MembershipView> membership(String userId) {
        Optional<String> id = unlessGone(() -> call(
                        GET_ID,
                        () -> store.client()
                                .getGroupMembershipId(session.authorize(GetGroupMembershipIdRequest.builder()
                                                .identityStoreId(storeId)
                                                .groupId(groupId)
                                                .memberId(MemberId.fromUserId(userId)))
                                        .build()))
                .membershipId());
        return id.map(found -> new MembershipView(requireId(GET_ID, found), createdAt(found)));
    }

    private @Nullable Instant createdAt(String membershipId) {
        try {
            return unlessGone(() -> call(
                                    DESCRIBE,
                                    () -> store.client()
                                            .describeGroupMembership(
                                                    session.authorize(DescribeGroupMembershipRequest.builder()
                                                                    .identityStoreId(storeId)
                                                                    .membershipId(membershipId))
                                                            .build()))
                            .createdAt())
                    .orElse(null);
        } catch (AwsCallException failed) {
            if (failed.failure().kind() == AwsFailure.Kind.DENIED) {
                return null;
            }
            throw failed;
        }
    }

    /** Looks, as far as a look can tell now. */
    MembershipLook look(String userId) {
        try {
            return MembershipLook.of(membership(userId));
        } catch (AwsCallException failed) {
            return failed.failure().kind() == AwsFailure.Kind.DENIED
                    ? MembershipLook.notReadable()
                    : MembershipLook.failed(failed.failure());
        }
    }

    /** A membership that is not there, or a user who is not: a group or a store that is not there is an error of the settings. */
    private static boolean isGone(AwsFailure failure) {
        return failure.cause() instanceof ResourceNotFoundException missing
                && (missing.resourceType() == ResourceType.GROUP_MEMBERSHIP
                        || missing.resourceType() == ResourceType.USER);
    }

    private static <T> Optional<T> unlessGone(Supplier<@Nullable T> call) {
        try {
            return Optional.ofNullable(call.get());
        } catch (AwsCallException failed) {
            if (isGone(failed.failure())) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    private static String requireId(String operation, @Nullable String membershipId) {
        if (membershipId == null) {
            throw new IllegalStateException(
                    operation + " was answered without the id of a membership. A mocked client" + " must answer one.");
        }
        return membershipId;
    }

    private <T> T call(String operation, Supplier<@Nullable T> call) {
        return call(operation, deadline.remaining(), call);
    }

    private <T> T call(String operation, Duration limit, Supplier<@Nullable T> call) {
        return store.call(operation, session, deadline, limit, call);
    }
}
