package dev.connector.strategies.sso;

import dev.connector.core.strategy.RemainingAccess;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.Revocation.Result;
import dev.connector.strategies.sso.AssignmentReads.Assignees;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What outlives the end of an assignment: sessions that run, and the same access through groups. */
final class Remains {

    /** The longest session that a permission set can have. */
    private static final Duration LONGEST_SESSION = Duration.ofHours(12);

    /** As many as a revocation can name beside the sessions and an orphan. */
    private static final int MOST_GROUPS = 98;

    private final Parts parts;
    private final SessionDurations durations;

    Remains(Parts parts, SessionDurations durations) {
        this.parts = parts;
        this.durations = durations;
    }

    /** AWS says that the assignment was deleted. That is final, whatever comes of the looks at what remains. */
    Revocation afterDeletion(AssignmentWork work) {
        Optional<Assignees> seen = assignees(work);
        boolean shown = seen.map(all -> !all.users().contains(work.grant().principalId()))
                .orElse(false);
        return revocation(work, Result.REVOKED, shown, seen, List.of());
    }

    /** Reads have shown that there is no access. */
    Revocation ofAbsent(AssignmentWork work, List<RemainingAccess> known) {
        return revocation(work, Result.ALREADY_ABSENT, true, assignees(work), known);
    }

    private Revocation revocation(
            AssignmentWork work,
            Result result,
            boolean confirmed,
            Optional<Assignees> seen,
            List<RemainingAccess> known) {
        Instant now = parts.clock().instant();
        Optional<Duration> sessionNow =
                parts.accessReads() ? durations.of(work.target(), work.reads()) : Optional.empty();
        Optional<List<String>> groups = seen.flatMap(all -> groupsOfUser(work, all));
        List<RemainingAccess> remaining = new ArrayList<>(known);
        remaining.add(sessions(now, longest(work, sessionNow)));
        groups.orElse(List.of()).stream()
                .limit(MOST_GROUPS)
                .map(group -> through(group, work.target()))
                .forEach(remaining::add);
        boolean complete = sessionNow.isPresent()
                && groups.map(found -> found.size() <= MOST_GROUPS).orElse(false);
        return Revocation.builder(work.grant(), result)
                .confirmed(confirmed)
                .endedAt(now)
                .remaining(remaining)
                .remainingComplete(complete)
                .build();
    }

    private static Duration longest(AssignmentWork work, Optional<Duration> sessionNow) {
        Optional<Duration> atTheGrant = work.grant().sessionDuration();
        return atTheGrant.isEmpty() || sessionNow.isEmpty()
                ? LONGEST_SESSION
                : Stream.of(atTheGrant.get(), sessionNow.get())
                        .max(Duration::compareTo)
                        .orElseThrow();
    }

    private static RemainingAccess sessions(Instant now, Duration longest) {
        return RemainingAccess.of(
                        RemainingAccess.Kind.SESSIONS,
                        "Sessions of the permission set that the user had begun go on until their own end.")
                .until(now.plus(longest));
    }

    private static RemainingAccess through(String group, PermissionSetTarget target) {
        return RemainingAccess.of(
                RemainingAccess.Kind.GROUP,
                "The user has the permission set " + target + " through the group " + group + " too.");
    }

    /** Empty if it cannot be read. */
    private Optional<Assignees> assignees(AssignmentWork work) {
        return parts.accessReads() ? ifReadable(work.reads()::assignees) : Optional.empty();
    }

    private static Optional<List<String>> groupsOfUser(AssignmentWork work, Assignees seen) {
        return seen.groups().isEmpty()
                ? Optional.of(List.of())
                : ifReadable(() -> work.users().get().groupsOf(work.grant().principalId(), seen.groups()));
    }

    /** The access has ended: no failure of a look may take the place of saying so, whatever it is. */
    private static <T> Optional<T> ifReadable(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (RuntimeException failed) {
            return Optional.empty();
        }
    }
}
