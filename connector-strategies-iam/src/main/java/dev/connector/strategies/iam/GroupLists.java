package dev.connector.strategies.iam;

import dev.connector.core.strategy.TargetNotAllowedException;
import java.util.List;
import java.util.stream.Stream;

/** The guard: which groups may be given, and which retired ones may still be taken away. */
final class GroupLists {

    private final List<IamGroupPattern> allowed;
    private final List<IamGroupPattern> givenOrRetired;

    GroupLists(List<IamGroupPattern> allowed, List<IamGroupPattern> revocable) {
        this.allowed = List.copyOf(allowed);
        this.givenOrRetired =
                Stream.concat(allowed.stream(), revocable.stream()).distinct().toList();
    }

    List<IamGroupPattern> allowed() {
        return allowed;
    }

    List<IamGroupPattern> givenOrRetired() {
        return givenOrRetired;
    }

    boolean allows(IamGroupTarget target) {
        return isOn(allowed, target);
    }

    /** The group, at its path, if access to it may be given. */
    IamGroupTarget requireAllowed(IamGroupTarget target) {
        IamGroupTarget settled = target.path().isPresent() ? target : target.at(onlyPathOf(target, allowed));
        if (!isOn(allowed, settled)) {
            throw new TargetNotAllowedException(
                    settled,
                    "Cannot escalate to the IAM group " + settled + ": it is not among the allowed groups " + allowed
                            + ". If it is meant to be, add it to allowedGroups(...) and to group_config of the Terraform module.");
        }
        return settled;
    }

    /** The group, at its path, if access to it may be taken away. */
    IamGroupTarget requireRevocable(IamGroupTarget target) {
        IamGroupTarget settled = target.path().isPresent() ? target : target.at(onlyPathOf(target, givenOrRetired));
        if (!isOn(givenOrRetired, settled)) {
            throw new TargetNotAllowedException(
                    settled,
                    "Cannot deescalate from the IAM group " + settled
                            + ": it is neither among the allowed nor among the revocable groups "
                            + givenOrRetired
                            + ", so the access stays. Add it to revocableGroups(...), and leave it in group_config"
                            + " of the Terraform module, until every grant of it has ended.");
        }
        return settled;
    }

    private static boolean isOn(List<IamGroupPattern> list, IamGroupTarget target) {
        for (IamGroupPattern pattern : list) {
            if (pattern.matches(target)) {
                return true;
            }
        }
        return false;
    }

    private static String onlyPathOf(IamGroupTarget target, List<IamGroupPattern> list) {
        List<IamGroupPattern> candidates =
                list.stream().filter(pattern -> pattern.matchesName(target)).toList();
        boolean clear = candidates.stream().allMatch(IamGroupPattern::hasOnePath)
                && candidates.stream().map(IamGroupPattern::path).distinct().count() == 1;
        if (!clear) {
            throw new TargetNotAllowedException(
                    target,
                    candidates.isEmpty()
                            ? "Cannot take up the IAM group " + target + ": no pattern of " + list
                                    + " has its name. If it is meant to be"
                                    + " served, add it to allowedGroups(...) and to group_config of the Terraform module."
                            : "Cannot tell at which path the IAM group " + target + " is: the patterns " + candidates
                                    + " leave more than one. Name the path: IamGroupTarget.of(path, name).");
        }
        return candidates.get(0).path();
    }
}
