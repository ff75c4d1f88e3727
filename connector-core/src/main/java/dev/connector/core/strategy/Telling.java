package dev.connector.core.strategy;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a consumer of outcomes, and keeps what it throws until all is done: a consumer that throws must not leave access behind.
 *
 * <p>For one thread. For people who write strategies that handle many grants at once.
 *
 * @param <R> what a verb answers
 */
public final class Telling<R> implements Consumer<Outcome<R>> {

    private final Consumer<Outcome<R>> onEach;
    private @Nullable Throwable thrown;

    /**
     * Tells this consumer.
     *
     * @param onEach the consumer
     */
    public Telling(Consumer<Outcome<R>> onEach) {
        this.onEach = onEach;
    }

    /** Tells the consumer; throws nothing that it throws. */
    @Override
    public void accept(Outcome<R> outcome) {
        try {
            onEach.accept(outcome);
        } catch (Throwable failure) {
            if (thrown == null) {
                thrown = failure;
            } else if (thrown != failure) {
                thrown.addSuppressed(failure);
            }
        }
    }

    /** All is done: throws what the consumer threw first, as it is, with what it threw later as suppressed; does nothing if it threw nothing. */
    public void throwWhatWasThrown() {
        if (thrown != null) {
            throwAsItIs(thrown);
        }
    }

    /** A consumer that is not written in Java may throw what it does not declare. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwAsItIs(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
