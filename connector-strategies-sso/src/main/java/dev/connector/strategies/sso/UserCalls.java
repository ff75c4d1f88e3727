package dev.connector.strategies.sso;

import dev.connector.core.AwsCallException;
import dev.connector.core.AwsFailure;
import dev.connector.core.strategy.Deadline;
import dev.connector.core.strategy.StrategySession;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.identitystore.model.AlternateIdentifier;
import software.amazon.awssdk.services.identitystore.model.DescribeUserRequest;
import software.amazon.awssdk.services.identitystore.model.DescribeUserResponse;
import software.amazon.awssdk.services.identitystore.model.Email;
import software.amazon.awssdk.services.identitystore.model.GetUserIdRequest;
import software.amazon.awssdk.services.identitystore.model.GroupMembershipExistenceResult;
import software.amazon.awssdk.services.identitystore.model.IsMemberInGroupsRequest;
import software.amazon.awssdk.services.identitystore.model.ListUsersRequest;
import software.amazon.awssdk.services.identitystore.model.ListUsersResponse;
import software.amazon.awssdk.services.identitystore.model.MemberId;
import software.amazon.awssdk.services.identitystore.model.ResourceNotFoundException;
import software.amazon.awssdk.services.identitystore.model.ResourceType;
import software.amazon.awssdk.services.identitystore.model.UniqueAttribute;
import software.amazon.awssdk.services.identitystore.model.User;
import software.amazon.awssdk.services.identitystore.model.UserStatus;

/** The reads of users of one identity store, for one verb. */
final class UserCalls {

    static final String GET_USER_ID = "identitystore:GetUserId";
    static final String DESCRIBE_USER = "identitystore:DescribeUser";
    static final String LIST_USERS = "identitystore:ListUsers";

    static final String IS_MEMBER = "identitystore:IsMemberInGroups";

    private static final int LARGEST_PAGE = 100;
    private static final int MOST_GROUPS = 100;

    private final Store store;
    private final StrategySession session;
    private final Deadline deadline;
    private final String storeId;

    UserCalls(Store store, StrategySession session, Deadline deadline, String storeId) {
        this.store = store;
        this.session = session;
        this.deadline = deadline;
        this.storeId = storeId;
    }

    /**
     * The id of the user whose attribute has a value; empty if there is none.
     *
     * @param path as AWS writes it, where letter case counts: {@code userName} or {@code emails.value}
     */
    Optional<String> idBy(String path, String value) {
        AlternateIdentifier attribute = AlternateIdentifier.fromUniqueAttribute(UniqueAttribute.builder()
                .attributePath(path)
                .attributeValue(Document.fromString(value))
                .build());
        return unlessNobody(() -> call(
                        GET_USER_ID,
                        () -> store.client()
                                .getUserId(session.authorize(GetUserIdRequest.builder()
                                                .identityStoreId(storeId)
                                                .alternateIdentifier(attribute))
                                        .build()))
                .userId());
    }

    /** The user of an id; empty if there is none. */
    Optional<DirectoryUser> user(String id) {
        return unlessNobody(() -> userOf(call(
                DESCRIBE_USER,
                () -> store.client()
                        .describeUser(session.authorize(DescribeUserRequest.builder()
                                        .identityStoreId(storeId)
                                        .userId(id))
                                .build()))));
    }

    /** All users who are called so. No filter is sent: AWS has deprecated the one by user name and has none by e-mail address. */
    List<DirectoryUser> called(String name) {
        List<DirectoryUser> found = new ArrayList<>();
        Set<String> tokens = new HashSet<>();
        String token = null;
        do {
            ListUsersResponse page = page(token);
            page.users().stream()
                    .map(UserCalls::userOf)
                    .filter(user -> user.isCalled(name))
                    .forEach(found::add);
            token = page.nextToken();
            if (token != null && !tokens.add(token)) {
                throw new IllegalStateException(LIST_USERS + " gave a token to go on from that it had given before.");
            }
        } while (token != null);
        return found;
    }

    /** In which of some groups a user is; in none if the user is gone. */
    List<String> groupsOf(String id, List<String> groups) {
        List<String> found = new ArrayList<>();
        for (int from = 0; from < groups.size(); from += MOST_GROUPS) {
            List<String> some = groups.subList(from, Math.min(groups.size(), from + MOST_GROUPS));
            unlessNobody(() -> call(
                                    IS_MEMBER,
                                    () -> store.client()
                                            .isMemberInGroups(session.authorize(IsMemberInGroupsRequest.builder()
                                                            .identityStoreId(storeId)
                                                            .memberId(MemberId.fromUserId(id))
                                                            .groupIds(some))
                                                    .build()))
                            .results())
                    .ifPresent(results -> results.stream()
                            .filter(result -> Boolean.TRUE.equals(result.membershipExists()))
                            .map(GroupMembershipExistenceResult::groupId)
                            .filter(Objects::nonNull)
                            .forEach(found::add));
        }
        return found;
    }

    private ListUsersResponse page(@Nullable String token) {
        return call(
                LIST_USERS,
                () -> store.client()
                        .listUsers(session.authorize(ListUsersRequest.builder()
                                        .identityStoreId(storeId)
                                        .maxResults(LARGEST_PAGE)
                                        .nextToken(token))
                                .build()));
    }

    private static DirectoryUser userOf(User user) {
        return user(user.userId(), user.userName(), user.emails(), user.userStatusAsString());
    }

    private static DirectoryUser userOf(DescribeUserResponse user) {
        return user(user.userId(), user.userName(), user.emails(), user.userStatusAsString());
    }

    private static DirectoryUser user(
            @Nullable String id, @Nullable String userName, List<Email> emails, @Nullable String status) {
        return new DirectoryUser(
                DirectoryIds.canonical(id),
                Objects.requireNonNullElse(userName, ""),
                emails.stream().map(Email::value).filter(Objects::nonNull).toList(),
                status == null || status.equals(UserStatus.ENABLED.toString()));
    }

    /** Only a user who is not there is nobody; a store that is not there is an error of the settings. */
    private static <T> Optional<T> unlessNobody(Supplier<@Nullable T> call) {
        try {
            return Optional.ofNullable(call.get());
        } catch (AwsCallException failed) {
            if (isNobody(failed.failure())) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    static boolean isNobody(AwsFailure failure) {
        return failure.cause() instanceof ResourceNotFoundException missing
                && missing.resourceType() != ResourceType.IDENTITY_STORE
                && missing.resourceType() != ResourceType.GROUP;
    }

    private <T> T call(String operation, Supplier<@Nullable T> call) {
        return store.call(operation, session, deadline, deadline.remaining(), call);
    }
}
