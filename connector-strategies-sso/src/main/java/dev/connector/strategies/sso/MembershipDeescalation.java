package dev.connector.strategies.sso;

import dev.connector.core.strategy.Deadline;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.RemainingAccess;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.Revocation.Result;
import dev.connector.core.strategy.Settling;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The way of a user out of a group: whose membership is it, delete, look whether it shows. */
final class MembershipDeescalation {

    /** The longest session that a permission set can have. */
    private static final Duration LONGEST_SESSION = Duration.ofHours(12);

    private final Parts parts;
    private final SsoFailures failures;
    private final GroupConflicts conflicts;

    MembershipDeescalation(Parts parts) {
        this.parts = parts;
        this.failures = parts.failures();
        this.conflicts = new GroupConflicts(parts);
    }

    Revocation takeAway(Grant grant, Attempt attempt, MembershipCalls calls, Deadline deadline) {
        return grant.membershipId().isPresent()
                ? delete(grant, grant.membershipId().get(), attempt, calls, deadline)
                : findAndDelete(grant, attempt, calls, deadline);
    }

    /**
     * The id is not known, for instance because AWS's answer was lost: whoever has none cannot delete without a look. Whether the access was there before was decided when
     * the grant was prepared; the age of what is found tells nothing more, since it may be the membership of an overlapping grant.
     */
    private Revocation findAndDelete(Grant grant, Attempt attempt, MembershipCalls calls, Deadline deadline) {
        Settling.Twice<MembershipLook> seen = readTwice(grant, attempt, calls, deadline);
        MembershipView found = seen.last().membership();
        if (found != null) {
            return delete(grant, found.id(), attempt, calls, deadline);
        }
        if (seen.agreed()) {
            return gone(grant, Result.ALREADY_ABSENT, true);
        }
        throw notFound(grant, attempt, seen.last());
    }

    private RuntimeException notFound(Grant grant, Attempt attempt, MembershipLook last) {
        if (last.failure() != null) {
            return failures.asCertainAsItIs(attempt, grant, last.failure());
        }
        return failures.unknown(
                attempt,
                grant,
                last.is(MembershipLook.Kind.NOT_READABLE)
                        ? "the id of the membership is not known, and the role may not call " + MembershipCalls.GET_ID
                        : "no two reads prove that the user is not in the group: that takes the settle time, and the"
                                + " grant's maxWait is " + grant.maxWait(),
                null);
    }

    private Settling.Twice<MembershipLook> readTwice(
            Grant grant, Attempt attempt, MembershipCalls calls, Deadline deadline) {
        try {
            return parts.settling()
                    .readTwice(
                            "the group to be read twice",
                            deadline,
                            () -> calls.look(grant.principalId()),
                            seen -> seen.is(MembershipLook.Kind.ABSENT));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failures.unknown(
                    attempt, grant, "the thread was interrupted before the group was read twice", interrupted);
        }
    }

    private Revocation delete(
            Grant grant, String membershipId, Attempt attempt, MembershipCalls calls, Deadline deadline) {
        AtomicBoolean wasThere = new AtomicBoolean();
        parts.priorAccess()
                .ending(
                        grant.key(),
                        () -> wasThere.set(conflicts.outlast(
                                MembershipCalls.DELETE,
                                attempt,
                                grant,
                                deadline,
                                () -> calls.delete(membershipId),
                                (known, conflict) -> Optional.empty())));
        // What AWS did not find may be gone, or another membership may be there instead: only a look tells.
        MembershipLook seen = parts.accessReads() || !wasThere.get()
                ? untilItIsGone(grant, membershipId, attempt, calls, deadline)
                : MembershipLook.notReadable();
        Result result = wasThere.get() ? Result.REVOKED : Result.ALREADY_ABSENT;
        return switch (seen.kind()) {
            case ABSENT -> gone(grant, result, true);
            case NOT_READABLE -> gone(grant, result, false);
            case PRESENT -> wasThere.get() ? withForeign(grant) : foreign(grant);
            default ->
                throw failures.unknown(
                        attempt,
                        grant,
                        "AWS answered that the membership is gone, but no read has shown it since" + seen.why(),
                        seen.cause());
        };
    }

    /** Until a read shows none, or another one than that which was deleted; {@code UNREAD} if it still shows that one. */
    private MembershipLook untilItIsGone(
            Grant grant, String membershipId, Attempt attempt, MembershipCalls calls, Deadline deadline) {
        try {
            MembershipLook last = parts.settling()
                    .readUntil(
                            MembershipCalls.DELETE + " to show",
                            deadline,
                            () -> calls.look(grant.principalId()),
                            seen -> seen.is(MembershipLook.Kind.ABSENT)
                                    || seen.is(MembershipLook.Kind.NOT_READABLE)
                                    || seen.isAnotherThan(membershipId));
            return last.is(MembershipLook.Kind.PRESENT) && !last.isAnotherThan(membershipId)
                    ? MembershipLook.unread()
                    : last;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failures.unknown(
                    attempt,
                    grant,
                    "the thread was interrupted while it looked whether the user is out of the group",
                    interrupted);
        }
    }

    private Revocation gone(Grant grant, Result result, boolean confirmed) {
        Instant now = parts.clock().instant();
        return Revocation.builder(grant, result)
                .confirmed(confirmed)
                .endedAt(now)
                .addRemaining(sessions(now))
                .remainingComplete(confirmed)
                .build();
    }

    /** Somebody else has made the user a member anew. */
    private Revocation withForeign(Grant grant) {
        Instant now = parts.clock().instant();
        return Revocation.builder(grant, Result.REVOKED)
                .confirmed(true)
                .endedAt(now)
                .addRemaining(foreignMembership(), sessions(now))
                .remainingComplete(true)
                .build();
    }

    private static Revocation foreign(Grant grant) {
        return Revocation.builder(grant, Result.KEPT_FOREIGN)
                .addRemaining(foreignMembership())
                .remainingComplete(true)
                .build();
    }

    private static RemainingAccess foreignMembership() {
        return RemainingAccess.of(
                RemainingAccess.Kind.FOREIGN_MEMBERSHIP,
                "The user is in the group by a membership that somebody else has made. It holds for every account that"
                        + " the group is assigned to.");
    }

    private static RemainingAccess sessions(Instant now) {
        return RemainingAccess.of(
                        RemainingAccess.Kind.SESSIONS,
                        "The end holds for every account that the group is assigned to. Sessions that the user has"
                                + " there go on until their own end.")
                .until(now.plus(LONGEST_SESSION));
    }
}
