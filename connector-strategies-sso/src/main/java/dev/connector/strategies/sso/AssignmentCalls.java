package dev.connector.strategies.sso;

import org.jspecify.annotations.Nullable;

/**
 * What the queue asks of AWS, with the client and the session of the strategy that a change belongs to.
 *
 * <p>Each method makes one attempt and does not retry: the queue counts every attempt against its limits, and backs off by itself. (A repetition after an expired
 * session is the one exception.) Each throws {@link dev.connector.core.AwsCallException} if the attempt failed.
 *
 * <p>Implementations are thread-safe, and equal where they have the same rights: what one may not list, the queue does not ask of it again for a while. Reads are
 * made for changes of other strategies too, on any waiting caller's thread.
 */
interface AssignmentCalls {

    /** Sends a change. The answer is what AWS says on accepting it, maybe its final status already. */
    RequestStatus send(AssignmentKey key, Direction direction);

    /** Reads one status, with key and reason; fails with {@code ResourceNotFoundException} if AWS does not know it any more. */
    RequestStatus describe(Direction direction, String requestId);

    /**
     * Reads one page of statuses, as long as AWS allows.
     *
     * @param inProgressOnly whether to leave out the final ones
     * @param token of the page before, or {@code null} for the first
     */
    StatusPage list(Direction direction, boolean inProgressOnly, @Nullable String token);
}
