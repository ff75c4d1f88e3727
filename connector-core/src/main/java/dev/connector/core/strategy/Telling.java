package dev.connector.core.strategy;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells a consumer of outcomes, and keeps what it throws until all is done: a consumer that throws must not leave access behind. */
final class Telling<R> implements Consumer<Outcome<R>> {

    private final Consumer<Outcome<R>> onEach;
    private @Nullable RuntimeException thrown;

    Telling(Consumer<Outcome<R>> onEach) {
        this.onEach = onEach;
    }

    @Override
    public void accept(Outcome<R> outcome) {
        try {
            onEach.accept(outcome);
        } catch (RuntimeException failure) {
            if (thrown == null) {
                thrown = failure;
            } else if (thrown != failure) {
                thrown.addSuppressed(failure);
            }
        }
    }

    void throwWhatWasThrown() {
        if (thrown != null) {
            throw thrown;
        }
    }
}
