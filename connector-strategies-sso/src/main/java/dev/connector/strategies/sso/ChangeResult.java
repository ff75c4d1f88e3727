package dev.connector.strategies.sso;

import dev.connector.core.AwsFailure;
import org.jspecify.annotations.Nullable;

/**
 * What became of a change.
 *
 * @param end how it ended
 * @param requestId AWS's id of it; {@code null} if AWS has not accepted it, as far as is known
 * @param failureReason why AWS could not carry it out, in AWS's words; {@code null} unless {@link End#FAILED}, and also then if it could not be read
 * @param failure the last call that failed; {@code null} if none did, or if it has nothing to do with the end
 */
record ChangeResult(
        End end,
        @Nullable String requestId,
        @Nullable String failureReason,
        @Nullable AwsFailure failure) {

    /** How a change ended. */
    enum End {
        /** AWS has carried it out. */
        SUCCEEDED,
        /** AWS had accepted it and could not carry it out. */
        FAILED,
        /** It was not sent, for certain: the caller left before, or a revocation of the same assignment came. */
        NOT_SENT,
        /** AWS refused it, or could not be reached, for certain: {@link #failure()} says why. A conflict that did not go away is one. */
        REFUSED,
        /** It was looked for and is not in progress; it was not sent. It may have been carried out before: a read of the assignments tells. */
        NOT_IN_PROGRESS,
        /** AWS has accepted it and knows nothing of it any more: a read of the assignments tells what became of it. */
        FORGOTTEN,
        /** AWS has accepted it, or may have, and it is not known what became of it: the caller left, its time was over, or its status may not be read. */
        UNKNOWN
    }

    static ChangeResult notSent() {
        return new ChangeResult(End.NOT_SENT, null, null, null);
    }

    boolean is(End other) {
        return end == other;
    }
}
