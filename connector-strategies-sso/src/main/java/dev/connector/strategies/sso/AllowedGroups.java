package dev.connector.strategies.sso;

import dev.connector.core.strategy.TargetNotAllowedException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The guard: which groups may be given, and which retired ones may still be taken away. */
final class AllowedGroups {

    private final Set<String> allowed;
    private final Set<String> givenOrRetired;

    /** @param allowed ids in lower case */
    AllowedGroups(Collection<String> allowed, Collection<String> revocable) {
        this.allowed = new LinkedHashSet<>(allowed);
        this.givenOrRetired = new LinkedHashSet<>(allowed);
        givenOrRetired.addAll(revocable);
    }

    List<String> allowed() {
        return List.copyOf(allowed);
    }

    List<String> givenOrRetired() {
        return List.copyOf(givenOrRetired);
    }

    boolean allows(IdentityStoreGroupTarget target) {
        return allowed.contains(target.groupId());
    }

    IdentityStoreGroupTarget requireAllowed(IdentityStoreGroupTarget target) {
        if (!allows(target)) {
            throw new TargetNotAllowedException(
                    target,
                    "Cannot escalate to the Identity Store group " + target + ": it is not among the allowed groups "
                            + allowed + ". If it is meant to be, add it to allowedGroups(...).");
        }
        return target;
    }

    IdentityStoreGroupTarget requireRevocable(IdentityStoreGroupTarget target) {
        if (!givenOrRetired.contains(target.groupId())) {
            throw new TargetNotAllowedException(
                    target,
                    "Cannot deescalate from the Identity Store group " + target
                            + ": it is neither among the allowed nor among the revocable groups " + givenOrRetired
                            + ", so the access stays. Add it to revocableGroups(...) until every grant of it has"
                            + " ended.");
        }
        return target;
    }
}
