package dev.connector.testkit;

import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.Revocation;
import java.util.EnumMap;
import java.util.Map;

/** How often a strategy gave which answer. Not thread-safe. */
final class Tally {

    /** The answers that are told apart, in the order in which they are shown. */
    enum Said {
        GRANTED("granted"),
        NOT_GRANTED("not granted"),
        GRANT_UNKNOWN("grant unknown"),
        REVOKED("revoked"),
        ABSENT("absent"),
        KEPT("kept"),
        NOT_REVOKED("not revoked"),
        END_UNKNOWN("end unknown"),
        CRASHED("crashed");

        private final String label;

        Said(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    static Said ofResume(Answer<Grant> answer) {
        return switch (answer.kind()) {
            case RETURNED -> Said.GRANTED;
            case FAILED -> Said.NOT_GRANTED;
            case UNKNOWN -> Said.GRANT_UNKNOWN;
            case CRASHED -> Said.CRASHED;
        };
    }

    static Said ofEnd(Answer<Revocation> answer) {
        return switch (answer.kind()) {
            case RETURNED -> ofResult(answer.returned().result());
            case FAILED -> Said.NOT_REVOKED;
            case UNKNOWN -> Said.END_UNKNOWN;
            case CRASHED -> Said.CRASHED;
        };
    }

    private static Said ofResult(Revocation.Result result) {
        if (!result.isGone()) {
            return Said.KEPT;
        }
        return result == Revocation.Result.REVOKED ? Said.REVOKED : Said.ABSENT;
    }

    private final Map<Said, Integer> counts = new EnumMap<>(Said.class);
    private int runs;

    void run() {
        runs++;
    }

    int runs() {
        return runs;
    }

    void count(Said said) {
        counts.merge(said, 1, Integer::sum);
    }

    int of(Said said) {
        return counts.getOrDefault(said, 0);
    }

    void add(Tally other) {
        runs += other.runs;
        other.counts.forEach((said, count) -> counts.merge(said, count, Integer::sum));
    }
}
