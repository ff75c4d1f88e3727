package dev.connector.core;

import dev.connector.core.internal.NoListener;
import dev.connector.core.internal.SafeListener;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/**
 * Sends a call to AWS again where that can help, and remembers whether any attempt may have taken effect.
 *
 * <p>By default a call is attempted up to 5 times, with a random wait of up to 200 ms before the second attempt, doubling to at most 5 s. Only
 * throttling, outages and time-outs are retried. An expired session is replaced and the call repeated once, at once; this comes on top of the
 * number of attempts, but not of the time limit. So every call given to this class must be safe to repeat.
 *
 * <p>It takes the place of the SDK's own retries, which are off in every client that the library configures: these would wait on the
 * machine's clock, hide attempts from limits, and forget that an earlier attempt may have taken effect.
 *
 * <p>Thread-safe. The calling thread does the work and the waiting.
 */
public final class Retries {

    /** The SDK computes back-off in whole milliseconds, and in no more of them than an {@code int} holds. */
    private static final Duration MIN_DELAY = Duration.ofMillis(1);

    private static final Duration MAX_DELAY = Duration.ofDays(1);

    private final ConnectorClock clock;
    private final ConnectorListener listener;
    private final int maxAttempts;
    private final BackoffStrategy backoff;
    private final DoubleSupplier jitter;

    private Retries(Builder builder) {
        this.clock = builder.clock;
        this.listener = SafeListener.of(builder.listener);
        this.maxAttempts = builder.maxAttempts;
        this.backoff = BackoffStrategy.exponentialDelayWithoutJitter(builder.baseDelay, builder.maxDelay);
        this.jitter = builder.jitter;
    }

    /**
     * Starts from the defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Makes a call, again where that can help.
     *
     * <p>If the thread is interrupted before an attempt, that attempt is not sent. An interrupt always leaves the thread's flag set.
     *
     * @param <T> what AWS answers
     * @param operation the call as IAM names its action, for instance {@code iam:AddUserToGroup}
     * @param limit how long, from now, an attempt may still be started; the first one is made in any case
     * @param onExpiredToken drops the session that AWS called expired, so that the next attempt uses a new one; run at most once, also where
     *     there is no time for another attempt
     * @param call one attempt
     * @return AWS's answer
     * @throws AwsCallException if the call failed for good
     * @throws IllegalStateException if the client answered {@code null}, as a mock does that was not told what to answer
     */
    public <T> T call(String operation, Duration limit, Runnable onExpiredToken, Supplier<T> call) {
        if (Thread.currentThread().isInterrupted()) {
            throw new AwsCallException(AwsFailure.interrupted(operation));
        }
        return new Attempts<>(operation, limit, onExpiredToken, call).run();
    }

    /** The attempts at one call. */
    private final class Attempts<T> {

        private final String operation;
        private final Runnable onExpiredToken;
        private final Supplier<T> call;
        private final long started = clock.nanos();
        private final long limit;

        private boolean mayHaveTakenEffect;
        private boolean sessionReplaced;

        private Attempts(String operation, Duration limit, Runnable onExpiredToken, Supplier<T> call) {
            this.operation = operation;
            this.limit = TimeUnit.NANOSECONDS.convert(limit);
            this.onExpiredToken = onExpiredToken;
            this.call = call;
        }

        private T run() {
            for (int attempt = 1; ; attempt++) {
                long sent = clock.nanos();
                try {
                    T answer = call.get();
                    if (answer == null) {
                        throw new NullAnswer(operation);
                    }
                    tellOfCall(sent, null);
                    return answer;
                } catch (NullAnswer stub) {
                    throw stub;
                } catch (RuntimeException thrown) {
                    AwsFailure failure = failureOf(thrown);
                    tellOfCall(sent, failure);
                    waitBeforeRetry(failure, attempt);
                }
            }
        }

        private AwsFailure failureOf(RuntimeException thrown) {
            AwsFailure failure = AwsFailure.of(operation, thrown);
            if (mayHaveTakenEffect) {
                failure = failure.afterAnAttemptThatMayHaveTakenEffect();
            }
            mayHaveTakenEffect = failure.mayHaveTakenEffect();
            return failure;
        }

        private void waitBeforeRetry(AwsFailure failure, int attempt) {
            Duration delay = delayBeforeRetry(failure, attempt);
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted();
            }
            listener.onRetry(ImmutableRetry.builder()
                    .failure(failure)
                    .attempt(attempt + 1)
                    .delay(delay)
                    .build());
            try {
                clock.sleep(delay);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw interrupted();
            }
        }

        private AwsCallException interrupted() {
            AwsFailure stopped = AwsFailure.interrupted(operation);
            return new AwsCallException(mayHaveTakenEffect ? stopped.afterAnAttemptThatMayHaveTakenEffect() : stopped);
        }

        /** How long to wait before the next attempt; throws if there is to be none. */
        private Duration delayBeforeRetry(AwsFailure failure, int attempt) {
            return switch (failure.kind()) {
                case EXPIRED_TOKEN -> replaceSessionOnce(failure);
                case THROTTLED, UNAVAILABLE, TIMEOUT -> backOff(failure, attempt);
                case INTERRUPTED -> {
                    Thread.currentThread().interrupt();
                    throw new AwsCallException(failure);
                }
                default -> throw new AwsCallException(failure);
            };
        }

        private Duration replaceSessionOnce(AwsFailure failure) {
            if (sessionReplaced) {
                throw new AwsCallException(failure);
            }
            sessionReplaced = true;
            onExpiredToken.run();
            if (isTooLateAfter(0)) {
                throw new AwsCallException(failure);
            }
            return Duration.ZERO;
        }

        private Duration backOff(AwsFailure failure, int attempt) {
            int counted = sessionReplaced ? attempt - 1 : attempt;
            long delay = (long) (backoff.computeDelay(counted + 1).toNanos() * jitter.getAsDouble());
            if (counted >= maxAttempts || isTooLateAfter(delay)) {
                throw new AwsCallException(failure);
            }
            return Duration.ofNanos(delay);
        }

        private boolean isTooLateAfter(long delay) {
            return clock.nanos() - started + delay > limit;
        }

        private void tellOfCall(long sent, @Nullable AwsFailure failure) {
            if (listener == NoListener.INSTANCE) {
                return;
            }
            listener.onCall(ImmutableCall.builder()
                    .operation(operation)
                    .duration(Duration.ofNanos(clock.nanos() - sent))
                    .failure(Optional.ofNullable(failure))
                    .build());
        }
    }

    /** A client that answers nothing is a mock that was not told what to answer. */
    private static final class NullAnswer extends IllegalStateException {

        private static final long serialVersionUID = 1L;

        private NullAnswer(String operation) {
            super("The client answered null to " + operation + ". A mocked client must be told what to answer: stub the"
                    + " method of that operation that takes the request object.");
        }
    }

    /** Collects settings; not thread-safe. */
    public static final class Builder {

        private ConnectorClock clock = ConnectorClock.system();
        private ConnectorListener listener = ConnectorListener.none();
        private int maxAttempts = 5;
        private Duration baseDelay = Duration.ofMillis(200);
        private Duration maxDelay = Duration.ofSeconds(5);
        private DoubleSupplier jitter = () -> ThreadLocalRandom.current().nextDouble();

        private Builder() {}

        /**
         * The clock to wait on; default the machine's.
         *
         * @param value a clock
         * @return this
         */
        public Builder clock(ConnectorClock value) {
            this.clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /**
         * Who is told of calls and retries; default nobody.
         *
         * @param value a listener
         * @return this
         */
        public Builder listener(ConnectorListener value) {
            this.listener = Objects.requireNonNull(value, "listener");
            return this;
        }

        /**
         * How often a call is attempted at most, not counting the one repetition after an expired session; default 5.
         *
         * @param value at least 1
         * @return this
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder maxAttempts(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("maxAttempts must be at least 1, but is " + value + ".");
            }
            this.maxAttempts = value;
            return this;
        }

        /**
         * The longest waits: before the second attempt, and before any. The wait before the <i>n</i>-th attempt is random, up to
         * {@code base × 2^(n-2)} and at most {@code max}, counted in whole milliseconds; default 200 ms and 5 s.
         *
         * @param base before the second attempt; at least 1 ms
         * @param max before any attempt; at most 1 day
         * @return this
         * @throws IllegalArgumentException if one is out of range, or {@code base} is more than {@code max}
         */
        public Builder delays(Duration base, Duration max) {
            if (base.compareTo(MIN_DELAY) < 0 || base.compareTo(max) > 0 || max.compareTo(MAX_DELAY) > 0) {
                throw new IllegalArgumentException("Delays must be from 1 ms to 1 day and base at most max, but are "
                        + base + " and " + max + ".");
            }
            this.baseDelay = base;
            this.maxDelay = max;
            return this;
        }

        /**
         * The source of randomness of the waits; default one of the thread's own. A fixed one makes a test repeatable.
         *
         * @param value gives numbers from 0 to 1
         * @return this
         */
        public Builder jitter(DoubleSupplier value) {
            this.jitter = Objects.requireNonNull(value, "jitter");
            return this;
        }

        /**
         * Makes the object.
         *
         * @return retries with these settings
         */
        public Retries build() {
            return new Retries(this);
        }
    }
}
