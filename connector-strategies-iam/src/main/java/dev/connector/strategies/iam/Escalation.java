package dev.connector.strategies.iam;

import dev.connector.core.AwsCallException;
import dev.connector.core.ConnectorClock;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.Deadline;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantKey;
import dev.connector.core.strategy.GrantScope;
import dev.connector.core.strategy.IdentityResolver;
import dev.connector.core.strategy.Prior;
import dev.connector.core.strategy.PriorAccess;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.Settling;
import dev.connector.core.strategy.StrategyException;
import dev.connector.core.strategy.StrategyException.Reason;
import dev.connector.core.strategy.Verb;
import java.time.Duration;
import java.time.Instant;

/** The way of a user into a group: who are they, were they in it before, add, look whether it shows. */
final class Escalation {

    private final ConnectorClock clock;
    private final Settling settling;
    private final PriorAccess priorAccess;
    private final IdentityResolver identityResolver;
    private final GrantScope scope;
    private final boolean membershipReads;
    private final IamFailures failures;

    Escalation(Parts parts) {
        this.clock = parts.clock();
        this.settling = parts.settling();
        this.priorAccess = parts.priorAccess();
        this.identityResolver = parts.identityResolver();
        this.scope = parts.scope();
        this.membershipReads = parts.membershipReads();
        this.failures = parts.failures();
    }

    /** A request that comes too late and was never carried out gives nothing; one that may have been is prepared, to find out or to be ended. */
    void requireInTime(AccessRequest<? extends IamGroupTarget> request, IamGroupTarget group) {
        if (!request.mayHaveRun()) {
            requireInTime(
                    request.notAfter(),
                    request.requester(),
                    group,
                    "Ask anew, or set mayHaveRun if it may have been carried out.");
        }
    }

    private void requireInTime(Instant notAfter, Requester requester, IamGroupTarget group, String whatToDo) {
        if (clock.instant().isAfter(notAfter)) {
            throw failures.certain(
                    Reason.REQUEST_EXPIRED,
                    Verb.ESCALATE,
                    group,
                    requester,
                    "the request was to be acted on until " + notAfter + ". " + whatToDo);
        }
    }

    Grant prepare(AccessRequest<? extends IamGroupTarget> request, GroupCalls calls) {
        IamUser user = identify(request.requester(), request.target(), calls);
        GrantKey key = GrantKey.of(scope, user.id(), request.target());
        Prior prior = priorAccess.of(request, key, seen(user, calls));
        return Grant.preparing(request, scope, user.id(), prior)
                .principalName(user.name())
                .targetId(calls.seenId())
                .build();
    }

    private IamUser identify(Requester requester, IamGroupTarget group, GroupCalls calls) {
        String name = identityResolver
                .resolve(requester)
                .orElseThrow(() -> unknownUser(group, requester, "the IdentityResolver knows no IAM user for them."));
        if (!IamNames.isName(name)) {
            throw unknownUser(
                    group,
                    requester,
                    "no IAM user can have the name " + name + ": it has 1 to 128 letters, digits and +=,.@_-. Set an"
                            + " IdentityResolver that knows the user's name in IAM.");
        }
        return calls.user(name)
                .orElseThrow(() -> unknownUser(
                        group,
                        requester,
                        "IAM has no user " + name + " in the account " + scope.accountId()
                                + ". If it was made just now, call again in a minute; if it has another name there, set"
                                + " an IdentityResolver."));
    }

    private StrategyException unknownUser(IamGroupTarget group, Requester requester, String why) {
        return failures.certain(Reason.IDENTITY_NOT_FOUND, Verb.ESCALATE, group, requester, why);
    }

    private Prior seen(IamUser user, GroupCalls calls) {
        if (!membershipReads) {
            return Prior.UNKNOWN;
        }
        return switch (calls.membershipAtPath(user)) {
            case PRESENT -> Prior.PRESENT;
            case ABSENT -> Prior.ABSENT;
            default -> Prior.UNKNOWN;
        };
    }

    Grant resume(Grant grant, IamGroupTarget group, GroupCalls calls, Deadline deadline) {
        IamUser user = identify(grant.requester(), group, calls);
        requireSamePrincipal(grant, group, user);
        Duration timeLeft = Duration.between(clock.instant(), grant.notAfter());
        if (timeLeft.isNegative()) {
            return findOut(grant, group, user, calls, deadline);
        }
        add(grant, group, user, calls, deadline.remainingAtMost(timeLeft));
        return confirm(grant, group, user, calls, deadline);
    }

    private void requireSamePrincipal(Grant grant, IamGroupTarget group, IamUser user) {
        if (!user.id().equals(grant.principalId())) {
            throw failures.certain(
                    Reason.IDENTITY_CHANGED,
                    Verb.ESCALATE,
                    group,
                    grant.requester(),
                    "the grant is for the user " + grant.principalId() + ", but the name " + user.name()
                            + " now belongs to the user " + user.id() + ". Nothing was changed. Ask anew.");
        }
    }

    private void add(Grant grant, IamGroupTarget group, IamUser user, GroupCalls calls, Duration limit) {
        try {
            // The wall clock again, before each attempt: the monotonic one may stand still while a machine is
            // suspended.
            calls.add(user, limit, () -> requireInTime(grant.notAfter(), grant.requester(), group, "Ask anew."));
        } catch (AwsCallException failed) {
            if (calls.nameIsGone(failed, user)) {
                throw failures.certain(
                        Reason.IDENTITY_NOT_FOUND,
                        Verb.ESCALATE,
                        group,
                        grant.requester(),
                        "IAM has no user " + user.name() + " any more. Ask anew.");
            }
            throw failed;
        }
    }

    /** AWS's 200 is the truth where the role may not look; where it may, the access must show before anybody is told of it. */
    private Grant confirm(Grant grant, IamGroupTarget group, IamUser user, GroupCalls calls, Deadline deadline) {
        Instant given = clock.instant();
        Membership seen = membershipReads ? untilItShows(grant, group, user, calls, deadline) : Membership.NOT_READABLE;
        return switch (seen) {
            case PRESENT -> grant.granted(given, true);
            case NOT_READABLE -> grant.granted(given);
            default ->
                throw failures.unknown(
                        Verb.ESCALATE,
                        grant,
                        group,
                        "AWS answered that the user was added, but no read has shown it since",
                        null);
        };
    }

    private Membership untilItShows(
            Grant grant, IamGroupTarget group, IamUser user, GroupCalls calls, Deadline deadline) {
        try {
            return settling.readUntil(
                    "iam:AddUserToGroup to show",
                    deadline,
                    () -> calls.lookAtPath(user),
                    seen -> seen == Membership.PRESENT || seen == Membership.NOT_READABLE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failures.unknown(
                    Verb.ESCALATE,
                    grant,
                    group,
                    "the thread was interrupted while it looked whether the user shows in the group",
                    interrupted);
        } catch (StrategyException elsewhere) {
            // IAM's calls take a name alone: the user may be in that other group now, until the pending grant is ended.
            throw failures.unknown(Verb.ESCALATE, grant, group, elsewhere.getMessage(), elsewhere);
        }
    }

    /** The time to give is over: nothing is sent any more, but what an earlier call sent may have given the access. */
    private Grant findOut(Grant grant, IamGroupTarget group, IamUser user, GroupCalls calls, Deadline deadline) {
        String tooLate = "the request was to be acted on until " + grant.notAfter();
        if (!membershipReads) {
            throw failures.unknown(Verb.ESCALATE, grant, group, tooLate + ", and membership reads are off", null);
        }
        Settling.Twice<Membership> seen = readTwice(grant, group, user, calls, deadline);
        if (seen.last() == Membership.PRESENT) {
            // Found late, it was given no later: it must not last longer for that.
            return grant.granted(grant.notAfter(), true);
        }
        if (seen.agreed()) {
            throw failures.certain(
                    Reason.REQUEST_EXPIRED,
                    Verb.ESCALATE,
                    group,
                    grant.requester(),
                    tooLate + ", and the user is not in the group. Ask anew.");
        }
        throw failures.unknown(
                Verb.ESCALATE, grant, group, tooLate + ", and no read proves whether the user is in the group", null);
    }

    private Settling.Twice<Membership> readTwice(
            Grant grant, IamGroupTarget group, IamUser user, GroupCalls calls, Deadline deadline) {
        try {
            return settling.readTwice(
                    "the group to be read twice",
                    deadline,
                    () -> calls.lookAtPath(user),
                    seen -> seen == Membership.ABSENT);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failures.unknown(
                    Verb.ESCALATE,
                    grant,
                    group,
                    "the thread was interrupted before the group was read twice",
                    interrupted);
        }
    }
}
