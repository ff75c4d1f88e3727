package dev.connector.testing;

import dev.connector.testing.internal.iam.Account;
import dev.connector.testing.internal.server.Printable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the connectors' Terraform modules make in an account, and the settings that they put out. */
final class ConnectorModules {

    private static final String PATH = "/sym/";

    private final Account account;
    private final String accountId;
    private final String partition;
    private final String region;

    ConnectorModules(Account account, String accountId, String partition, String region) {
        this.account = account;
        this.accountId = accountId;
        this.partition = partition;
        this.region = region;
    }

    Map<String, String> runtime(String environment, String serviceArn, String externalId, Collection<String> safelist) {
        String trust = """
                {"Version": "2012-10-17", "Statement": [{
                    "Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole",
                    "Condition": {"StringEquals": {"sts:ExternalId": "%s"}}}]}
                """.formatted(serviceArn, externalId);
        List<String> roles = Stream.concat(Stream.of(accountId), safelist.stream())
                .map(id -> "arn:" + partition + ":iam::" + id + ":role" + PATH + "*")
                .toList();
        String policy = """
                {"Version": "2012-10-17", "Statement": [{
                    "Effect": "Allow", "Action": "sts:AssumeRole", "Resource": [%s]}]}
                """.formatted(quoted(roles));
        Map<String, String> settings = settings(createRole("Runtime", environment, trust, policy));
        settings.put("external_id", externalId);
        return Map.copyOf(settings);
    }

    Map<String, String> iam(String environment, List<String> groupPatterns) {
        List<String> groups = groupPatterns.stream().map(this::groupArn).toList();
        String policy = """
                {"Version": "2012-10-17", "Statement": [
                    {"Effect": "Allow", "Action": ["iam:AddUserToGroup", "iam:RemoveUserFromGroup"], "Resource": [%s]},
                    {"Effect": "Allow", "Action": "iam:GetUser", "Resource": "*"}]}
                """.formatted(quoted(groups));
        return Map.copyOf(settings(createRole("IAM", environment, trustOfRuntime(environment), policy)));
    }

    Map<String, String> sso(String environment, String instanceArn, String storeId) {
        String policy = """
                {"Version": "2012-10-17", "Statement": [
                    {"Effect": "Allow", "Resource": "*", "Action": [
                        "sso:CreateAccountAssignment", "sso:DeleteAccountAssignment", "sso:Describe*", "sso:List*",
                        "organizations:ListAccounts"]},
                    {"Effect": "Allow", "Resource": "*", "Action": [
                        "identitystore:CreateGroupMembership", "identitystore:DeleteGroupMembership",
                        "identitystore:Describe*", "identitystore:Get*", "identitystore:List*",
                        "identitystore:IsMemberInGroups"]}]}
                """;
        Map<String, String> settings = settings(createRole("SSO", environment, trustOfRuntime(environment), policy));
        settings.remove("account_id");
        settings.put("instance_arn", instanceArn);
        settings.put("identity_store_id", storeId);
        return Map.copyOf(settings);
    }

    private String trustOfRuntime(String environment) {
        return """
                {"Version": "2012-10-17", "Statement": [{
                    "Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole"}]}
                """.formatted(account.arn("role", PATH, name("Runtime", environment)));
    }

    private String createRole(String kind, String environment, String trust, String policy) {
        return account.createRole(PATH, name(kind, environment), trust, List.of(policy))
                .arn();
    }

    private Map<String, String> settings(String roleArn) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("cloud", "aws");
        settings.put("region", region);
        settings.put("role_arn", roleArn);
        settings.put("account_id", accountId);
        return settings;
    }

    private String groupArn(String pattern) {
        if (!pattern.startsWith("/")) {
            throw new IllegalArgumentException(
                    "A pattern of groups is a path and a name, such as /sym/*: " + Printable.escape(pattern));
        }
        return "arn:" + partition + ":iam::" + accountId + ":group" + pattern;
    }

    private static String name(String kind, String environment) {
        return "Sym" + kind + capitalised(environment);
    }

    private static String capitalised(String environment) {
        if (!environment.matches("[A-Za-z][\\w-]*")) {
            throw new IllegalArgumentException(
                    "An environment has letters, digits, _ and -: " + Printable.escape(environment));
        }
        return Character.toUpperCase(environment.charAt(0)) + environment.substring(1);
    }

    private static String quoted(List<String> texts) {
        return texts.stream()
                .map(text -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(", "));
    }
}
