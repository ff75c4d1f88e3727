package dev.connector.strategies.sso;

import dev.connector.core.AwsCallException;
import dev.connector.core.AwsFailure;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.Deadline;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantKey;
import dev.connector.core.strategy.Prior;
import dev.connector.core.strategy.Settling;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The way of a user into a group: who are they, were they in it before, add, look whether it shows. */
final class MembershipEscalation {

    private final Parts parts;
    private final SsoFailures failures;
    private final Timeliness timeliness;
    private final GroupConflicts conflicts;

    MembershipEscalation(Parts parts) {
        this.parts = parts;
        this.failures = parts.failures();
        this.timeliness = new Timeliness(parts.clock(), failures);
        this.conflicts = new GroupConflicts(parts);
    }

    Grant prepare(AccessRequest<? extends IdentityStoreGroupTarget> request, Attempt attempt, MembershipCalls calls) {
        String userId = parts.users().idOf(attempt, calls.users());
        GrantKey key = GrantKey.of(parts.scope(), userId, request.target());
        Prior prior = parts.priorAccess().of(request, key, seen(request.requestedAt(), userId, calls));
        return Grant.prepared(request, parts.scope(), userId, prior);
    }

    private Prior seen(Instant requestedAt, String userId, MembershipCalls calls) {
        if (!parts.accessReads()) {
            return Prior.UNKNOWN;
        }
        try {
            return calls.membership(userId)
                    .map(membership -> priorOf(membership, requestedAt))
                    .orElse(Prior.ABSENT);
        } catch (AwsCallException failed) {
            if (failed.failure().kind() == AwsFailure.Kind.DENIED) {
                return Prior.UNKNOWN;
            }
            throw failed;
        }
    }

    /** A membership that is not certainly older than the request may be what an earlier attempt at it made; or else a clock was set. */
    private static Prior priorOf(MembershipView membership, Instant requestedAt) {
        return membership.isOlderThan(requestedAt) ? Prior.PRESENT : Prior.UNKNOWN;
    }

    Grant resume(Grant grant, Attempt attempt, MembershipCalls calls, Deadline deadline) {
        requireSamePrincipal(grant, attempt, parts.users().idOf(attempt, calls.users()));
        Duration timeLeft = timeliness.left(grant);
        if (timeLeft.isNegative()) {
            return findOut(grant, attempt, calls, deadline);
        }
        Deadline toGive = Deadline.in(parts.clock(), deadline.remainingAtMost(timeLeft));
        String membershipId = add(grant, attempt, calls, toGive);
        return confirm(grant.toBuilder().membershipId(membershipId).build(), attempt, calls, deadline);
    }

    private void requireSamePrincipal(Grant grant, Attempt attempt, String userId) {
        if (!userId.equals(grant.principalId())) {
            throw failures.identityChanged(attempt, grant.principalId(), userId);
        }
    }

    /** The id of the membership, whether it is new or was there. */
    private String add(Grant grant, Attempt attempt, MembershipCalls calls, Deadline deadline) {
        return conflicts.outlast(
                MembershipCalls.CREATE,
                attempt,
                grant,
                deadline,
                () -> create(grant, attempt, calls, deadline),
                (known, conflict) -> memberAlready(known, attempt, calls, conflict));
    }

    private String create(Grant grant, Attempt attempt, MembershipCalls calls, Deadline deadline) {
        try {
            return calls.create(grant.principalId(), deadline.remaining(), () -> timeliness.require(grant, attempt));
        } catch (AwsCallException failed) {
            if (UserCalls.isNobody(failed.failure()) && !failed.failure().mayHaveTakenEffect()) {
                parts.users().forget(grant.principalId());
            }
            throw failed;
        }
    }

    /** A conflict means that the user is a member, or that somebody else changes the group at this time: only a read tells which. */
    private Optional<String> memberAlready(
            Grant known, Attempt attempt, MembershipCalls calls, AwsCallException conflict) {
        MembershipLook look = calls.look(known.principalId());
        if (look.is(MembershipLook.Kind.NOT_READABLE)) {
            throw failures.unknown(
                    attempt,
                    known,
                    "AWS answered with a conflict, which means that the user is a member already or that the group is"
                            + " being changed, and the role may not call " + MembershipCalls.GET_ID
                            + ", which tells the two apart",
                    conflict);
        }
        return Optional.ofNullable(look.membership()).map(MembershipView::id);
    }

    /** AWS's answer is the truth where the role may not look; where it may, the access must show before anybody is told of it. */
    private Grant confirm(Grant grant, Attempt attempt, MembershipCalls calls, Deadline deadline) {
        Instant given = parts.clock().instant();
        MembershipLook seen =
                parts.accessReads() ? untilItShows(grant, attempt, calls, deadline) : MembershipLook.notReadable();
        return switch (seen.kind()) {
            case PRESENT -> grant.granted(given, true);
            case NOT_READABLE -> grant.granted(given);
            default ->
                throw failures.unknown(
                        attempt,
                        grant,
                        "AWS answered that the user was added, but no read has shown it since" + seen.why(),
                        seen.cause());
        };
    }

    private MembershipLook untilItShows(Grant grant, Attempt attempt, MembershipCalls calls, Deadline deadline) {
        try {
            return parts.settling()
                    .readUntil(
                            MembershipCalls.CREATE + " to show",
                            deadline,
                            () -> calls.look(grant.principalId()),
                            seen -> seen.is(MembershipLook.Kind.PRESENT) || seen.is(MembershipLook.Kind.NOT_READABLE));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failures.unknown(
                    attempt,
                    grant,
                    "the thread was interrupted while it looked whether the user shows in the group",
                    interrupted);
        }
    }

    /** The time to give is over: nothing is sent any more, but what an earlier call sent may have given the access. */
    private Grant findOut(Grant grant, Attempt attempt, MembershipCalls calls, Deadline deadline) {
        Settling.Twice<MembershipLook> seen = readTwice(grant, attempt, calls, deadline);
        MembershipView found = seen.last().membership();
        if (found != null) {
            // Found late, it was given no later: it must not last longer for that.
            return grant.toBuilder().membershipId(found.id()).build().granted(grant.notAfter(), true);
        }
        if (seen.agreed()) {
            throw timeliness.expired(grant, attempt, ", and the user is not in the group. Ask anew.");
        }
        throw failures.unknown(
                attempt,
                grant,
                "the request was to be acted on until " + grant.notAfter()
                        + ", and no read proves whether the user is in the group"
                        + seen.last().why(),
                seen.last().cause());
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
}
