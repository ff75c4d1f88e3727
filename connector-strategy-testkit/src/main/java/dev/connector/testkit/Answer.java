package dev.connector.testkit;

import dev.connector.core.ConnectorException;
import dev.connector.core.strategy.OutcomeUnknownException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a verb ended.
 *
 * @param kind in which of the four ways
 * @param value what was returned; null if nothing was
 * @param thrown what was thrown; null if nothing was
 * @param <R> what the verb returns
 */
record Answer<R>(Kind kind, @Nullable R value, @Nullable ConnectorException thrown) {

    enum Kind {
        RETURNED,
        FAILED,
        UNKNOWN,
        CRASHED
    }

    static <R> Answer<R> of(Wire wire, Supplier<R> verb) {
        try {
            R value = verb.get();
            return wire.isDead() ? crashed() : returned(value);
        } catch (Throwable thrown) {
            return wire.isDead() ? crashed() : threw(thrown);
        }
    }

    private static <R> Answer<R> returned(@Nullable R value) {
        if (value == null) {
            throw new BrokenWord("it returned null");
        }
        return new Answer<>(Kind.RETURNED, value, null);
    }

    private static <R> Answer<R> threw(Throwable thrown) {
        if (thrown instanceof OutcomeUnknownException unknown) {
            return new Answer<>(Kind.UNKNOWN, null, unknown);
        }
        if (thrown instanceof ConnectorException failed) {
            return new Answer<>(Kind.FAILED, null, failed);
        }
        throw new BrokenWord("it threw what is no ConnectorException: " + thrown, thrown);
    }

    private static <R> Answer<R> crashed() {
        return new Answer<>(Kind.CRASHED, null, null);
    }

    boolean is(Kind other) {
        return kind == other;
    }

    @Override
    public String toString() {
        return kind + (value == null ? "" : " " + value) + (thrown == null ? "" : " " + thrown);
    }

    R returned() {
        if (value == null) {
            throw new IllegalStateException("Nothing was returned: " + this);
        }
        return value;
    }

    OutcomeUnknownException unknown() {
        if (thrown instanceof OutcomeUnknownException unknown) {
            return unknown;
        }
        throw new IllegalStateException("The outcome is known: " + this);
    }
}
