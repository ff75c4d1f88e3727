package dev.connector.testkit;

import dev.connector.core.AwsCallException;
import dev.connector.core.ConnectorClock;
import dev.connector.core.Retries;
import dev.connector.core.strategy.Deadline;
import dev.connector.core.strategy.Prior;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.AccountAssignmentOperationStatus;
import software.amazon.awssdk.services.ssoadmin.model.PrincipalType;
import software.amazon.awssdk.services.ssoadmin.model.StatusValues;
import software.amazon.awssdk.services.ssoadmin.model.TargetType;

/** The calls that change assignments, and those that tell what became of them. */
final class Assignments {

    private static final Duration PAUSE = Duration.ofSeconds(4);

    private final SsoAdminClient admin;
    private final String instanceArn;
    private final Retries retries;
    private final ConnectorClock clock;

    Assignments(SsoAdminClient admin, String instanceArn, Retries retries, ConnectorClock clock) {
        this.admin = admin;
        this.instanceArn = instanceArn;
        this.retries = retries;
        this.clock = clock;
    }

    Prior look(String user, AssignmentTarget target, Deadline deadline) {
        boolean assigned = call(
                        "sso:ListAccountAssignments",
                        deadline,
                        () -> admin.listAccountAssignments(request -> request.instanceArn(instanceArn)
                                .accountId(AssignmentTarget.ACCOUNT)
                                .permissionSetArn(target.permissionSetArn())))
                .accountAssignments()
                .stream()
                .anyMatch(listed -> listed.principalId().equals(user));
        return assigned ? Prior.PRESENT : Prior.ABSENT;
    }

    /** AWS has accepted it, and answers with the id to ask for it by. */
    String create(String user, AssignmentTarget target, Deadline deadline) {
        return accepted(
                deadline,
                () -> call(
                                "sso:CreateAccountAssignment",
                                deadline,
                                () -> admin.createAccountAssignment(request -> request.instanceArn(instanceArn)
                                        .permissionSetArn(target.permissionSetArn())
                                        .principalType(PrincipalType.USER)
                                        .principalId(user)
                                        .targetType(TargetType.AWS_ACCOUNT)
                                        .targetId(AssignmentTarget.ACCOUNT)))
                        .accountAssignmentCreationStatus());
    }

    String delete(String user, AssignmentTarget target, Deadline deadline) {
        return accepted(
                deadline,
                () -> call(
                                "sso:DeleteAccountAssignment",
                                deadline,
                                () -> admin.deleteAccountAssignment(request -> request.instanceArn(instanceArn)
                                        .permissionSetArn(target.permissionSetArn())
                                        .principalType(PrincipalType.USER)
                                        .principalId(user)
                                        .targetType(TargetType.AWS_ACCOUNT)
                                        .targetId(AssignmentTarget.ACCOUNT)))
                        .accountAssignmentDeletionStatus());
    }

    StatusValues endOfCreation(String id, Deadline deadline) {
        return end(
                deadline,
                () -> admin.describeAccountAssignmentCreationStatus(
                                request -> request.instanceArn(instanceArn).accountAssignmentCreationRequestId(id))
                        .accountAssignmentCreationStatus());
    }

    StatusValues endOfDeletion(String id, Deadline deadline) {
        return end(
                deadline,
                () -> admin.describeAccountAssignmentDeletionStatus(
                                request -> request.instanceArn(instanceArn).accountAssignmentDeletionRequestId(id))
                        .accountAssignmentDeletionStatus());
    }

    /** AWS refuses a change for as long as another one of the same assignment is under way. */
    private String accepted(Deadline deadline, Supplier<AccountAssignmentOperationStatus> send) {
        while (true) {
            try {
                return send.get().requestId();
            } catch (AwsCallException failed) {
                if (!failed.failure().hasCode("ConflictException")
                        || deadline.remaining().isZero()) {
                    throw failed;
                }
            }
            pause();
        }
    }

    private StatusValues end(Deadline deadline, Supplier<AccountAssignmentOperationStatus> describe) {
        while (true) {
            StatusValues seen = call("sso:DescribeAccountAssignmentStatus", deadline, describe)
                    .status();
            if (seen != StatusValues.IN_PROGRESS || deadline.remaining().isZero()) {
                return seen;
            }
            pause();
        }
    }

    private void pause() {
        try {
            clock.sleep(PAUSE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Nobody interrupts a run of the kit.", interrupted);
        }
    }

    private <R> R call(String operation, Deadline deadline, Supplier<R> call) {
        return retries.call(operation, deadline.remaining(), () -> {}, call);
    }
}
