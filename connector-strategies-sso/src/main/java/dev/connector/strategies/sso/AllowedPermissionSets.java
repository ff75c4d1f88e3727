package dev.connector.strategies.sso;

import dev.connector.core.strategy.TargetNotAllowedException;
import java.util.List;
import java.util.stream.Stream;

/** The guard: which permission sets may be given in which accounts, and which retired ones may still be taken away. */
final class AllowedPermissionSets {

    private final List<PermissionSetPattern> allowed;
    private final List<PermissionSetPattern> givenOrRetired;

    AllowedPermissionSets(List<PermissionSetPattern> allowed, List<PermissionSetPattern> revocable) {
        this.allowed = List.copyOf(allowed);
        this.givenOrRetired =
                Stream.concat(allowed.stream(), revocable.stream()).distinct().toList();
    }

    List<PermissionSetPattern> allowed() {
        return allowed;
    }

    List<PermissionSetPattern> givenOrRetired() {
        return givenOrRetired;
    }

    boolean allows(PermissionSetTarget target) {
        return allowed.stream().anyMatch(pattern -> pattern.matches(target));
    }

    PermissionSetTarget requireAllowed(PermissionSetTarget target) {
        if (!allows(target)) {
            throw new TargetNotAllowedException(
                    target,
                    "Cannot escalate to the permission set " + target + ": it is not among the allowed ones " + allowed
                            + ". If it is meant to be, add it to allowedPermissionSets(...).");
        }
        return target;
    }

    PermissionSetTarget requireRevocable(PermissionSetTarget target) {
        if (givenOrRetired.stream().noneMatch(pattern -> pattern.matches(target))) {
            throw new TargetNotAllowedException(
                    target,
                    "Cannot deescalate from the permission set " + target
                            + ": it is neither among the allowed nor among the revocable ones " + givenOrRetired
                            + ", so the access stays. Add it to revocablePermissionSets(...) until every grant of it"
                            + " has ended.");
        }
        return target;
    }
}
