package dev.connector.strategies.sso;

import dev.connector.core.AwsCallException;
import dev.connector.core.AwsFailure;
import dev.connector.core.ConnectorListener;
import dev.connector.core.strategy.Deadline;
import dev.connector.core.strategy.Grant;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Makes a change of a group again that AWS refuses because somebody else changes the group at the same time. What an attempt may have done whose answer was lost
 * is not forgotten over the attempts that follow.
 */
final class GroupConflicts {

    /** How long a change is made again. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Parts parts;

    GroupConflicts(Parts parts) {
        this.parts = parts;
    }

    /**
     * Makes a change.
     *
     * @param change makes one attempt, with its own retries
     * @param meaning what a conflict means, told the grant as it is known then: empty if the change is to be made again
     * @return what the change, or the meaning of a conflict, answers
     */
    <T> T outlast(
            String operation,
            Attempt attempt,
            Grant grant,
            Deadline deadline,
            Supplier<T> change,
            BiFunction<Grant, AwsCallException, Optional<T>> meaning) {
        Deadline conflicts = Deadline.in(parts.clock(), deadline.remainingAtMost(LONGEST));
        Grant known = grant;
        while (true) {
            try {
                return change.get();
            } catch (AwsCallException failed) {
                known = failed.failure().mayHaveTakenEffect() ? attempt.pending(known) : known;
                if (!isConflict(failed.failure())) {
                    throw parts.failures().asCertainAsItIs(attempt, known, failed.failure());
                }
                Optional<T> answer = meaning.apply(known, failed);
                if (answer.isPresent()) {
                    return answer.get();
                }
                if (conflicts.remaining().compareTo(PAUSE) < 0 || !pause(operation)) {
                    throw parts.failures().asCertainAsItIs(attempt, known, failed.failure());
                }
            }
        }
    }

    private static boolean isConflict(AwsFailure failure) {
        return failure.hasCode("ConflictException") && !SsoErrors.isAboutTheKey(failure.cause());
    }

    /** Says whether it was not interrupted. */
    private boolean pause(String operation) {
        parts.listener().onWait(ConnectorListener.Wait.of(operation, PAUSE));
        try {
            parts.clock().sleep(PAUSE);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
