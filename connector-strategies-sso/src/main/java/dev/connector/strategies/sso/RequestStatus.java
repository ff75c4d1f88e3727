package dev.connector.strategies.sso;

import org.jspecify.annotations.Nullable;

/**
 * What AWS says of a change that it has accepted.
 *
 * @param requestId AWS's id of the change
 * @param state how far it is
 * @param key what it changes; {@code null} where a list was read, which does not tell
 * @param failureReason why it failed, in AWS's words; {@code null} if it did not, or where a list was read
 */
record RequestStatus(
        String requestId,
        State state,
        @Nullable AssignmentKey key,
        @Nullable String failureReason) {

    /** How far a change is. */
    enum State {
        IN_PROGRESS,
        SUCCEEDED,
        FAILED
    }

    boolean isFinal() {
        return state != State.IN_PROGRESS;
    }
}
