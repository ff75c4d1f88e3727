package dev.connector.testkit;

import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.AccessTarget;
import dev.connector.core.strategy.Ending;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantRejectedException;
import dev.connector.core.strategy.GrantScope;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.OutcomeUnknownException;
import dev.connector.core.strategy.Prior;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.TargetNotAllowedException;
import dev.connector.core.strategy.Verb;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;

/**
 * Compares what a strategy says with what is so. For one thread.
 *
 * @param <T> the world's targets
 */
final class Witness<T extends AccessTarget> {

    private final Truth<T> truth;
    private final Unsettled unsettled;
    private boolean readsDenied;
    private boolean unproven;

    Witness(Truth<T> truth, Duration provisioningTime) {
        this.truth = truth;
        this.unsettled = new Unsettled(provisioningTime);
    }

    void denyReads() {
        readsDenied = true;
    }

    /** Between two verbs nothing happens but what an earlier one has left to AWS. */
    void meanwhile() {
        Set<Access> before = truth.now();
        long since = truth.seenAt();
        truth.update();
        unproven = false;
        Set<Access> come = unsettled.unexplained(Verb.ESCALATE, Moment.minus(truth.now(), before), since);
        Set<Access> gone = unsettled.unexplained(Verb.DEESCALATE, Moment.minus(before, truth.now()), since);
        require(come.isEmpty(), "no outcome was unknown any more, but access came afterwards: " + come);
        require(gone.isEmpty(), "no outcome was unknown any more, but access went afterwards: " + gone);
    }

    /** Whether the last answer was certain although an earlier call may have left the opposite to AWS. */
    boolean isUnproven() {
        return unproven;
    }

    /** Who has access since a moment, and it is the doing of nobody but the verb that is over. */
    private Set<Access> come(Moment before) {
        return unsettled.unexplained(Verb.ESCALATE, before.newIn(truth.now()), before.nanos());
    }

    /** Who has no access any more since a moment, and it is the doing of nobody but the verb that is over. */
    private Set<Access> gone(Moment before) {
        return unsettled.unexplained(Verb.DEESCALATE, before.goneIn(truth.now()), before.nanos());
    }

    void unchanged(Moment before, String otherwise) {
        require(come(before).isEmpty() && gone(before).isEmpty(), otherwise);
    }

    /** Whether a call for the grant may still give access. */
    boolean isGiving(Grant grant) {
        return unsettled.isOpen(Verb.ESCALATE, grant, truth.nanos());
    }

    void prepared(AccessRequest<T> request, GrantScope scope, Moment before, Answer<Grant> answer, boolean untold) {
        unchanged(before, "prepare changed who has access");
        require(!answer.is(Answer.Kind.UNKNOWN), "prepare changes nothing, but its outcome is said to be unknown");
        if (answer.is(Answer.Kind.RETURNED)) {
            Grant grant = answer.returned();
            requireOf(request, scope, grant);
            prior(request, before, grant, untold);
        }
    }

    private static void requireOf(AccessRequest<?> request, GrantScope scope, Grant grant) {
        require(grant.state() == GrantState.PREPARED, "prepare returned a grant in the state " + grant.state());
        require(grant.requestId().equals(request.id()), "prepare returned the grant of another request");
        require(grant.scope().equals(scope), "prepare returned a grant of another scope");
        require(
                grant.requester().equals(request.requester())
                        && grant.duration().equals(request.duration()),
                "prepare returned a grant for somebody else, or for another time");
        require(grant.target().name().equals(request.target().name()), "prepare returned a grant of another target");
    }

    private void prior(AccessRequest<?> request, Moment before, Grant grant, boolean untold) {
        Access access = Access.of(grant);
        if (grant.prior() == Prior.PRESENT) {
            require(!request.mayHaveRun(), "prior is PRESENT, but the request may have run before");
            require(
                    untold
                            || isInherited(request, grant, Prior.PRESENT)
                            || truth.mayHaveShownForeign(access, before.nanos()),
                    "prior is PRESENT, but nobody else had given the access: it would stay for ever");
        }
        if (grant.prior() == Prior.ABSENT) {
            require(
                    isInherited(request, grant, Prior.ABSENT) || truth.mayHaveShownNone(access, before.nanos()),
                    "prior is ABSENT, but the access was there: it would be taken away without a word");
        }
    }

    private static boolean isInherited(AccessRequest<?> request, Grant grant, Prior prior) {
        return request.openGrants().stream().anyMatch(open -> open.key().equals(grant.key()) && open.prior() == prior);
    }

    void resumed(Grant grant, Moment before, Answer<Grant> answer) {
        if (grant.state() == GrantState.GRANTED) {
            unchanged(before, "a grant that was given was resumed, and who has access changed");
            return;
        }
        Access access = Access.of(grant);
        boolean given = !come(before).isEmpty();
        require(gone(before).isEmpty(), "resume took access away");
        requireOnly(access, come(before), "resume gave access that nobody asked for");
        require(!given || !before.instant().isAfter(grant.notAfter()), "resume gave access after notAfter");
        switch (answer.kind()) {
            case RETURNED -> granted(grant, answer.returned(), access);
            case FAILED -> notGranted(grant, answer, given, access);
            case UNKNOWN -> pending(grant, answer.unknown(), Verb.ESCALATE, GrantState.PENDING);
            case CRASHED -> unsettled.add(Verb.ESCALATE, grant, truth.nanos());
        }
    }

    private void granted(Grant asked, Grant said, Access access) {
        require(said.state() == GrantState.GRANTED, "resume returned a grant in the state " + said.state());
        requireSame(asked, said);
        require(truth.now().contains(access), "it said granted, but the access is not there");
        require(said.grantedAt().isPresent(), "it said granted, but not when");
        require(
                !(said.confirmed() && readsDenied),
                "it said that a read confirmed the access, but its role may not read");
        unproven = unsettled.settle(access, Verb.ESCALATE);
    }

    private void notGranted(Grant asked, Answer<Grant> answer, boolean given, Access access) {
        require(!given, "it said not granted, but gave the access");
        if (asked.state() == GrantState.PENDING && !isRefusal(answer)) {
            require(
                    !truth.now().contains(access) || truth.foreign().contains(access),
                    "it said not granted, but an earlier call had given the access");
            unsettled.settle(Verb.ESCALATE, asked);
        }
    }

    void ended(Grant grant, Ending ending, Moment before, Answer<Revocation> answer) {
        Access access = Access.of(grant);
        require(come(before).isEmpty(), "the end gave access");
        requireOnly(access, gone(before), "the end took away what the grant had not given");
        boolean taken = !gone(before).isEmpty();
        require(!(taken && grant.prior() == Prior.PRESENT), "the end took away access that had been there before");
        switch (answer.kind()) {
            case RETURNED -> revoked(grant, ending, answer.returned(), taken, access);
            case FAILED -> notRevoked(grant, answer, taken, access);
            case UNKNOWN -> pending(grant, answer.unknown(), Verb.DEESCALATE, GrantState.ENDING);
            case CRASHED -> unsettled.add(Verb.DEESCALATE, grant, truth.nanos());
        }
    }

    private void revoked(Grant asked, Ending ending, Revocation said, boolean taken, Access access) {
        requireSame(asked, said.grant());
        if (said.result().isGone()) {
            require(!truth.now().contains(access), "it said " + said.result() + ", but the access is still there");
            require(said.endedAt().isPresent(), "it said " + said.result() + ", but not when");
            require(
                    !(said.confirmed() && readsDenied),
                    "it said that a read confirmed the end, but its role may not read");
            unproven = unsettled.settle(access, Verb.DEESCALATE);
            return;
        }
        require(!taken, "it said " + said.result() + ", but took the access away");
        if (said.result() == Revocation.Result.KEPT_PREEXISTING) {
            require(asked.prior() == Prior.PRESENT, "it said KEPT_PREEXISTING, but prior is " + asked.prior());
        }
        if (said.result() == Revocation.Result.KEPT_IN_USE) {
            require(isInUse(asked, ending, said), "it said KEPT_IN_USE, but no open grant of the same access is named");
        }
    }

    private static boolean isInUse(Grant asked, Ending ending, Revocation said) {
        return ending.openGrants().stream()
                .filter(open -> !open.requestId().equals(asked.requestId()))
                .filter(open -> open.key().equals(asked.key()))
                .anyMatch(
                        open -> said.inUseBy().filter(open.requestId()::equals).isPresent());
    }

    private void notRevoked(Grant asked, Answer<Revocation> answer, boolean taken, Access access) {
        require(!taken, "it said not revoked, but took the access away");
        if (asked.state() == GrantState.ENDING && !isRefusal(answer)) {
            require(truth.now().contains(access), "it said not revoked, but an earlier call had taken the access away");
            unsettled.settle(Verb.DEESCALATE, asked);
        }
    }

    private void pending(Grant asked, OutcomeUnknownException unknown, Verb during, GrantState state) {
        require(unknown.during() == during, "the outcome is said to be unknown of " + unknown.during());
        require(
                unknown.pending().state() == state,
                "the grant of the unknown outcome is in the state "
                        + unknown.pending().state());
        requireSame(asked, unknown.pending());
        unsettled.add(during, asked, truth.nanos());
    }

    private static void requireSame(Grant asked, Grant said) {
        boolean same = said.requestId().equals(asked.requestId())
                && said.key().equals(asked.key())
                && said.prior() == asked.prior()
                && said.duration().equals(asked.duration());
        require(same, "the grant that it answers with is another: its request, access, prior or duration");
    }

    /** The lists, and whose grant it is, are looked at before any call: such a refusal says nothing of earlier calls. */
    private static boolean isRefusal(Answer<?> answer) {
        return answer.thrown() instanceof TargetNotAllowedException
                || answer.thrown() instanceof GrantRejectedException;
    }

    /** When every grant has ended, nobody has access but from somebody else. */
    void allEnded(Collection<Access> stillOpen) {
        for (Access access : truth.now()) {
            require(
                    truth.foreign().contains(access) || stillOpen.contains(access),
                    "every grant has ended, but " + access.principalId() + " still has access to " + access.target());
        }
    }

    private static void requireOnly(Access allowed, Set<Access> changed, String otherwise) {
        require(changed.stream().allMatch(allowed::equals), otherwise + ": " + changed);
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new BrokenWord(otherwise);
        }
    }
}
