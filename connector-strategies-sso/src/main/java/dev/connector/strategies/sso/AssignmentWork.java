package dev.connector.strategies.sso;

import dev.connector.core.strategy.Deadline;
import dev.connector.core.strategy.Grant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One verb's work on one grant.
 *
 * @param grant the grant as it was handed in
 * @param target the permission set in the account
 * @param attempt what is tried, in words
 * @param reads of assignments
 * @param users reads of users, where a verb needs them
 * @param deadline when the verb's time is over
 */
record AssignmentWork(
        Grant grant,
        PermissionSetTarget target,
        Attempt attempt,
        AssignmentReads reads,
        Supplier<UserCalls> users,
        Deadline deadline) {

    /** The same, where AWS has forgotten what became of a change that it had accepted: it may have been made. */
    AssignmentWork mayBeMade() {
        Grant.Builder open = attempt.pending(grant).toBuilder();
        return new AssignmentWork(open.awsRequestId(Optional.empty()).build(), target, attempt, reads, users, deadline);
    }

    AssignmentKey key() {
        return new AssignmentKey(grant.principalId(), target.permissionSetArn(), target.accountId());
    }

    String id() {
        return grant.requestId().toString();
    }

    AssignmentReads.Look look() {
        return reads.look(grant.principalId());
    }
}
