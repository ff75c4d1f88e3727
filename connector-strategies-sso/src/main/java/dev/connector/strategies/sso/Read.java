package dev.connector.strategies.sso;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One read of statuses.
 *
 * @param kind what is read
 * @param direction of which changes
 * @param via whose session is used
 * @param token of the page before; {@code null} for a first page
 * @param requestId whose status; {@code null} where a list is read
 */
record Read(
        Kind kind,
        Direction direction,
        AssignmentCalls via,
        @Nullable String token,
        @Nullable String requestId) {

    /** What is read. */
    enum Kind {
        /** The first page of all statuses: the newest, as far as anybody knows. */
        NEWEST,
        /** Any page of those in progress. */
        IN_PROGRESS,
        /** One status, with key and reason. */
        ONE
    }

    static Read newest(Direction direction, AssignmentCalls via) {
        return new Read(Kind.NEWEST, direction, via, null, null);
    }

    static Read inProgress(Direction direction, AssignmentCalls via, @Nullable String token) {
        return new Read(Kind.IN_PROGRESS, direction, via, token, null);
    }

    static Read one(Direction direction, AssignmentCalls via, String requestId) {
        return new Read(Kind.ONE, direction, via, null, requestId);
    }

    /** The id of the one status that is read. */
    String one() {
        return Objects.requireNonNull(requestId, "requestId");
    }

    /** The read as IAM names its action. */
    String operation() {
        String status =
                direction == Direction.GRANT ? "AccountAssignmentCreationStatus" : "AccountAssignmentDeletionStatus";
        return (kind == Kind.ONE ? "sso:Describe" : "sso:List") + status;
    }
}
