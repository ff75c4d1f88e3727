package dev.connector.strategies.iam;

import dev.connector.core.AwsCallException;
import dev.connector.core.AwsFailure;
import dev.connector.core.Retries;
import dev.connector.core.strategy.Deadline;
import dev.connector.core.strategy.StrategyException;
import dev.connector.core.strategy.StrategySession;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AddUserToGroupRequest;
import software.amazon.awssdk.services.iam.model.GetGroupRequest;
import software.amazon.awssdk.services.iam.model.GetGroupResponse;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.Group;
import software.amazon.awssdk.services.iam.model.LimitExceededException;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserRequest;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserResponse;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.RemoveUserFromGroupRequest;
import software.amazon.awssdk.services.iam.model.User;

/** The calls to IAM of one verb, about one group: the only place that knows IAM's requests and answers. Every call is safe to repeat. */
final class GroupCalls {

    static final String ADD = "iam:AddUserToGroup";
    static final String REMOVE = "iam:RemoveUserFromGroup";
    static final String GET_USER = "iam:GetUser";
    static final String GET_GROUP = "iam:GetGroup";
    static final String LIST_GROUPS = "iam:ListGroupsForUser";

    private final IamClient client;
    private final Retries retries;
    private final StrategySession session;
    private final Deadline deadline;
    private final IamGroupTarget group;
    private final Optional<String> expectedId;
    private Optional<String> seenId = Optional.empty();

    /** @param expectedId the id of the group that the grant is of; empty if it is not known */
    GroupCalls(
            IamClient client,
            Retries retries,
            StrategySession session,
            Deadline deadline,
            IamGroupTarget group,
            Optional<String> expectedId) {
        this.client = client;
        this.retries = retries;
        this.session = session;
        this.deadline = deadline;
        this.group = group;
        this.expectedId = expectedId;
    }

    /** The id of the group that was looked at last; empty if none was. */
    Optional<String> seenId() {
        return seenId;
    }

    static boolean isNoSuchEntity(AwsFailure failure) {
        return failure.hasCode("NoSuchEntity") || failure.cause() instanceof NoSuchEntityException;
    }

    static boolean isLimitExceeded(AwsFailure failure) {
        return failure.hasCode("LimitExceeded") || failure.cause() instanceof LimitExceededException;
    }

    /** The user of a name; empty if there is none. */
    Optional<IamUser> user(String name) {
        try {
            User user = call(
                            GET_USER,
                            () -> client.getUser(
                                    session.authorize(GetUserRequest.builder().userName(name))
                                            .build()))
                    .user();
            if (user == null || user.userId() == null) {
                throw new IllegalStateException(
                        GET_USER + " was answered without a user id. A mocked client must answer"
                                + " a user with userName and userId.");
            }
            return Optional.of(new IamUser(user.userName() == null ? name : user.userName(), user.userId()));
        } catch (AwsCallException failed) {
            if (isNoSuchEntity(failed.failure())) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    /** Whether a change certainly failed because nobody has the user's name any more: "no such entity" means the user or the group, and only another look tells which. */
    boolean nameIsGone(AwsCallException failed, IamUser user) {
        return isNoSuchEntity(failed.failure())
                && !failed.failure().mayHaveTakenEffect()
                && user(user.name()).isEmpty();
    }

    /**
     * Adds a user. AWS says nothing if they are a member already.
     *
     * @param lastLook run before each attempt is sent, when its session is there; what it throws keeps the attempt from being sent
     */
    void add(IamUser user, Duration limit, Runnable lastLook) {
        call(ADD, limit, () -> {
            AddUserToGroupRequest request = session.authorize(AddUserToGroupRequest.builder()
                            .groupName(group.groupName())
                            .userName(user.name()))
                    .build();
            lastLook.run();
            return client.addUserToGroup(request);
        });
    }

    /** Removes a user. AWS says nothing if they are no member. */
    void remove(IamUser user) {
        call(
                REMOVE,
                () -> client.removeUserFromGroup(session.authorize(RemoveUserFromGroupRequest.builder()
                                .groupName(group.groupName())
                                .userName(user.name()))
                        .build()));
    }

    /**
     * Looks whether a user is a member: in the group, which shows ids, or, where the role may not read the group, in the user's list of groups.
     *
     * @throws StrategyException if the group of that name is at another path, or another one than the grant is of
     */
    Membership membershipAtPath(IamUser user) {
        return membership(user, found -> {
            requirePath(found);
            requireSame(found);
        });
    }

    /**
     * Looks whether a user is a member, as far as a look can tell now.
     *
     * @throws StrategyException if the group of that name is at another path, or another one than the grant is of
     */
    Membership lookAtPath(IamUser user) {
        return asFarAsALookTells(() -> membershipAtPath(user));
    }

    /**
     * Looks whether a user is a member of the group, at whatever path it is now, as far as a look can tell now.
     *
     * @throws StrategyException if the group of that name is another one than the grant is of
     */
    Membership look(IamUser user) {
        return asFarAsALookTells(() -> membership(user, this::requireSame));
    }

    private static Membership asFarAsALookTells(Supplier<Membership> look) {
        try {
            return look.get();
        } catch (AwsCallException failed) {
            return Membership.UNREAD;
        }
    }

    private Membership membership(IamUser user, Consumer<Group> check) {
        return ifAllowed(() -> memberWithId(user.id(), check).isPresent())
                .or(() -> ifAllowed(() -> listsGroup(user, check)))
                .map(present -> present ? Membership.PRESENT : Membership.ABSENT)
                .orElse(Membership.NOT_READABLE);
    }

    private static Optional<Boolean> ifAllowed(Supplier<Boolean> read) {
        try {
            return Optional.of(read.get());
        } catch (AwsCallException failed) {
            if (failed.failure().kind() == AwsFailure.Kind.DENIED) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    /**
     * The member of an id, under whatever name; empty if there is none. All pages are read before that is said.
     *
     * @throws StrategyException if the group of that name is another one than the grant is of
     */
    Optional<IamUser> memberWithId(String id) {
        return memberWithId(id, this::requireSame);
    }

    private Optional<IamUser> memberWithId(String id, Consumer<Group> check) {
        Set<String> markers = new HashSet<>();
        Optional<String> marker = Optional.empty();
        do {
            GetGroupResponse page = groupPage(marker, markers);
            if (page.group() != null) {
                check.accept(page.group());
            }
            for (User user : page.users()) {
                if (id.equals(user.userId())) {
                    return Optional.of(new IamUser(user.userName(), id));
                }
            }
            marker = Optional.ofNullable(page.marker());
        } while (marker.isPresent());
        return Optional.empty();
    }

    private GetGroupResponse groupPage(Optional<String> marker, Set<String> markers) {
        GetGroupRequest.Builder request = GetGroupRequest.builder().groupName(group.groupName());
        marker.ifPresent(request::marker);
        return call(GET_GROUP, () -> {
            GetGroupResponse page = client.getGroup(session.authorize(request).build());
            return page == null ? null : requireMarker(page, page.isTruncated(), page.marker(), markers);
        });
    }

    private boolean listsGroup(IamUser user, Consumer<Group> check) {
        Set<String> markers = new HashSet<>();
        Optional<String> marker = Optional.empty();
        do {
            ListGroupsForUserResponse page = groupsPage(user, marker, markers);
            for (Group listed : page.groups()) {
                if (group.groupName().equals(listed.groupName())) {
                    check.accept(listed);
                    return true;
                }
            }
            marker = Optional.ofNullable(page.marker());
        } while (marker.isPresent());
        return false;
    }

    private ListGroupsForUserResponse groupsPage(IamUser user, Optional<String> marker, Set<String> markers) {
        ListGroupsForUserRequest.Builder request =
                ListGroupsForUserRequest.builder().userName(user.name());
        marker.ifPresent(request::marker);
        return call(LIST_GROUPS, () -> {
            ListGroupsForUserResponse page =
                    client.listGroupsForUser(session.authorize(request).build());
            return page == null ? null : requireMarker(page, page.isTruncated(), page.marker(), markers);
        });
    }

    /** A list that is cut without saying where it goes on, or that goes on where it has been, cannot prove that something is not on it. */
    private static <T> T requireMarker(
            T page, @Nullable Boolean truncated, @Nullable String marker, Set<String> markers) {
        if (Boolean.TRUE.equals(truncated) && marker == null) {
            throw new IllegalStateException("AWS cut a list short and gave no marker to go on from.");
        }
        if (marker != null && !markers.add(marker)) {
            throw new IllegalStateException("AWS gave a marker to go on from that it had given before.");
        }
        return page;
    }

    private void requirePath(Group found) {
        String path = group.path().orElseThrow();
        if (!path.equals(found.path()) || !group.groupName().equals(found.groupName())) {
            throw new StrategyException(
                    StrategyException.Reason.TARGET_NOT_FOUND,
                    "Cannot take up the IAM group " + group + ": the group of that name is " + found.path()
                            + found.groupName() + ". Name it as it is, if it is the one that is meant.");
        }
    }

    /** A group that was renamed keeps its members; the one that has its name since is another. */
    private void requireSame(Group found) {
        seenId = Optional.ofNullable(found.groupId());
        boolean another = expectedId.isPresent() && seenId.isPresent() && !seenId.equals(expectedId);
        if (another) {
            throw new StrategyException(
                    StrategyException.Reason.TARGET_NOT_FOUND,
                    "Cannot find the IAM group " + group + " that the grant is of: its id is " + expectedId.get()
                            + ", but the group of that name is " + found.groupId()
                            + " now. The first one may have another name; look for the user there.");
        }
    }

    private <T> T call(String operation, Supplier<@Nullable T> call) {
        return call(operation, deadline.remaining(), call);
    }

    private <T> T call(String operation, Duration limit, Supplier<@Nullable T> call) {
        return retries.call(operation, limit, session::evict, call);
    }
}
