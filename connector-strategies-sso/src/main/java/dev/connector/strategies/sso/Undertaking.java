package dev.connector.strategies.sso;

import dev.connector.core.strategy.Deadline;
import dev.connector.core.strategy.Grant;
import java.util.function.Supplier;

/**
 * One verb on one grant, from its beginning to its answer. Each step throws what the verb would, no more certain than it is. For one thread.
 *
 * <p><b>Close:</b> the verb is over, whatever came of it.
 *
 * @param <R> what the verb answers
 */
final class Undertaking<R> implements AutoCloseable {

    private final SsoFailures failures;
    private final Attempt attempt;
    private final Grant grant;
    private final Deadline deadline;
    private final AssignmentCalls calls;
    private final Supplier<Course<R>> beginning;
    private final Runnable over;

    /**
     * A verb that was not begun.
     *
     * @param deadline when its time is over
     * @param calls with whose rights its changes are made
     * @param beginning its first step
     * @param over run when it is over
     */
    Undertaking(
            SsoFailures failures,
            Attempt attempt,
            Grant grant,
            Deadline deadline,
            AssignmentCalls calls,
            Supplier<Course<R>> beginning,
            Runnable over) {
        this.failures = failures;
        this.attempt = attempt;
        this.grant = grant;
        this.deadline = deadline;
        this.calls = calls;
        this.beginning = beginning;
        this.over = over;
    }

    Grant grant() {
        return grant;
    }

    Deadline deadline() {
        return deadline;
    }

    AssignmentCalls calls() {
        return calls;
    }

    Course<R> begin() {
        return failures.changing(attempt, grant, beginning);
    }

    Course<R> after(Course.Change<R> change, ChangeResult result) {
        return failures.changing(attempt, grant, () -> change.then().apply(result));
    }

    Course<R> after(Course.Pause<R> pause, boolean wholly) {
        return failures.changing(attempt, grant, () -> pause.then().apply(wholly));
    }

    @Override
    public void close() {
        over.run();
    }
}
