package dev.connector.testing.internal.iam;

import static dev.connector.testing.internal.server.QueryError.VALIDATION_ERROR;

import dev.connector.testing.internal.server.Call;
import dev.connector.testing.internal.server.Operation;
import dev.connector.testing.internal.server.Paging;
import dev.connector.testing.internal.server.QueryError;
import dev.connector.testing.internal.server.ReadSettings;
import dev.connector.testing.internal.server.Service;
import dev.connector.testing.internal.server.ServiceFailure;
import dev.connector.testing.internal.server.Validation;
import dev.connector.testing.internal.wire.QueryProtocol;
import dev.connector.testing.internal.wire.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AddUserToGroupRequest;
import software.amazon.awssdk.services.iam.model.AddUserToGroupResponse;
import software.amazon.awssdk.services.iam.model.GetGroupRequest;
import software.amazon.awssdk.services.iam.model.GetGroupResponse;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.GetUserResponse;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserRequest;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserResponse;
import software.amazon.awssdk.services.iam.model.RemoveUserFromGroupRequest;
import software.amazon.awssdk.services.iam.model.RemoveUserFromGroupResponse;

/** IAM's operations. Names are looked up as they are written: AWS promises no more than that they are unique in any case. */
public final class IamService {

    private static final Pattern MARKER = Pattern.compile("[\\u0020-\\u00FF]+");

    private final Accounts accounts;
    private final Supplier<ReadSettings> settings;

    private IamService(Accounts accounts, Supplier<ReadSettings> settings) {
        this.accounts = accounts;
        this.settings = settings;
    }

    /** The table of IAM's operations. */
    public static Service table(Accounts accounts, Supplier<ReadSettings> settings) {
        IamService iam = new IamService(accounts, settings);
        return new Service(
                new QueryProtocol("https://iam.amazonaws.com/doc/2010-05-08/"),
                QueryError.common(IamError.SERVICE_FAILURE),
                List.of(
                        Operation.named(
                                "AddUserToGroup", Shape.of(AddUserToGroupRequest::builder), iam::addUserToGroup),
                        Operation.named("GetGroup", Shape.of(GetGroupRequest::builder), iam::getGroup),
                        Operation.named("GetUser", Shape.of(GetUserRequest::builder), iam::getUser),
                        Operation.named(
                                "ListGroupsForUser",
                                Shape.of(ListGroupsForUserRequest::builder),
                                iam::listGroupsForUser),
                        Operation.named(
                                "RemoveUserFromGroup",
                                Shape.of(RemoveUserFromGroupRequest::builder),
                                iam::removeUserFromGroup)));
    }

    private AddUserToGroupResponse addUserToGroup(AddUserToGroupRequest request, Call call) {
        checkNames(request.groupName(), request.userName());
        Account account = account(call);
        authorizeGroup(account, request.groupName(), call);
        Group group = settledGroup(account, request.groupName());
        User user = settledUser(account, request.userName());
        if (account.isOverQuota(user, group)) {
            throw IamError.LIMIT_EXCEEDED.because("Cannot exceed quota for GroupsPerUser: " + Account.GROUPS_PER_USER);
        }
        account.change(account.directory().with(group.with(user)));
        return AddUserToGroupResponse.builder().build();
    }

    private RemoveUserFromGroupResponse removeUserFromGroup(RemoveUserFromGroupRequest request, Call call) {
        checkNames(request.groupName(), request.userName());
        Account account = account(call);
        authorizeGroup(account, request.groupName(), call);
        Group group = settledGroup(account, request.groupName());
        User user = settledUser(account, request.userName());
        account.change(account.directory().with(group.without(user)));
        return RemoveUserFromGroupResponse.builder().build();
    }

    private GetUserResponse getUser(GetUserRequest request, Call call) {
        new Validation()
                .optional("userName", request.userName(), 1, 128, Names.NAME)
                .throwIfAny(VALIDATION_ERROR);
        Account account = account(call);
        String name = request.userName() == null ? ownName(account, call) : request.userName();
        authorizeUser(account, name, call);
        User user = visible(account).user(name).orElseThrow(() -> noSuchUser(name));
        return GetUserResponse.builder().user(Views.user(account, user)).build();
    }

    private GetGroupResponse getGroup(GetGroupRequest request, Call call) {
        checkPaging(new Validation(), request.marker(), request.maxItems())
                .required("groupName", request.groupName(), 1, 128, Names.NAME)
                .throwIfAny(VALIDATION_ERROR);
        Account account = account(call);
        authorizeGroup(account, request.groupName(), call);
        Directory visible = visible(account);
        Group group = visible.group(request.groupName()).orElseThrow(() -> noSuchGroup(request.groupName()));
        Paging.Page<User> page = settings.get()
                .paging()
                .page(visible.members(group), User::name, request.marker(), request.maxItems(), VALIDATION_ERROR);
        return GetGroupResponse.builder()
                .group(Views.group(account, group))
                .users(page.items().stream()
                        .map(user -> Views.user(account, user))
                        .toList())
                .isTruncated(page.marker() != null)
                .marker(page.marker())
                .build();
    }

    private ListGroupsForUserResponse listGroupsForUser(ListGroupsForUserRequest request, Call call) {
        checkPaging(new Validation(), request.marker(), request.maxItems())
                .required("userName", request.userName(), 1, 128, Names.NAME)
                .throwIfAny(VALIDATION_ERROR);
        Account account = account(call);
        authorizeUser(account, request.userName(), call);
        Directory visible = visible(account);
        User user = visible.user(request.userName()).orElseThrow(() -> noSuchUser(request.userName()));
        Paging.Page<Group> page = settings.get()
                .paging()
                .page(visible.groupsOf(user), Group::name, request.marker(), request.maxItems(), VALIDATION_ERROR);
        return ListGroupsForUserResponse.builder()
                .groups(page.items().stream()
                        .map(group -> Views.group(account, group))
                        .toList())
                .isTruncated(page.marker() != null)
                .marker(page.marker())
                .build();
    }

    private static void checkNames(@Nullable String groupName, @Nullable String userName) {
        new Validation()
                .required("groupName", groupName, 1, 128, Names.NAME)
                .required("userName", userName, 1, 128, Names.NAME)
                .throwIfAny(VALIDATION_ERROR);
    }

    private static Validation checkPaging(Validation validation, @Nullable String marker, @Nullable Integer maxItems) {
        return validation
                .optional("marker", marker, 1, Integer.MAX_VALUE, MARKER)
                .optional("maxItems", maxItems, 1, 1000);
    }

    private Account account(Call call) {
        return accounts.account(call.caller().accountId());
    }

    private static String ownName(Account account, Call call) {
        return account.userByArn(call.caller().arn())
                .map(User::name)
                .orElseThrow(
                        () -> VALIDATION_ERROR.because("Must specify userName when calling with non-User credentials"));
    }

    private static void authorizeGroup(Account account, String name, Call call) {
        Optional<Group> group = account.directory().group(name);
        call.authorize(group.map(account::arn).orElse(null), "group " + name);
    }

    private static void authorizeUser(Account account, String name, Call call) {
        Optional<User> user = account.directory().user(name);
        call.authorize(user.map(account::arn).orElse(null), "user " + name);
    }

    private Directory visible(Account account) {
        return account.directory(settings.get().delay());
    }

    /** A group that is there, and has been for long enough that a change finds it. */
    private Group settledGroup(Account account, String name) {
        return account.directory()
                .group(name)
                .filter(group -> visible(account).hasGroupId(group.id()))
                .orElseThrow(() -> noSuchGroup(name));
    }

    private User settledUser(Account account, String name) {
        return account.directory()
                .user(name)
                .filter(user -> visible(account).hasUserId(user.id()))
                .orElseThrow(() -> noSuchUser(name));
    }

    private static ServiceFailure noSuchGroup(String name) {
        return IamError.NO_SUCH_ENTITY.because("The group with name " + name + " cannot be found.");
    }

    private static ServiceFailure noSuchUser(String name) {
        return IamError.NO_SUCH_ENTITY.because("The user with name " + name + " cannot be found.");
    }
}
