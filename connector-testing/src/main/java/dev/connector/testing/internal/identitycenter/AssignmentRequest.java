package dev.connector.testing.internal.identitycenter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A change of an assignment that was accepted. Not thread-safe. */
final class AssignmentRequest {

    private final String id;
    private final int number;
    private final Assignment assignment;
    private final boolean creation;
    private final Instant createdAt;
    private final long doneAt;
    private boolean done;
    private @Nullable String failureReason;

    /**
     * @param number how many there were before
     * @param doneAt by the monotonic clock
     */
    AssignmentRequest(String id, int number, Assignment assignment, boolean creation, Instant createdAt, long doneAt) {
        this.id = id;
        this.number = number;
        this.assignment = assignment;
        this.creation = creation;
        this.createdAt = createdAt;
        this.doneAt = doneAt;
    }

    String id() {
        return id;
    }

    int number() {
        return number;
    }

    Assignment assignment() {
        return assignment;
    }

    boolean isCreation() {
        return creation;
    }

    Instant createdAt() {
        return createdAt;
    }

    long doneAt() {
        return doneAt;
    }

    boolean isDone() {
        return done;
    }

    /** Why it failed; null if it did not, or is not done. */
    @Nullable
    String failureReason() {
        return failureReason;
    }

    void done(@Nullable String reason) {
        done = true;
        failureReason = reason;
    }
}
