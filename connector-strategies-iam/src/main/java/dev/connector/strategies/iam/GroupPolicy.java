package dev.connector.strategies.iam;

import dev.connector.core.PolicyDocument;
import dev.connector.core.PolicyDocument.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The session policies: just what the strategy does, on just the groups of its lists.
 *
 * <p>AWS authorises these calls on the group and not on the user, so whom they are about is bounded by no policy.
 */
final class GroupPolicy {

    private final String partition;
    private final String accountId;
    private final boolean membershipReads;
    private final GroupLists lists;

    GroupPolicy(String partition, String accountId, boolean membershipReads, GroupLists lists) {
        this.partition = partition;
        this.accountId = accountId;
        this.membershipReads = membershipReads;
        this.lists = lists;
    }

    PolicyDocument ofAll() {
        return policy(arns(lists.allowed()), arns(lists.givenOrRetired()));
    }

    PolicyDocument of(IamGroupTarget target) {
        List<String> group = List.of(IamGroupPattern.arnOf(target, partition, accountId));
        return policy(lists.allows(target) ? group : List.of(), group);
    }

    private PolicyDocument policy(List<String> givable, List<String> takable) {
        List<Statement> statements = new ArrayList<>();
        if (givable.equals(takable)) {
            statements.add(Statement.allow(withRead("iam:AddUserToGroup", "iam:RemoveUserFromGroup"), givable));
        } else {
            if (!givable.isEmpty()) {
                statements.add(Statement.allow(List.of("iam:AddUserToGroup"), givable));
            }
            statements.add(Statement.allow(withRead("iam:RemoveUserFromGroup"), takable));
        }
        statements.add(Statement.allow(
                membershipReads ? List.of("iam:GetUser", "iam:ListGroupsForUser") : List.of("iam:GetUser"),
                List.of("arn:" + partition + ":iam::" + accountId + ":user/*")));
        return PolicyDocument.of(statements.toArray(Statement[]::new));
    }

    private List<String> withRead(String... actions) {
        List<String> all = new ArrayList<>(List.of(actions));
        if (membershipReads) {
            all.add("iam:GetGroup");
        }
        return all;
    }

    private List<String> arns(List<IamGroupPattern> patterns) {
        return patterns.stream()
                .map(pattern -> pattern.arnPattern(partition, accountId))
                .toList();
    }
}
