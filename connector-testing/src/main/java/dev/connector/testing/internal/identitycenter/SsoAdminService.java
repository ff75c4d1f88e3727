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
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssoadmin.model.AccessDeniedException;
import software.amazon.awssdk.services.ssoadmin.model.AccessDeniedExceptionReason;
import software.amazon.awssdk.services.ssoadmin.model.AccountAssignment;
import software.amazon.awssdk.services.ssoadmin.model.AccountAssignmentOperationStatus;
import software.amazon.awssdk.services.ssoadmin.model.AccountAssignmentOperationStatusMetadata;
import software.amazon.awssdk.services.ssoadmin.model.CreateAccountAssignmentRequest;
import software.amazon.awssdk.services.ssoadmin.model.CreateAccountAssignmentResponse;
import software.amazon.awssdk.services.ssoadmin.model.DeleteAccountAssignmentRequest;
import software.amazon.awssdk.services.ssoadmin.model.DeleteAccountAssignmentResponse;
import software.amazon.awssdk.services.ssoadmin.model.DescribeAccountAssignmentCreationStatusRequest;
import software.amazon.awssdk.services.ssoadmin.model.DescribeAccountAssignmentCreationStatusResponse;
import software.amazon.awssdk.services.ssoadmin.model.DescribeAccountAssignmentDeletionStatusRequest;
import software.amazon.awssdk.services.ssoadmin.model.DescribeAccountAssignmentDeletionStatusResponse;
import software.amazon.awssdk.services.ssoadmin.model.DescribePermissionSetRequest;
import software.amazon.awssdk.services.ssoadmin.model.DescribePermissionSetResponse;
import software.amazon.awssdk.services.ssoadmin.model.InstanceMetadata;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentCreationStatusRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentCreationStatusResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentDeletionStatusRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentDeletionStatusResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentsRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentsResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListInstancesRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListInstancesResponse;
import software.amazon.awssdk.services.ssoadmin.model.OperationStatusFilter;
import software.amazon.awssdk.services.ssoadmin.model.PermissionSet;
import software.amazon.awssdk.services.ssoadmin.model.PrincipalType;
import software.amazon.awssdk.services.ssoadmin.model.StatusValues;
import software.amazon.awssdk.services.ssoadmin.model.TargetType;

/** The operations of SSO Admin. */
public final class SsoAdminService {

    private static final Pattern INSTANCE =
            Pattern.compile("arn:aws(-[a-z]+)*:sso:::instance/(sso)?ins-[a-zA-Z0-9-.]{16}");
    private static final Pattern PERMISSION_SET =
            Pattern.compile("arn:aws(-[a-z]+)*:sso:::permissionSet/(sso)?ins-[a-zA-Z0-9-.]{16}/ps-[a-zA-Z0-9-./]{16}");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final Pattern PRINCIPAL =
            Pattern.compile("([0-9a-f]{10}-|)[A-Fa-f0-9]{8}(-[A-Fa-f0-9]{4}){3}-[A-Fa-f0-9]{12}");
    private static final Pattern REQUEST_ID = Pattern.compile("[a-fA-F0-9]{8}(-[a-fA-F0-9]{4}){3}-[a-fA-F0-9]{12}");

    private final IdentityCenter center;
    private final Supplier<ReadSettings> reads;

    private SsoAdminService(IdentityCenter center, Supplier<ReadSettings> reads) {
        this.center = center;
        this.reads = reads;
    }

    /** The table of the operations of SSO Admin. */
    public static Service table(IdentityCenter center, Supplier<ReadSettings> reads) {
        SsoAdminService sso = new SsoAdminService(center, reads);
        return new Service(
                new JsonProtocol(),
                JsonError.common(),
                List.of(
                        Operation.named(
                                "CreateAccountAssignment",
                                Shape.of(CreateAccountAssignmentRequest::builder),
                                sso::createAccountAssignment),
                        Operation.named(
                                "DeleteAccountAssignment",
                                Shape.of(DeleteAccountAssignmentRequest::builder),
                                sso::deleteAccountAssignment),
                        Operation.named(
                                "DescribeAccountAssignmentCreationStatus",
                                Shape.of(DescribeAccountAssignmentCreationStatusRequest::builder),
                                sso::describeCreation),
                        Operation.named(
                                "DescribeAccountAssignmentDeletionStatus",
                                Shape.of(DescribeAccountAssignmentDeletionStatusRequest::builder),
                                sso::describeDeletion),
                        Operation.named(
                                "DescribePermissionSet",
                                Shape.of(DescribePermissionSetRequest::builder),
                                sso::describePermissionSet),
                        Operation.named(
                                "ListAccountAssignmentCreationStatus",
                                Shape.of(ListAccountAssignmentCreationStatusRequest::builder),
                                sso::listCreations),
                        Operation.named(
                                "ListAccountAssignmentDeletionStatus",
                                Shape.of(ListAccountAssignmentDeletionStatusRequest::builder),
                                sso::listDeletions),
                        Operation.named(
                                "ListAccountAssignments",
                                Shape.of(ListAccountAssignmentsRequest::builder),
                                sso::listAccountAssignments),
                        Operation.named("ListInstances", Shape.of(ListInstancesRequest::builder), sso::listInstances)));
    }

    private CreateAccountAssignmentResponse createAccountAssignment(CreateAccountAssignmentRequest request, Call call) {
        Assignment assignment = assignment(
                request.instanceArn(),
                request.permissionSetArn(),
                request.targetId(),
                request.targetTypeAsString(),
                request.principalId(),
                request.principalTypeAsString());
        return CreateAccountAssignmentResponse.builder()
                .accountAssignmentCreationStatus(status(change(request.instanceArn(), assignment, true, call)))
                .build();
    }

    private DeleteAccountAssignmentResponse deleteAccountAssignment(DeleteAccountAssignmentRequest request, Call call) {
        Assignment assignment = assignment(
                request.instanceArn(),
                request.permissionSetArn(),
                request.targetId(),
                request.targetTypeAsString(),
                request.principalId(),
                request.principalTypeAsString());
        return DeleteAccountAssignmentResponse.builder()
                .accountAssignmentDeletionStatus(status(change(request.instanceArn(), assignment, false, call)))
                .build();
    }

    private static Assignment assignment(
            @Nullable String instance,
            @Nullable String permissionSet,
            @Nullable String account,
            @Nullable String targetType,
            @Nullable String principal,
            @Nullable String principalType) {
        validate(instance)
                .required("permissionSetArn", permissionSet, 10, 1224, PERMISSION_SET)
                .required("targetId", account, 12, 12, ACCOUNT)
                .required("targetType", targetType, 1, 20, Pattern.compile("AWS_ACCOUNT"))
                .required("principalId", principal, 1, 47, PRINCIPAL)
                .required("principalType", principalType, 1, 10, Pattern.compile("USER|GROUP"))
                .throwIfAny(VALIDATION);
        return new Assignment(
                String.valueOf(principal).toLowerCase(Locale.ROOT),
                "GROUP".equals(principalType),
                String.valueOf(permissionSet),
                String.valueOf(account));
    }

    private AssignmentRequest change(String instance, Assignment assignment, boolean creation, Call call) {
        admit(call);
        authorizeAssignments(call, assignment.permissionSetArn(), assignment.accountId());
        requireManagementRights(call, assignment.accountId());
        requireInstance(instance);
        requirePermissionSet(assignment.permissionSetArn());
        if (center.isSuspended(assignment.accountId())
                || center.isChanging(assignment, reads.get().delay())) {
            throw JsonError.CONFLICT.because(
                    "There is a conflicting operation in process for this account assignment.");
        }
        if (!center.hasRoomFor(creation)) {
            throw JsonError.THROTTLING.because("Too many requests are processing. Try again later.");
        }
        return center.accept(assignment, creation);
    }

    /** In the management account AWS makes roles with the caller's own rights; from a delegated administrator it refuses. */
    private void requireManagementRights(Call call, String accountId) {
        if (!accountId.equals(center.settings().managementAccount)) {
            return;
        }
        String roles = "arn:" + center.partition() + ":iam::" + accountId + ":role/aws-reserved/sso.amazonaws.com/*";
        if (center.settings().delegatedAdministrator) {
            throw JsonError.ACCESS_DENIED.because(
                    "A delegated administrator may not change assignments of the management account.");
        }
        for (String action : List.of("iam:CreateRole", "iam:AttachRolePolicy", "iam:PutRolePolicy")) {
            if (!call.mayAlso(action, roles)) {
                throw call.refused(action, roles);
            }
        }
    }

    private DescribeAccountAssignmentCreationStatusResponse describeCreation(
            DescribeAccountAssignmentCreationStatusRequest request, Call call) {
        AssignmentRequest found =
                requireRequest(request.instanceArn(), request.accountAssignmentCreationRequestId(), true, call);
        return DescribeAccountAssignmentCreationStatusResponse.builder()
                .accountAssignmentCreationStatus(status(found))
                .build();
    }

    private DescribeAccountAssignmentDeletionStatusResponse describeDeletion(
            DescribeAccountAssignmentDeletionStatusRequest request, Call call) {
        AssignmentRequest found =
                requireRequest(request.instanceArn(), request.accountAssignmentDeletionRequestId(), false, call);
        return DescribeAccountAssignmentDeletionStatusResponse.builder()
                .accountAssignmentDeletionStatus(status(found))
                .build();
    }

    private AssignmentRequest requireRequest(
            @Nullable String instance, @Nullable String id, boolean creation, Call call) {
        validate(instance).required("requestId", id, 36, 36, REQUEST_ID).throwIfAny(VALIDATION);
        admit(call);
        authorizeInstance(call);
        requireInstance(instance);
        return center.requests(creation).stream()
                .filter(request -> request.id().equals(id))
                .findFirst()
                .orElseThrow(() -> JsonError.RESOURCE_NOT_FOUND.because("There is no request with that id."));
    }

    private ListAccountAssignmentCreationStatusResponse listCreations(
            ListAccountAssignmentCreationStatusRequest request, Call call) {
        Paging.Page<AssignmentRequest> page =
                page(request.instanceArn(), request.filter(), request.nextToken(), request.maxResults(), true, call);
        return ListAccountAssignmentCreationStatusResponse.builder()
                .accountAssignmentsCreationStatus(
                        page.items().stream().map(SsoAdminService::listed).toList())
                .nextToken(page.marker())
                .build();
    }

    private ListAccountAssignmentDeletionStatusResponse listDeletions(
            ListAccountAssignmentDeletionStatusRequest request, Call call) {
        Paging.Page<AssignmentRequest> page =
                page(request.instanceArn(), request.filter(), request.nextToken(), request.maxResults(), false, call);
        return ListAccountAssignmentDeletionStatusResponse.builder()
                .accountAssignmentsDeletionStatus(
                        page.items().stream().map(SsoAdminService::listed).toList())
                .nextToken(page.marker())
                .build();
    }

    private Paging.Page<AssignmentRequest> page(
            @Nullable String instance,
            @Nullable OperationStatusFilter filter,
            @Nullable String token,
            @Nullable Integer maxResults,
            boolean creations,
            Call call) {
        validate(instance).optional("maxResults", maxResults, 1, 100).throwIfAny(VALIDATION);
        admit(call);
        authorizeInstance(call);
        requireInstance(instance);
        List<AssignmentRequest> wanted = center.requests(creations).stream()
                .filter(request -> filter == null || filter.status() == state(request))
                .toList();
        return reads.get().paging().page(wanted, SsoAdminService::newestFirst, token, maxResults, VALIDATION);
    }

    /** Later requests come first in the order of names. */
    private static String newestFirst(AssignmentRequest request) {
        return String.format(Locale.ROOT, "%010d", Integer.MAX_VALUE - request.number());
    }

    private ListAccountAssignmentsResponse listAccountAssignments(ListAccountAssignmentsRequest request, Call call) {
        validate(request.instanceArn())
                .required("accountId", request.accountId(), 12, 12, ACCOUNT)
                .required("permissionSetArn", request.permissionSetArn(), 10, 1224, PERMISSION_SET)
                .optional("maxResults", request.maxResults(), 1, 100)
                .throwIfAny(VALIDATION);
        admit(call);
        authorizeAssignments(call, request.permissionSetArn(), request.accountId());
        requireInstance(request.instanceArn());
        requirePermissionSet(request.permissionSetArn());
        List<Assignment> those = center.visibleAssignments(reads.get().delay()).stream()
                .filter(assignment -> assignment.isIn(request.permissionSetArn(), request.accountId()))
                .sorted((one, other) -> one.principal().compareTo(other.principal()))
                .toList();
        Paging.Page<Assignment> page = reads.get()
                .paging()
                .page(those, Assignment::principal, request.nextToken(), request.maxResults(), VALIDATION);
        return ListAccountAssignmentsResponse.builder()
                .accountAssignments(
                        page.items().stream().map(SsoAdminService::view).toList())
                .nextToken(page.marker())
                .build();
    }

    private static AccountAssignment view(Assignment assignment) {
        return AccountAssignment.builder()
                .accountId(assignment.accountId())
                .permissionSetArn(assignment.permissionSetArn())
                .principalType(assignment.isGroup() ? PrincipalType.GROUP : PrincipalType.USER)
                .principalId(assignment.principal())
                .build();
    }

    private DescribePermissionSetResponse describePermissionSet(DescribePermissionSetRequest request, Call call) {
        validate(request.instanceArn())
                .required("permissionSetArn", request.permissionSetArn(), 10, 1224, PERMISSION_SET)
                .throwIfAny(VALIDATION);
        admit(call);
        authorizeInstance(call);
        call.authorize(request.permissionSetArn(), request.permissionSetArn());
        requireInstance(request.instanceArn());
        PermissionSetEntry found = requirePermissionSet(request.permissionSetArn());
        return DescribePermissionSetResponse.builder()
                .permissionSet(PermissionSet.builder()
                        .permissionSetArn(found.arn())
                        .name(found.name())
                        .sessionDuration(found.sessionDuration().toString())
                        .build())
                .build();
    }

    private ListInstancesResponse listInstances(ListInstancesRequest request, Call call) {
        new Validation().optional("maxResults", request.maxResults(), 1, 100).throwIfAny(VALIDATION);
        admit(call);
        call.authorize("*", "*");
        Paging.Page<IdentityCenter> page = reads.get()
                .paging()
                .page(
                        List.of(center),
                        IdentityCenter::instanceArn,
                        request.nextToken(),
                        request.maxResults(),
                        VALIDATION);
        return ListInstancesResponse.builder()
                .instances(page.items().stream()
                        .map(instance -> InstanceMetadata.builder()
                                .instanceArn(instance.instanceArn())
                                .identityStoreId(instance.storeId())
                                .ownerAccountId(instance.ownerAccount())
                                .build())
                        .toList())
                .nextToken(page.marker())
                .build();
    }

    private static AccountAssignmentOperationStatus status(AssignmentRequest request) {
        Assignment assignment = request.assignment();
        return AccountAssignmentOperationStatus.builder()
                .requestId(request.id())
                .status(state(request))
                .failureReason(request.failureReason())
                .createdDate(request.createdAt())
                .permissionSetArn(assignment.permissionSetArn())
                .principalId(assignment.principal())
                .principalType(assignment.isGroup() ? PrincipalType.GROUP : PrincipalType.USER)
                .targetId(assignment.accountId())
                .targetType(TargetType.AWS_ACCOUNT)
                .build();
    }

    private static AccountAssignmentOperationStatusMetadata listed(AssignmentRequest request) {
        return AccountAssignmentOperationStatusMetadata.builder()
                .requestId(request.id())
                .status(state(request))
                .createdDate(request.createdAt())
                .build();
    }

    private static StatusValues state(AssignmentRequest request) {
        if (!request.isDone()) {
            return StatusValues.IN_PROGRESS;
        }
        return request.failureReason() == null ? StatusValues.SUCCEEDED : StatusValues.FAILED;
    }

    private static Validation validate(@Nullable String instance) {
        return new Validation().required("instanceArn", instance, 10, 1224, INSTANCE);
    }

    /** Counts the call: all operations share one limit. */
    private void admit(Call call) {
        if (!center.admitsAdminCall()) {
            throw JsonError.THROTTLING.because("Rate exceeded");
        }
        String key = center.settings().customerKey;
        if (key != null && !call.mayAlso("kms:Decrypt", key)) {
            throw new ServiceFailure(new WireError(
                    JsonError.ACCESS_DENIED.code(),
                    JsonError.ACCESS_DENIED.status(),
                    "The caller may not use the key of the instance.",
                    AccessDeniedException.builder()
                            .reason(AccessDeniedExceptionReason.KMS_ACCESS_DENIED_EXCEPTION)
                            .build()));
        }
    }

    private void authorizeInstance(Call call) {
        call.authorize(center.instanceArn(), center.instanceArn());
    }

    private void authorizeAssignments(Call call, String permissionSetArn, String accountId) {
        String account = "arn:" + center.partition() + ":sso:::account/" + accountId;
        call.authorize(account, account);
        authorizeInstance(call);
        call.authorize(permissionSetArn, permissionSetArn);
    }

    private void requireInstance(@Nullable String arn) {
        if (!center.instanceArn().equals(arn)) {
            throw JsonError.RESOURCE_NOT_FOUND.because("Instance with ARN " + arn + " does not exist.");
        }
    }

    private PermissionSetEntry requirePermissionSet(String arn) {
        return center.permissionSet(arn)
                .orElseThrow(() ->
                        JsonError.RESOURCE_NOT_FOUND.because("Permission set with ARN " + arn + " does not exist."));
    }
}
