package dev.connector.strategies.sso;

import dev.connector.core.strategy.StrategyException;
import java.time.Duration;
import java.util.function.Function;

/**
 * How a verb goes on: with a change that the queue is to make, after a while, or not at all.
 *
 * @param <R> what the verb answers
 */
sealed interface Course<R> {

    /**
     * A change is to be made, or to be seen to its end.
     *
     * @param change what
     * @param then how to go on from what became of it
     */
    record Change<R>(AssignmentChange change, Function<ChangeResult, Course<R>> then) implements Course<R> {}

    /**
     * Time is to pass.
     *
     * @param purpose what is waited for, in words
     * @param time how long
     * @param then how to go on, told whether the whole time has passed: an interrupt cuts it short
     */
    record Pause<R>(String purpose, Duration time, Function<Boolean, Course<R>> then) implements Course<R> {}

    /** The verb is done. */
    record Done<R>(R answer) implements Course<R> {}

    /** The change was not made, and that is proven, whatever an earlier call may have done. */
    record Failed<R>(StrategyException why) implements Course<R> {}
}
