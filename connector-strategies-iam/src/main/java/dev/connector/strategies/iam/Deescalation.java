package dev.connector.strategies.iam;

import dev.connector.core.AwsCallException;
import dev.connector.core.AwsFailure;
import dev.connector.core.ConnectorClock;
import dev.connector.core.strategy.Deadline;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.PriorAccess;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.Settling;
import dev.connector.core.strategy.StrategyException;
import dev.connector.core.strategy.StrategyException.Reason;
import dev.connector.core.strategy.Verb;
import java.util.Optional;

/** The way of a user out of a group: may the access be taken away, is the name still theirs, remove, look whether it shows. */
final class Deescalation {

    private final ConnectorClock clock;
    private final Settling settling;
    private final PriorAccess priorAccess;
    private final boolean membershipReads;
    private final IamFailures failures;

    Deescalation(Parts parts) {
        this.clock = parts.clock();
        this.settling = parts.settling();
        this.priorAccess = parts.priorAccess();
        this.membershipReads = parts.membershipReads();
        this.failures = parts.failures();
    }

    Revocation takeAway(Grant grant, IamGroupTarget group, GroupCalls calls, Deadline deadline) {
        String name = grant.principalName().orElse(grant.requester().username());
        Optional<IamUser> user = calls.user(name);
        if (user.isEmpty()) {
            return takeAwayWithoutName(grant, group, calls, deadline);
        }
        if (!user.get().id().equals(grant.principalId())) {
            throw failures.certain(
                    Reason.IDENTITY_CHANGED,
                    Verb.DEESCALATE,
                    group,
                    grant.requester(),
                    "the access is that of the user " + grant.principalId() + ", but the name " + name
                            + " now belongs to the user " + user.get().id()
                            + ". Nothing was changed. Look in the group for the first"
                            + " one, who may have another name now, and take them out by hand.");
        }
        return remove(grant, group, user.get(), calls, deadline);
    }

    private Revocation remove(Grant grant, IamGroupTarget group, IamUser user, GroupCalls calls, Deadline deadline) {
        try {
            priorAccess.ending(grant.key(), () -> calls.remove(user));
        } catch (AwsCallException failed) {
            if (calls.nameIsGone(failed, user)) {
                return takeAwayWithoutName(grant, group, calls, deadline);
            }
            throw failed;
        }
        return confirm(grant, group, user, calls, deadline);
    }

    /** AWS's 200 is the truth where the role may not look; where it may, the access must be seen to be gone before anybody is told so. */
    private Revocation confirm(Grant grant, IamGroupTarget group, IamUser user, GroupCalls calls, Deadline deadline) {
        Membership seen =
                membershipReads ? untilItIsGone(grant, group, user, calls, deadline) : Membership.NOT_READABLE;
        return switch (seen) {
            case ABSENT -> gone(grant, Revocation.Result.REVOKED, true);
            case NOT_READABLE -> gone(grant, Revocation.Result.REVOKED, false);
            default ->
                throw failures.unknown(
                        Verb.DEESCALATE,
                        grant,
                        group,
                        "AWS answered that the user was removed, but no read has shown it since",
                        null);
        };
    }

    private Membership untilItIsGone(
            Grant grant, IamGroupTarget group, IamUser user, GroupCalls calls, Deadline deadline) {
        try {
            return settling.readUntil(
                    "iam:RemoveUserFromGroup to show",
                    deadline,
                    () -> calls.look(user),
                    seen -> seen == Membership.ABSENT || seen == Membership.NOT_READABLE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failures.unknown(
                    Verb.DEESCALATE,
                    grant,
                    group,
                    "the thread was interrupted while it looked whether the user is out of the group",
                    interrupted);
        } catch (StrategyException another) {
            throw failures.unknown(Verb.DEESCALATE, grant, group, another.getMessage(), another);
        }
    }

    /**
     * Nobody has the name any more. A user who was deleted is in no group, but one who was renamed still is: only the group itself tells, by the id.
     */
    private Revocation takeAwayWithoutName(Grant grant, IamGroupTarget group, GroupCalls calls, Deadline deadline) {
        if (!membershipReads) {
            throw failures.unknown(
                    Verb.DEESCALATE,
                    grant,
                    group,
                    "the user's name is gone from IAM, and membership reads are off, so nobody can tell whether they were deleted or renamed",
                    null);
        }
        Settling.Twice<Optional<IamUser>> seen = readTwice(grant, group, calls, deadline);
        if (seen.agreed()) {
            return gone(grant, Revocation.Result.ALREADY_ABSENT, true);
        }
        if (seen.last().isEmpty()) {
            throw failures.unknown(
                    Verb.DEESCALATE,
                    grant,
                    group,
                    "the user's name is gone from IAM, and there was no time to read the group twice: that takes the settle time, and the grant's maxWait is "
                            + grant.maxWait(),
                    null);
        }
        return removeUnderNewName(grant, group, seen.last().get(), calls, deadline);
    }

    private Settling.Twice<Optional<IamUser>> readTwice(
            Grant grant, IamGroupTarget group, GroupCalls calls, Deadline deadline) {
        try {
            return settling.readTwice(
                    "the group to be read twice",
                    deadline,
                    () -> calls.memberWithId(grant.principalId()),
                    Optional::isEmpty);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failures.unknown(
                    Verb.DEESCALATE,
                    grant,
                    group,
                    "the thread was interrupted before the group was read twice",
                    interrupted);
        } catch (AwsCallException failed) {
            if (failed.failure().kind() != AwsFailure.Kind.DENIED) {
                throw failed;
            }
            throw failures.unknown(
                    Verb.DEESCALATE,
                    grant,
                    group,
                    "the user's name is gone from IAM, and the role may not call iam:GetGroup, so nobody can tell whether they were deleted or renamed",
                    failed);
        }
    }

    private Revocation removeUnderNewName(
            Grant grant, IamGroupTarget group, IamUser renamed, GroupCalls calls, Deadline deadline) {
        boolean same = calls.user(renamed.name()).map(renamed::equals).orElse(false);
        if (!same) {
            throw failures.unknown(
                    Verb.DEESCALATE,
                    grant,
                    group,
                    "the user is in the group under the name " + renamed.name() + ", which IAM does not know as theirs",
                    null);
        }
        priorAccess.ending(grant.key(), () -> calls.remove(renamed));
        return confirm(grant, group, renamed, calls, deadline);
    }

    private Revocation gone(Grant grant, Revocation.Result result, boolean confirmed) {
        return Revocation.builder(grant, result)
                .confirmed(confirmed)
                .endedAt(clock.instant())
                .build();
    }
}
