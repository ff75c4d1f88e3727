package dev.connector.strategies.sso;

import dev.connector.core.AwsFailure;
import dev.connector.core.strategy.Deadline;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What came of waiting in the queue, in words. */
final class Waiting {

    /** Of AWS's words, in characters. */
    private static final int LONGEST_REASON = 1_000;

    private Waiting() {}

    static String notSent(Deadline deadline) {
        String nothing = " Nothing was sent; call again.";
        if (Thread.currentThread().isInterrupted()) {
            return "the thread was interrupted while the change waited for its turn." + nothing;
        }
        return deadline.remaining().isZero()
                ? "the request's maxWait passed while the change waited for its turn." + nothing
                : "an end of the same access came while the change waited for its turn. Nothing was sent.";
    }

    static String stillOpen(ChangeResult result) {
        if (result.failure() != null) {
            return result.failure().description();
        }
        return result.requestId() == null
                ? "nobody knows whether AWS has received the change"
                : "AWS has accepted the change, and it was not final when the waiting ended";
    }

    /** Why AWS could not carry a change out, in its own words. */
    static String words(ChangeResult result) {
        String reason = result.failureReason();
        if (reason == null) {
            return "it gave no reason";
        }
        String start = reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + " …";
        String line = start.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]", " ")
                .strip();
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    /** What the SDK threw when the last call failed; {@code null} if none did. */
    static @Nullable Throwable cause(ChangeResult result) {
        AwsFailure failure = result.failure();
        return failure == null ? null : failure.cause();
    }

    static AwsFailure failureOf(ChangeResult result) {
        return Objects.requireNonNull(result.failure(), "A refusal says why");
    }
}
