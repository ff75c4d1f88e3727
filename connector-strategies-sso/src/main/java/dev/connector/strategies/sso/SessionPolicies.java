package dev.connector.strategies.sso;

import dev.connector.core.PolicyDocument;
import dev.connector.core.PolicyDocument.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The session policies: just what a strategy does, on just what is on its lists.
 *
 * <p>AWS authorises changes of assignments on permission set and account and not on the user, so whom they are about is bounded by no policy; and it authorises the set
 * and the account each for itself, so a policy that lists several of both allows every pair of them.
 */
final class SessionPolicies {

    private final String partition;
    private final @Nullable String storeId;
    private final @Nullable String kmsKeyArn;

    SessionPolicies(String partition, @Nullable String storeId, @Nullable String kmsKeyArn) {
        this.partition = partition;
        this.storeId = storeId;
        this.kmsKeyArn = kmsKeyArn;
    }

    /** Changes of memberships of groups: in those that may be given both ways, in retired ones the way out. */
    PolicyDocument ofGroups(Collection<String> givable, Collection<String> takable) {
        List<Statement> statements = common();
        if (!givable.isEmpty()) {
            statements.add(Statement.allow(List.of("identitystore:CreateGroupMembership"), memberships(givable)));
        }
        statements.add(Statement.allow(
                List.of(
                        "identitystore:DeleteGroupMembership",
                        "identitystore:GetGroupMembershipId",
                        "identitystore:DescribeGroupMembership"),
                memberships(takable)));
        return PolicyDocument.of(statements.toArray(Statement[]::new));
    }

    private List<String> memberships(Collection<String> groups) {
        List<String> resources = new ArrayList<>();
        groups.forEach(group -> resources.add(storeArn("group", group)));
        resources.addAll(List.of(storeArn("membership", "*"), store(), storeArn("user", "*")));
        return resources;
    }

    /** Finding people and the identity store, and using the key. */
    private List<Statement> common() {
        List<Statement> statements = new ArrayList<>();
        statements.add(Statement.allow(
                List.of("identitystore:GetUserId", "identitystore:DescribeUser", "identitystore:ListUsers"),
                List.of(store(), storeArn("user", "*"))));
        if (storeId == null) {
            statements.add(Statement.allow(List.of(AdminReads.LIST_INSTANCES), List.of("*")));
        }
        if (kmsKeyArn != null) {
            statements.add(Statement.allow(List.of("kms:Decrypt"), List.of(kmsKeyArn)));
        }
        return statements;
    }

    private String store() {
        return "arn:" + partition + ":identitystore::*:identitystore/" + (storeId == null ? "*" : storeId);
    }

    private String storeArn(String kind, String id) {
        return "arn:" + partition + ":identitystore:::" + kind + "/" + id;
    }
}
