package dev.connector.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * One step of a random history, which means something after whatever went before, so that a history stays one when steps are left out.
 *
 * @param kind what happens
 * @param person to whom, as a number
 * @param target with what, as a number
 * @param number what else must be chosen
 */
record Step(Kind kind, int person, int target, int number) {

    private static final int PEOPLE = 4;
    private static final int TARGETS = 3;

    /** How often something happens, compared with the others. */
    enum Kind {
        ESCALATE(20),
        PREPARE(4),
        RESUME(8),
        END(16),
        LOSE_GRANT(3),
        GIVE(5),
        TAKE(5),
        RENAME(1),
        DELETE(1),
        REPLACE(1),
        FAULT(16),
        OUTAGE(6),
        CRASH(8),
        RESTART(3),
        CLOCK_STEP(4),
        WAIT(6);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    static List<Step> history(long seed, int length) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            steps.add(new Step(kind(random), random.nextInt(PEOPLE), random.nextInt(TARGETS), random.nextInt(1_000)));
        }
        return steps;
    }

    private static Kind kind(SplittableRandom random) {
        int all = 0;
        for (Kind kind : Kind.values()) {
            all += kind.weight;
        }
        int left = random.nextInt(all);
        int chosen = 0;
        while (left >= Kind.values()[chosen].weight) {
            left -= Kind.values()[chosen].weight;
            chosen++;
        }
        return Kind.values()[chosen];
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + person + " " + target + " " + number;
    }
}
