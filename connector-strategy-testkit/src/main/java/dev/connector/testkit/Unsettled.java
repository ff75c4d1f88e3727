package dev.connector.testkit;

import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.Verb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What calls that crashed, or did not know how they ended, may have left to AWS, which goes on with it after they are over. For one thread. */
final class Unsettled {

    private final Duration provisioningTime;
    private final List<Doubt> doubts = new ArrayList<>();

    /** @param provisioningTime how long AWS may go on; with zero nothing is ever left to it */
    Unsettled(Duration provisioningTime) {
        this.provisioningTime = provisioningTime;
    }

    /** From now on, and for as long as AWS may take, what the verb was to do may happen. */
    void add(Verb verb, Grant grant, long now) {
        if (!provisioningTime.isZero()) {
            doubts.add(new Doubt(verb, grant.requestId(), Access.of(grant), now + provisioningTime.toNanos()));
        }
    }

    /**
     * How it is with an access is certain, whichever grants it was given for.
     *
     * @return whether AWS may have been left to do the opposite of what the verb has done
     */
    boolean settle(Access access, Verb verb) {
        boolean opposed = doubts.stream().anyMatch(doubt -> doubt.access().equals(access) && doubt.verb() != verb);
        doubts.removeIf(doubt -> doubt.access().equals(access));
        return opposed;
    }

    /** It is certain that no call has done this for the grant. */
    void settle(Verb verb, Grant grant) {
        doubts.removeIf(doubt -> doubt.isOf(verb, grant));
    }

    boolean isOpen(Verb verb, Grant grant, long now) {
        return doubts.stream().anyMatch(doubt -> doubt.isOf(verb, grant) && now <= doubt.until());
    }

    /** Of what has changed since a moment, that which no earlier call may have left to AWS. */
    Set<Access> unexplained(Verb verb, Set<Access> changed, long since) {
        return changed.stream()
                .filter(access -> doubts.stream().noneMatch(doubt -> doubt.explains(verb, access, since)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private record Doubt(Verb verb, UUID requestId, Access access, long until) {

        boolean isOf(Verb other, Grant grant) {
            return verb == other && requestId.equals(grant.requestId()) && access.equals(Access.of(grant));
        }

        boolean explains(Verb other, Access changed, long since) {
            return verb == other && access.equals(changed) && since <= until;
        }
    }
}
