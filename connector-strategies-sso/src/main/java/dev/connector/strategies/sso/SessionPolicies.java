package dev.connector.strategies.sso;

import dev.connector.core.PolicyDocument;
import dev.connector.core.PolicyDocument.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The session policies: just what a strategy does, on just what is on its lists.
 *
 * <p>AWS authorises changes of assignments on permission set and account and not on the user, so whom they are about is bounded by no policy; and it authorises the set
 * and the account each for itself, so a policy that lists several of both allows every pair of them.
 */
final class SessionPolicies {

    private final String partition;
    private final String accountId;
    private final String instanceArn;
    private final @Nullable String storeId;
    private final @Nullable String kmsKeyArn;

    SessionPolicies(
            String partition,
            String accountId,
            String instanceArn,
            @Nullable String storeId,
            @Nullable String kmsKeyArn) {
        this.partition = partition;
        this.accountId = accountId;
        this.instanceArn = instanceArn;
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

    /** Changes of assignments: of permission sets in accounts that may be given both ways, of retired ones the way out. */
    PolicyDocument ofAssignments(List<PermissionSetPattern> givable, List<PermissionSetPattern> takable) {
        List<Statement> statements = common();
        if (!givable.isEmpty()) {
            statements.add(Statement.allow(List.of("sso:CreateAccountAssignment"), assignments(givable)));
        }
        statements.add(Statement.allow(
                List.of("sso:DeleteAccountAssignment", AssignmentReads.LIST_ASSIGNMENTS), assignments(takable)));
        statements.add(Statement.allow(
                List.of(
                        "sso:DescribeAccountAssignment*",
                        "sso:ListAccountAssignmentCreationStatus",
                        "sso:ListAccountAssignmentDeletionStatus",
                        AssignmentReads.DESCRIBE_SET),
                with(List.of(instanceArn), sets(takable))));
        statements.add(Statement.allow(
                List.of(UserCalls.IS_MEMBER),
                List.of(store(), storeArn("user", "*"), storeArn("group", "*"), storeArn("membership", "*"))));
        if (takable.stream().anyMatch(pattern -> pattern.matchesAccount(accountId))) {
            statements.add(inOwnAccount());
        }
        return PolicyDocument.of(statements.toArray(Statement[]::new));
    }

    /** To assign in the management account, AWS makes roles with the rights of the caller; whether it is the role's own account, only AWS knows. */
    private Statement inOwnAccount() {
        String own = "arn:" + partition + ":iam::" + accountId;
        return Statement.allow(
                List.of("iam:*Role*", "iam:*SAMLProvider"),
                List.of(own + ":role/aws-reserved/sso.amazonaws.com/*", own + ":saml-provider/AWSSSO_*"));
    }

    private List<String> assignments(List<PermissionSetPattern> patterns) {
        List<String> accounts = patterns.stream()
                .map(pattern -> "arn:" + partition + ":sso:::account/" + pattern.accountId())
                .distinct()
                .toList();
        return with(with(List.of(instanceArn), sets(patterns)), accounts);
    }

    private List<String> sets(List<PermissionSetPattern> patterns) {
        return patterns.stream()
                .map(PermissionSetPattern::permissionSetArn)
                .map(arn -> arn.equals("*") ? "arn:" + partition + ":sso:::permissionSet/*" : arn)
                .distinct()
                .toList();
    }

    private static List<String> with(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
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
