package dev.connector.strategies.sso;

import dev.connector.core.AwsFailure;
import dev.connector.core.strategy.StrategySession;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.AccountAssignmentOperationStatus;
import software.amazon.awssdk.services.ssoadmin.model.AccountAssignmentOperationStatusMetadata;
import software.amazon.awssdk.services.ssoadmin.model.CreateAccountAssignmentRequest;
import software.amazon.awssdk.services.ssoadmin.model.DeleteAccountAssignmentRequest;
import software.amazon.awssdk.services.ssoadmin.model.DescribeAccountAssignmentCreationStatusRequest;
import software.amazon.awssdk.services.ssoadmin.model.DescribeAccountAssignmentDeletionStatusRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentCreationStatusRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentCreationStatusResponse;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentDeletionStatusRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListAccountAssignmentDeletionStatusResponse;
import software.amazon.awssdk.services.ssoadmin.model.OperationStatusFilter;
import software.amazon.awssdk.services.ssoadmin.model.PrincipalType;
import software.amazon.awssdk.services.ssoadmin.model.StatusValues;
import software.amazon.awssdk.services.ssoadmin.model.TargetType;

/** What the queue asks of SSO Admin for one verb. Equal to those of the same strategy, which have the same rights. */
final class QueueCalls implements AssignmentCalls {

    private static final int LARGEST_PAGE = 100;

    /** Within it an attempt is repeated whose session had expired. */
    private static final Duration FOR_A_NEW_SESSION = Duration.ofMinutes(1);

    private final Admin admin;
    private final Supplier<StrategySession> sessions;
    private final Runnable lastLook;

    /** @param lastLook run before a change is sent, when its session is there; what it throws keeps the change from being sent */
    QueueCalls(Admin admin, Supplier<StrategySession> sessions, Runnable lastLook) {
        this.admin = admin;
        this.sessions = sessions;
        this.lastLook = lastLook;
    }

    @Override
    public RequestStatus send(AssignmentKey key, Direction direction) {
        return status(direction == Direction.GRANT ? create(key) : delete(key));
    }

    private @Nullable AccountAssignmentOperationStatus create(AssignmentKey key) {
        return once(Direction.GRANT.operation(), session -> {
                    CreateAccountAssignmentRequest request = session.authorize(CreateAccountAssignmentRequest.builder()
                                    .instanceArn(admin.instanceArn())
                                    .permissionSetArn(key.permissionSetArn())
                                    .targetId(key.accountId())
                                    .targetType(TargetType.AWS_ACCOUNT)
                                    .principalId(key.principalId())
                                    .principalType(PrincipalType.USER))
                            .build();
                    lastLook.run();
                    return client().createAccountAssignment(request);
                })
                .accountAssignmentCreationStatus();
    }

    private @Nullable AccountAssignmentOperationStatus delete(AssignmentKey key) {
        return once(
                        Direction.REVOKE.operation(),
                        session -> client().deleteAccountAssignment(
                                        session.authorize(DeleteAccountAssignmentRequest.builder()
                                                        .instanceArn(admin.instanceArn())
                                                        .permissionSetArn(key.permissionSetArn())
                                                        .targetId(key.accountId())
                                                        .targetType(TargetType.AWS_ACCOUNT)
                                                        .principalId(key.principalId())
                                                        .principalType(PrincipalType.USER))
                                                .build()))
                .accountAssignmentDeletionStatus();
    }

    @Override
    public RequestStatus describe(Direction direction, String requestId) {
        return status(direction == Direction.GRANT ? describeCreation(requestId) : describeDeletion(requestId));
    }

    private @Nullable AccountAssignmentOperationStatus describeCreation(String requestId) {
        return once(
                        "sso:DescribeAccountAssignmentCreationStatus",
                        session -> client().describeAccountAssignmentCreationStatus(
                                        session.authorize(DescribeAccountAssignmentCreationStatusRequest.builder()
                                                        .instanceArn(admin.instanceArn())
                                                        .accountAssignmentCreationRequestId(requestId))
                                                .build()))
                .accountAssignmentCreationStatus();
    }

    private @Nullable AccountAssignmentOperationStatus describeDeletion(String requestId) {
        return once(
                        "sso:DescribeAccountAssignmentDeletionStatus",
                        session -> client().describeAccountAssignmentDeletionStatus(
                                        session.authorize(DescribeAccountAssignmentDeletionStatusRequest.builder()
                                                        .instanceArn(admin.instanceArn())
                                                        .accountAssignmentDeletionRequestId(requestId))
                                                .build()))
                .accountAssignmentDeletionStatus();
    }

    @Override
    public StatusPage list(Direction direction, boolean inProgressOnly, @Nullable String token) {
        OperationStatusFilter filter = inProgressOnly
                ? OperationStatusFilter.builder()
                        .status(StatusValues.IN_PROGRESS)
                        .build()
                : null;
        return direction == Direction.GRANT ? listCreations(filter, token) : listDeletions(filter, token);
    }

    private StatusPage listCreations(@Nullable OperationStatusFilter filter, @Nullable String token) {
        ListAccountAssignmentCreationStatusResponse page = once(
                "sso:ListAccountAssignmentCreationStatus",
                session -> client().listAccountAssignmentCreationStatus(
                                session.authorize(ListAccountAssignmentCreationStatusRequest.builder()
                                                .instanceArn(admin.instanceArn())
                                                .filter(filter)
                                                .maxResults(LARGEST_PAGE)
                                                .nextToken(token))
                                        .build()));
        return page(page.accountAssignmentsCreationStatus(), page.nextToken());
    }

    private StatusPage listDeletions(@Nullable OperationStatusFilter filter, @Nullable String token) {
        ListAccountAssignmentDeletionStatusResponse page = once(
                "sso:ListAccountAssignmentDeletionStatus",
                session -> client().listAccountAssignmentDeletionStatus(
                                session.authorize(ListAccountAssignmentDeletionStatusRequest.builder()
                                                .instanceArn(admin.instanceArn())
                                                .filter(filter)
                                                .maxResults(LARGEST_PAGE)
                                                .nextToken(token))
                                        .build()));
        return page(page.accountAssignmentsDeletionStatus(), page.nextToken());
    }

    private static StatusPage page(List<AccountAssignmentOperationStatusMetadata> statuses, @Nullable String token) {
        return new StatusPage(
                statuses.stream()
                        .map(status -> new RequestStatus(
                                requireId(status.requestId()), state(status.statusAsString()), null, null))
                        .toList(),
                token);
    }

    private static RequestStatus status(@Nullable AccountAssignmentOperationStatus status) {
        if (status == null) {
            throw new IllegalStateException("SSO Admin answered without a status. A mocked client must answer one with"
                    + " requestId and status.");
        }
        AssignmentKey key = status.principalId() == null
                        || status.permissionSetArn() == null
                        || status.targetId() == null
                        || PrincipalType.GROUP == status.principalType()
                ? null
                : new AssignmentKey(status.principalId(), status.permissionSetArn(), status.targetId());
        return new RequestStatus(
                requireId(status.requestId()), state(status.statusAsString()), key, status.failureReason());
    }

    private static String requireId(@Nullable String requestId) {
        if (requestId == null) {
            throw new IllegalStateException(
                    "SSO Admin answered with a status without a request id. A mocked client must answer one.");
        }
        return requestId;
    }

    private static RequestStatus.State state(@Nullable String status) {
        return switch (String.valueOf(status)) {
            case "SUCCEEDED" -> RequestStatus.State.SUCCEEDED;
            case "FAILED" -> RequestStatus.State.FAILED;
            default -> RequestStatus.State.IN_PROGRESS;
        };
    }

    private SsoAdminClient client() {
        return admin.client();
    }

    /** One attempt; a session is for one thread, and the queue's callers read for each other. */
    private <T> T once(String operation, Function<StrategySession, @Nullable T> call) {
        return admin.oneAttempt().call(operation, FOR_A_NEW_SESSION, () -> {}, () -> {
            StrategySession session = sessions.get();
            try {
                return call.apply(session);
            } catch (RuntimeException thrown) {
                evictIfExpired(operation, session, thrown);
                throw thrown;
            }
        });
    }

    private static void evictIfExpired(String operation, StrategySession session, RuntimeException thrown) {
        if (AwsFailure.of(operation, thrown).kind() == AwsFailure.Kind.EXPIRED_TOKEN) {
            session.evict();
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof QueueCalls calls && calls.admin.equals(admin);
    }

    @Override
    public int hashCode() {
        return admin.hashCode();
    }
}
