package dev.connector.core;

import dev.connector.core.internal.NoListener;
import dev.connector.core.internal.Printable;
import dev.connector.core.internal.SafeListener;
import dev.connector.core.internal.ValueStyle;
import java.time.Duration;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Is told what the library does while it does it: for metrics and traces.
 *
 * <p>Called on the thread that does the work, so implementations must be thread-safe and must neither throw nor block. What one throws is
 * logged and otherwise ignored: a broken metric must not keep an access from being ended.
 *
 * <p>Every method does nothing by default; later versions may add methods.
 */
public interface ConnectorListener {

    /**
     * A call to AWS was answered, or failed.
     *
     * @param call the call
     */
    default void onCall(Call call) {}

    /**
     * A failed call is about to be sent again.
     *
     * @param retry what is retried and when
     */
    default void onRetry(Retry retry) {}

    /**
     * The library is about to wait for AWS, for instance until a change is visible.
     *
     * @param wait what for, and how long
     */
    default void onWait(Wait wait) {}

    /**
     * A change waits for its turn, because AWS takes only so many at one time: told when it begins to wait, and again when it has come notably nearer.
     *
     * @param place how many are before it, and for how long
     */
    default void onQueue(Place place) {}

    /**
     * A session was refreshed, or could not be.
     *
     * @param refresh which session
     */
    default void onRefresh(Refresh refresh) {}

    /**
     * A listener like another one, except that what that one throws is logged and goes no further; for people who write strategies.
     *
     * @param listener any listener
     * @return one that does not throw
     */
    static ConnectorListener guarded(ConnectorListener listener) {
        return SafeListener.of(listener);
    }

    /**
     * The listener that does nothing.
     *
     * @return always the same one
     */
    static ConnectorListener none() {
        return NoListener.INSTANCE;
    }

    /** One attempt at a call to AWS. Immutable. */
    @ValueStyle
    @Value.Immutable
    abstract class Call {

        Call() {}

        /**
         * The call as IAM names its action.
         *
         * @return for instance {@code iam:AddUserToGroup}
         */
        public abstract String operation();

        /**
         * How long the attempt took.
         *
         * @return a duration
         */
        public abstract Duration duration();

        /**
         * What went wrong.
         *
         * @return the failure, or empty if AWS answered with success
         */
        public abstract Optional<AwsFailure> failure();

        @Override
        public String toString() {
            return Printable.escape("Call{operation=" + operation() + ", duration=" + duration()
                    + failure().map(failed -> ", failure=" + failed).orElse("") + "}");
        }
    }

    /** A failed call that is about to be sent again. Immutable. */
    @ValueStyle
    @Value.Immutable
    abstract class Retry {

        Retry() {}

        /**
         * Why it is sent again.
         *
         * @return the failure of the last attempt
         */
        public abstract AwsFailure failure();

        /**
         * Which attempt comes next.
         *
         * @return 2 for the first retry
         */
        public abstract int attempt();

        /**
         * How long the library waits before it.
         *
         * @return a duration, maybe zero
         */
        public abstract Duration delay();
    }

    /** A wait for AWS. Immutable. */
    @ValueStyle
    @Value.Immutable
    abstract class Wait {

        Wait() {}

        /**
         * A wait; for people who write strategies.
         *
         * @param purpose what is waited for, a short phrase
         * @param duration how long
         * @return the wait
         */
        public static Wait of(String purpose, Duration duration) {
            return ImmutableWait.builder().purpose(purpose).duration(duration).build();
        }

        /**
         * What the library waits for.
         *
         * @return a short phrase, for instance {@code "iam:AddUserToGroup to show"}
         */
        public abstract String purpose();

        /**
         * How long it waits before it looks again.
         *
         * @return a duration
         */
        public abstract Duration duration();

        @Override
        public String toString() {
            return Printable.escape("Wait{purpose=" + purpose() + ", duration=" + duration() + "}");
        }
    }

    /** A place in a queue before AWS. Immutable. */
    @ValueStyle
    @Value.Immutable
    abstract class Place {

        Place() {}

        /**
         * A place; for people who write strategies.
         *
         * @param operation the call that waits, as IAM names its action
         * @param position 1 if it is the next
         * @param timeToGo an estimate of how long it will take until the change is done
         * @return the place
         */
        public static Place of(String operation, int position, Duration timeToGo) {
            return ImmutablePlace.builder()
                    .operation(operation)
                    .position(position)
                    .timeToGo(timeToGo)
                    .build();
        }

        /**
         * The call that waits, as IAM names its action.
         *
         * @return for instance {@code sso:CreateAccountAssignment}
         */
        public abstract String operation();

        /**
         * Which one it is of those that wait. More urgent ones may still come before it.
         *
         * @return 1 if it is the next
         */
        public abstract int position();

        /**
         * An estimate of how long it will take until the change is done, by how long earlier ones took.
         *
         * @return a duration
         */
        public abstract Duration timeToGo();

        @Override
        public String toString() {
            return Printable.escape(
                    "Place{operation=" + operation() + ", position=" + position() + ", timeToGo=" + timeToGo() + "}");
        }
    }

    /** A refresh of a role's session. Immutable. */
    @ValueStyle
    @Value.Immutable
    abstract class Refresh {

        Refresh() {}

        /**
         * The role.
         *
         * @return its ARN
         */
        public abstract String roleArn();

        /**
         * How long it took.
         *
         * @return a duration
         */
        public abstract Duration duration();

        /**
         * What went wrong.
         *
         * @return the failure, or empty if there is a new session
         */
        public abstract Optional<AwsFailure> failure();
    }
}
