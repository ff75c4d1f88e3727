package dev.connector.strategies.sso;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.connector.core.strategy.OutcomeUnknownException;
import dev.connector.core.strategy.StrategyException;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a verb threw, as the type that is expected. */
final class Caught {

    private Caught() {}

    static StrategyException refusal(ThrowingCallable verb) {
        return Objects.requireNonNull(catchThrowableOfType(StrategyException.class, verb));
    }

    static OutcomeUnknownException unknown(ThrowingCallable verb) {
        return Objects.requireNonNull(catchThrowableOfType(OutcomeUnknownException.class, verb));
    }
}
