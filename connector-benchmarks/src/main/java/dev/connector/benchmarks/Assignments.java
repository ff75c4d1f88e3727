package dev.connector.benchmarks;

import dev.connector.core.strategy.Actor;
import dev.connector.core.strategy.Ending;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.Outcome;
import dev.connector.core.strategy.Revocation;
import dev.connector.strategies.sso.PermissionSetStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How near many assignments of permission sets come to the time that AWS's quotas allow at best, and how near the loops come that others run. */
final class Assignments {

    private static final int URGENT = 10;

    private final int changes;

    /** How long ours took for as many as each loop is given, in nanoseconds. */
    private double ours;

    private Assignments(int changes) {
        this.changes = changes;
    }

    static List<Row> rows(Effort effort) {
        return new Assignments(effort.assignments()).rows();
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        rows.addAll(grants());
        rows.add(grantsBesideAKeptSlot());
        rows.addAll(revocations());
        rows.addAll(urgentRevocations());
        rows.addAll(threeProcesses());
        for (Loop loop : Loop.values()) {
            rows.add(compared(loop));
        }
        return rows;
    }

    private List<Row> grants() {
        try (Directory directory = new Directory(changes)) {
            PermissionSetStrategy strategy = directory.process(0);
            List<Grant> prepared = new ArrayList<>();
            List<Outcome<Grant>> outcomes = new ArrayList<>();
            Directory.Cost preparing = directory.cost(() -> prepared.addAll(directory.prepared(strategy, 0, changes)));
            Directory.Cost cost = directory.cost(() -> outcomes.addAll(strategy.resumeAll(prepared, outcome -> {})));
            ours = cost.nanos();
            return List.of(
                    time("grants", 1.06, cost, changes),
                    each("  calls to SSO Admin for each", 2.6, cost.calls()),
                    each("  with the read of what was there before", 3.6, preparing.calls() + cost.calls()),
                    Row.exactly(0, "  throttled", Unit.CALLS, (int) cost.throttled()),
                    Row.exactly(changes, "  given", Unit.GRANTS, Directory.done(outcomes)));
        }
    }

    private Row grantsBesideAKeptSlot() {
        try (Directory directory = new Directory(changes)) {
            PermissionSetStrategy strategy = directory.process(1);
            List<Grant> prepared = directory.prepared(strategy, 0, changes);
            return time(
                    "grants, one slot kept for revocations",
                    1.17,
                    directory.cost(() -> strategy.resumeAll(prepared, outcome -> {})),
                    changes);
        }
    }

    private List<Row> revocations() {
        try (Directory directory = new Directory(changes)) {
            PermissionSetStrategy strategy = directory.process(1);
            List<Grant> granted = directory.given(strategy, 0, changes);
            List<Outcome<Revocation>> outcomes = new ArrayList<>();
            Directory.Cost cost = directory.cost(
                    () -> outcomes.addAll(strategy.deescalateAll(granted, Ending.scheduled(), outcome -> {})));
            return List.of(
                    time("revocations due in the same second", 1.06, cost, changes),
                    Row.exactly(changes, "  ended", Unit.GRANTS, Directory.done(outcomes)));
        }
    }

    /** Some minutes apart, while all the others wait; each change takes the mean, so that only the waiting differs. */
    private List<Row> urgentRevocations() {
        try (Directory directory = new Directory(changes + URGENT)) {
            directory.aws.identityCenter().provisioningSpread(0);
            PermissionSetStrategy strategy = directory.process(1);
            List<Grant> urgent = directory.given(strategy, changes, changes + URGENT);
            List<Grant> prepared = directory.prepared(strategy, 0, changes);
            double[] slowest = {0};
            directory.cost(
                    () -> strategy.resumeAll(prepared, outcome -> {}),
                    () -> urgent.forEach(grant -> slowest[0] = Math.max(slowest[0], end(directory, strategy, grant))));
            return List.of(Row.atMost(
                    (double) Directory.PROVISIONING.plusSeconds(1).toNanos(),
                    "an urgent revocation behind " + Unit.GRANTS.print(changes) + ", the slowest of " + URGENT,
                    Unit.NANOSECONDS,
                    slowest[0]));
        }
    }

    /** How long it took, in nanoseconds. */
    private double end(Directory directory, PermissionSetStrategy strategy, Grant grant) {
        Patiently.sleep(
                directory.aws.clock(),
                Duration.ofMillis(changes * Directory.PROVISIONING.toMillis() / 10 / 2 / URGENT));
        long asked = directory.aws.clock().nanos();
        strategy.deescalate(grant, Ending.revokedBy(Actor.of("grace"), "left"));
        return (double) (directory.aws.clock().nanos() - asked);
    }

    private List<Row> threeProcesses() {
        int part = changes / 3;
        try (Directory directory = new Directory(3 * part)) {
            List<Outcome<Grant>> outcomes = new ArrayList<>();
            List<Runnable> processes = new ArrayList<>();
            for (int process = 0; process < 3; process++) {
                PermissionSetStrategy strategy = directory.process(1);
                List<Grant> prepared = directory.prepared(strategy, process * part, (process + 1) * part);
                processes.add(() -> outcomes.addAll(strategy.resumeAll(prepared, outcome -> {})));
            }
            Directory.Cost cost = directory.cost(processes.toArray(Runnable[]::new));
            return List.of(
                    time("grants by three processes that know nothing of each other", 1.25, cost, 3 * part),
                    Row.exactly(3 * part, "  given", Unit.GRANTS, Directory.done(outcomes)));
        }
    }

    private static Row time(String measure, double target, Directory.Cost cost, int changes) {
        return Row.atMostTimes(
                target,
                String.format(Locale.ROOT, "%,d ", changes) + measure,
                Unit.NANOSECONDS,
                cost.nanos(),
                cost.floor(changes));
    }

    private Row each(String measure, double target, long calls) {
        return Row.atMost(target, measure, Unit.CALLS_EACH, (double) calls / changes);
    }

    private Row compared(Loop loop) {
        Loop.Result result = loop.assign(changes);
        return Row.compared(
                String.format(
                        Locale.ROOT,
                        "%s: %.1f calls for each, %,d throttled, %,d of %,d said to be done",
                        result.title(),
                        (double) result.cost().calls() / changes,
                        result.cost().throttled(),
                        result.saidDone(),
                        changes),
                Unit.NANOSECONDS,
                ours,
                result.cost().nanos());
    }
}
