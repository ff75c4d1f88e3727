package dev.connector.strategies.sso;

import dev.connector.strategies.sso.AssignmentReads.Look;
import java.time.Duration;
import java.util.function.Function;

/** Proves that a user has no assignment: one look may show what was so a while ago, two that agree and are the settle time apart may not. */
final class TwoLooks {

    private final Duration settleTime;

    TwoLooks(Duration settleTime) {
        this.settleTime = settleTime;
    }

    /**
     * What the looks showed.
     *
     * @param last what the last of them showed
     * @param proveAbsence whether both have shown that nothing is there
     */
    record Seen(Look last, boolean proveAbsence) {}

    /** Looks, and looks again where the first look shows nothing and there is time. */
    <R> Course<R> at(AssignmentWork work, Function<Seen, Course<R>> then) {
        Look first = work.look();
        if (first != Look.ABSENT || work.deadline().remaining().compareTo(settleTime) < 0) {
            return then.apply(new Seen(first, false));
        }
        return new Course.Pause<>("the assignments to be read twice", settleTime, wholly -> {
            Look last = wholly ? work.look() : first;
            return then.apply(new Seen(last, wholly && last == Look.ABSENT));
        });
    }
}
