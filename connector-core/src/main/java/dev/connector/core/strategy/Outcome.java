package dev.connector.core.strategy;

import dev.connector.core.internal.Printable;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of one of many grants: a value, or the exception that the verb threw.
 *
 * <p>Immutable.
 *
 * @param <R> what the verb answers
 */
public final class Outcome<R> {

    private final Grant grant;
    private final @Nullable R value;
    private final @Nullable RuntimeException failure;

    private Outcome(Grant grant, @Nullable R value, @Nullable RuntimeException failure) {
        this.grant = Objects.requireNonNull(grant, "grant");
        this.value = value;
        this.failure = failure;
    }

    /**
     * The verb answered.
     *
     * @param <R> what it answers
     * @param grant the grant it was called with
     * @param value its answer
     * @return the outcome
     */
    public static <R> Outcome<R> of(Grant grant, R value) {
        return new Outcome<>(grant, Objects.requireNonNull(value, "value"), null);
    }

    /**
     * The verb threw.
     *
     * @param <R> what it would have answered
     * @param grant the grant it was called with
     * @param failure what it threw
     * @return the outcome
     */
    public static <R> Outcome<R> failed(Grant grant, RuntimeException failure) {
        return new Outcome<>(grant, null, Objects.requireNonNull(failure, "failure"));
    }

    /**
     * The grant that the verb was called with.
     *
     * @return the grant
     */
    public Grant grant() {
        return grant;
    }

    /**
     * What the verb answered.
     *
     * @return the answer, or empty if it threw
     */
    public Optional<R> value() {
        return Optional.ofNullable(value);
    }

    /**
     * What the verb threw.
     *
     * @return the exception, or empty if it answered
     */
    public Optional<RuntimeException> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * The answer, as the verb itself would have given it.
     *
     * @return the answer
     * @throws RuntimeException what the verb threw, if it did
     */
    public R orElseThrow() {
        if (failure != null) {
            throw failure;
        }
        return Objects.requireNonNull(value);
    }

    @Override
    public String toString() {
        return Printable.escape("Outcome{requestId=" + grant.requestId() + ", "
                + (failure == null ? "value=" + value : "failure=" + failure) + "}");
    }
}
