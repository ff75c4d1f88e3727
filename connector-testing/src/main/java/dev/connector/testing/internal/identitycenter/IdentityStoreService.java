package dev.connector.testing.internal.identitycenter;

import static dev.connector.testing.internal.server.JsonError.VALIDATION;

import dev.connector.testing.internal.server.Call;
import dev.connector.testing.internal.server.JsonError;
import dev.connector.testing.internal.server.Operation;
import dev.connector.testing.internal.server.Paging;
import dev.connector.testing.internal.server.ReadSettings;
import dev.connector.testing.internal.server.Service;
import dev.connector.testing.internal.server.ServiceFailure;
import dev.connector.testing.internal.server.Validation;
import dev.connector.testing.internal.wire.JsonProtocol;
import dev.connector.testing.internal.wire.Shape;
import dev.connector.testing.internal.wire.WireError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.identitystore.model.AccessDeniedException;
import software.amazon.awssdk.services.identitystore.model.AccessDeniedExceptionReason;
import software.amazon.awssdk.services.identitystore.model.CreateGroupMembershipRequest;
import software.amazon.awssdk.services.identitystore.model.CreateGroupMembershipResponse;
import software.amazon.awssdk.services.identitystore.model.DeleteGroupMembershipRequest;
import software.amazon.awssdk.services.identitystore.model.DeleteGroupMembershipResponse;
import software.amazon.awssdk.services.identitystore.model.DescribeGroupMembershipRequest;
import software.amazon.awssdk.services.identitystore.model.DescribeGroupMembershipResponse;
import software.amazon.awssdk.services.identitystore.model.DescribeUserRequest;
import software.amazon.awssdk.services.identitystore.model.DescribeUserResponse;
import software.amazon.awssdk.services.identitystore.model.Email;
import software.amazon.awssdk.services.identitystore.model.GetGroupMembershipIdRequest;
import software.amazon.awssdk.services.identitystore.model.GetGroupMembershipIdResponse;
import software.amazon.awssdk.services.identitystore.model.GetUserIdRequest;
import software.amazon.awssdk.services.identitystore.model.GetUserIdResponse;
import software.amazon.awssdk.services.identitystore.model.GroupMembershipExistenceResult;
import software.amazon.awssdk.services.identitystore.model.IsMemberInGroupsRequest;
import software.amazon.awssdk.services.identitystore.model.IsMemberInGroupsResponse;
import software.amazon.awssdk.services.identitystore.model.ListUsersRequest;
import software.amazon.awssdk.services.identitystore.model.ListUsersResponse;
import software.amazon.awssdk.services.identitystore.model.MemberId;
import software.amazon.awssdk.services.identitystore.model.ResourceNotFoundException;
import software.amazon.awssdk.services.identitystore.model.ResourceType;
import software.amazon.awssdk.services.identitystore.model.ThrottlingException;
import software.amazon.awssdk.services.identitystore.model.UniqueAttribute;
import software.amazon.awssdk.services.identitystore.model.User;
import software.amazon.awssdk.services.identitystore.model.UserStatus;

/** The operations of the Identity Store. */
public final class IdentityStoreService {

    private static final Pattern STORE_ID = Pattern.compile("d-[0-9a-f]{10}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern ID =
            Pattern.compile("([0-9a-fA-F]{10}-|)[A-Fa-f0-9]{8}(-[A-Fa-f0-9]{4}){3}-[A-Fa-f0-9]{12}");
    private static final int MOST_GROUPS = 100;

    private final IdentityCenter center;
    private final Supplier<ReadSettings> reads;

    private IdentityStoreService(IdentityCenter center, Supplier<ReadSettings> reads) {
        this.center = center;
        this.reads = reads;
    }

    /** The table of the Identity Store's operations. */
    public static Service table(IdentityCenter center, Supplier<ReadSettings> reads) {
        IdentityStoreService store = new IdentityStoreService(center, reads);
        return new Service(
                new JsonProtocol(),
                JsonError.common(),
                List.of(
                        Operation.named(
                                "CreateGroupMembership",
                                Shape.of(CreateGroupMembershipRequest::builder),
                                store::createGroupMembership),
                        Operation.named(
                                "DeleteGroupMembership",
                                Shape.of(DeleteGroupMembershipRequest::builder),
                                store::deleteGroupMembership),
                        Operation.named(
                                "DescribeGroupMembership",
                                Shape.of(DescribeGroupMembershipRequest::builder),
                                store::describeGroupMembership),
                        Operation.named("DescribeUser", Shape.of(DescribeUserRequest::builder), store::describeUser),
                        Operation.named(
                                "GetGroupMembershipId",
                                Shape.of(GetGroupMembershipIdRequest::builder),
                                store::getGroupMembershipId),
                        Operation.named("GetUserId", Shape.of(GetUserIdRequest::builder), store::getUserId),
                        Operation.named(
                                "IsMemberInGroups",
                                Shape.of(IsMemberInGroupsRequest::builder),
                                store::isMemberInGroups),
                        Operation.named("ListUsers", Shape.of(ListUsersRequest::builder), store::listUsers)));
    }

    private CreateGroupMembershipResponse createGroupMembership(CreateGroupMembershipRequest request, Call call) {
        String userId = userId(request.memberId());
        validate(request.identityStoreId())
                .required("groupId", request.groupId(), 1, 47, ID)
                .required("memberId", userId, 1, 47, ID)
                .throwIfAny(VALIDATION);
        admit("CreateGroupMembership", call, List.of(group(request.groupId()), store(), user(userId)));
        requireStore(request.identityStoreId());
        requireGroup(request.groupId());
        Person member = requireUser(userId);
        if (center.membership(request.groupId(), member.id()).isPresent()) {
            throw JsonError.CONFLICT.because("Member and Group relationship already exists.");
        }
        return CreateGroupMembershipResponse.builder()
                .identityStoreId(center.storeId())
                .membershipId(
                        center.createMembership(request.groupId(), member.id()).id())
                .build();
    }

    private DeleteGroupMembershipResponse deleteGroupMembership(DeleteGroupMembershipRequest request, Call call) {
        validate(request.identityStoreId())
                .required("membershipId", request.membershipId(), 1, 47, ID)
                .throwIfAny(VALIDATION);
        admit("DeleteGroupMembership", call, resourcesOf(request.membershipId()));
        requireStore(request.identityStoreId());
        if (center.membership(request.membershipId()).isEmpty()) {
            throw missing(ResourceType.GROUP_MEMBERSHIP, request.membershipId());
        }
        center.deleteMembership(request.membershipId());
        return DeleteGroupMembershipResponse.builder().build();
    }

    private DescribeGroupMembershipResponse describeGroupMembership(DescribeGroupMembershipRequest request, Call call) {
        validate(request.identityStoreId())
                .required("membershipId", request.membershipId(), 1, 47, ID)
                .throwIfAny(VALIDATION);
        admit("DescribeGroupMembership", call, resourcesOf(request.membershipId()));
        requireStore(request.identityStoreId());
        Membership found = center.visibleMembership(
                        request.membershipId(), reads.get().delay())
                .orElseThrow(() -> missing(ResourceType.GROUP_MEMBERSHIP, request.membershipId()));
        return DescribeGroupMembershipResponse.builder()
                .identityStoreId(center.storeId())
                .membershipId(found.id())
                .groupId(found.groupId())
                .memberId(MemberId.fromUserId(found.userId()))
                .createdAt(found.createdAt())
                .build();
    }

    private GetGroupMembershipIdResponse getGroupMembershipId(GetGroupMembershipIdRequest request, Call call) {
        String userId = userId(request.memberId());
        validate(request.identityStoreId())
                .required("groupId", request.groupId(), 1, 47, ID)
                .required("memberId", userId, 1, 47, ID)
                .throwIfAny(VALIDATION);
        admit("GetGroupMembershipId", call, List.of(group(request.groupId()), anyMembership(), store(), user(userId)));
        requireStore(request.identityStoreId());
        requireGroup(request.groupId());
        Person member = requireUser(userId);
        Membership found = center.visibleMembership(
                        request.groupId(), member.id(), reads.get().delay())
                .orElseThrow(() -> missing(ResourceType.GROUP_MEMBERSHIP, member.id()));
        return GetGroupMembershipIdResponse.builder()
                .identityStoreId(center.storeId())
                .membershipId(found.id())
                .build();
    }

    private IsMemberInGroupsResponse isMemberInGroups(IsMemberInGroupsRequest request, Call call) {
        String userId = userId(request.memberId());
        validate(request.identityStoreId())
                .required("memberId", userId, 1, 47, ID)
                .size("groupIds", request.groupIds().size(), MOST_GROUPS)
                .throwIfAny(VALIDATION);
        List<String> resources = new ArrayList<>(List.of(anyMembership(), store(), user(userId)));
        request.groupIds().forEach(groupId -> resources.add(group(groupId)));
        admit("IsMemberInGroups", call, resources);
        requireStore(request.identityStoreId());
        Person member = requireUser(userId);
        return IsMemberInGroupsResponse.builder()
                .results(request.groupIds().stream()
                        .map(groupId -> GroupMembershipExistenceResult.builder()
                                .groupId(groupId)
                                .memberId(MemberId.fromUserId(member.id()))
                                .membershipExists(center.visibleMembership(
                                                groupId,
                                                member.id(),
                                                reads.get().delay())
                                        .isPresent())
                                .build())
                        .toList())
                .build();
    }

    private GetUserIdResponse getUserId(GetUserIdRequest request, Call call) {
        validate(request.identityStoreId()).throwIfAny(VALIDATION);
        admit("GetUserId", call, List.of(store(), anyUser()));
        requireStore(request.identityStoreId());
        UniqueAttribute attribute = Optional.ofNullable(request.alternateIdentifier())
                .map(identifier -> identifier.uniqueAttribute())
                .orElseThrow(() -> VALIDATION.because("AlternateIdentifier must be a UniqueAttribute here."));
        String value = attribute.attributeValue().asString();
        Person found = center.users().stream()
                .filter(user -> has(user, attribute.attributePath(), value))
                .findFirst()
                .orElseThrow(() -> missing(ResourceType.USER, value));
        return GetUserIdResponse.builder()
                .identityStoreId(center.storeId())
                .userId(found.id())
                .build();
    }

    /** The letter case of the path counts, that of the value does not. */
    private static boolean has(Person user, String path, String value) {
        return switch (path) {
            case "userName" -> user.userName().equalsIgnoreCase(value);
            case "emails.value" -> user.emails().stream().anyMatch(email -> email.equalsIgnoreCase(value));
            default -> throw VALIDATION.because("The attribute path " + path + " is not supported.");
        };
    }

    private DescribeUserResponse describeUser(DescribeUserRequest request, Call call) {
        validate(request.identityStoreId())
                .required("userId", request.userId(), 1, 47, ID)
                .throwIfAny(VALIDATION);
        admit("DescribeUser", call, List.of(store(), user(request.userId())));
        requireStore(request.identityStoreId());
        Person user = requireUser(request.userId());
        return DescribeUserResponse.builder()
                .identityStoreId(center.storeId())
                .userId(user.id())
                .userName(user.userName())
                .emails(emails(user))
                .userStatus(status(user))
                .build();
    }

    private ListUsersResponse listUsers(ListUsersRequest request, Call call) {
        validate(request.identityStoreId())
                .optional("maxResults", request.maxResults(), 1, 100)
                .throwIfAny(VALIDATION);
        if (request.getValueForField("Filters", Object.class).orElse(null) instanceof Collection<?> filters
                && !filters.isEmpty()) {
            throw VALIDATION.because("Filters by UserName are no longer supported. Use GetUserId.");
        }
        admit("ListUsers", call, List.of(store(), anyUser()));
        requireStore(request.identityStoreId());
        Paging.Page<Person> page = reads.get()
                .paging()
                .page(List.copyOf(center.users()), Person::id, request.nextToken(), request.maxResults(), VALIDATION);
        return ListUsersResponse.builder()
                .users(page.items().stream().map(this::view).toList())
                .nextToken(page.marker())
                .build();
    }

    private User view(Person user) {
        return User.builder()
                .identityStoreId(center.storeId())
                .userId(user.id())
                .userName(user.userName())
                .emails(emails(user))
                .userStatus(status(user))
                .build();
    }

    private static List<Email> emails(Person user) {
        return user.emails().stream()
                .map(address -> Email.builder().value(address).build())
                .toList();
    }

    private static UserStatus status(Person user) {
        return user.enabled() ? UserStatus.ENABLED : UserStatus.DISABLED;
    }

    private static @Nullable String userId(@Nullable MemberId member) {
        return member == null ? null : member.userId();
    }

    private static Validation validate(@Nullable String storeId) {
        return new Validation().required("identityStoreId", storeId, 1, 36, STORE_ID);
    }

    /** Counts the call, and goes on only if the caller may do it on all of these. */
    private void admit(String operation, Call call, List<String> resources) {
        if (!center.admitsStoreCall(operation)) {
            throw new ServiceFailure(new WireError(
                    JsonError.THROTTLING.code(),
                    JsonError.THROTTLING.status(),
                    "Rate exceeded",
                    ThrottlingException.builder().retryAfterSeconds(1).build()));
        }
        for (String resource : resources) {
            call.authorize(resource, resource);
        }
        String key = center.settings().customerKey;
        if (key != null && !call.mayAlso("kms:Decrypt", key)) {
            throw new ServiceFailure(new WireError(
                    JsonError.ACCESS_DENIED.code(),
                    JsonError.ACCESS_DENIED.status(),
                    "The caller may not use the key of the identity store.",
                    AccessDeniedException.builder()
                            .reason(AccessDeniedExceptionReason.KMS_ACCESS_DENIED)
                            .build()));
        }
    }

    private void requireStore(String id) {
        if (!id.equals(center.storeId())) {
            throw missing(ResourceType.IDENTITY_STORE, id);
        }
    }

    private void requireGroup(String id) {
        if (!center.hasGroup(id)) {
            throw missing(ResourceType.GROUP, id);
        }
    }

    private Person requireUser(@Nullable String id) {
        String wanted = String.valueOf(id);
        return center.user(wanted).orElseThrow(() -> missing(ResourceType.USER, wanted));
    }

    private static ServiceFailure missing(ResourceType type, String id) {
        return new ServiceFailure(new WireError(
                JsonError.RESOURCE_NOT_FOUND.code(),
                JsonError.RESOURCE_NOT_FOUND.status(),
                type + " not found.",
                ResourceNotFoundException.builder()
                        .resourceType(type)
                        .resourceId(id)
                        .build()));
    }

    private String store() {
        return "arn:" + center.partition() + ":identitystore::" + center.ownerAccount() + ":identitystore/"
                + center.storeId();
    }

    private String group(String id) {
        return arn("group", id.toLowerCase(Locale.ROOT));
    }

    private String user(@Nullable String id) {
        return arn("user", String.valueOf(id).toLowerCase(Locale.ROOT));
    }

    /** A membership is authorised with the group and the user that it is of. */
    private List<String> resourcesOf(String membershipId) {
        List<String> resources = new ArrayList<>(List.of(arn("membership", membershipId), store()));
        center.membership(membershipId).ifPresent(found -> {
            resources.add(group(found.groupId()));
            resources.add(user(found.userId()));
        });
        return resources;
    }

    private String anyUser() {
        return arn("user", "*");
    }

    private String anyMembership() {
        return arn("membership", "*");
    }

    private String arn(String kind, String id) {
        return "arn:" + center.partition() + ":identitystore:::" + kind + "/" + id;
    }
}
