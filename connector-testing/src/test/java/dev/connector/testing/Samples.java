package dev.connector.testing;

import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Clients, policies and sessions for tests. */
final class Samples {

    private Samples() {}

    static StsClient sts(SimulatedAws aws) {
        return aws.configure(StsClient.builder()).build();
    }

    static StsClient sts(SimulatedAws aws, AwsCredentialsProvider credentials) {
        return aws.configure(StsClient.builder())
                .credentialsProvider(credentials)
                .build();
    }

    static StsClient anonymousSts(SimulatedAws aws) {
        return sts(aws, AnonymousCredentialsProvider.create());
    }

    static IamClient iam(SimulatedAws aws, AwsCredentialsProvider credentials) {
        return aws.configure(IamClient.builder())
                .credentialsProvider(credentials)
                .build();
    }

    /** An IAM client that may do everything in its account. */
    static IamClient adminIam(SimulatedAws aws) {
        return iam(aws, admin(aws));
    }

    /** An SSO Admin client that may do everything. */
    static SsoAdminClient adminSso(SimulatedAws aws) {
        return sso(aws, admin(aws));
    }

    static SsoAdminClient sso(SimulatedAws aws, AwsCredentialsProvider credentials) {
        return aws.configure(SsoAdminClient.builder())
                .credentialsProvider(credentials)
                .build();
    }

    static IdentitystoreClient identityStore(SimulatedAws aws, AwsCredentialsProvider credentials) {
        return aws.configure(IdentitystoreClient.builder())
                .credentialsProvider(credentials)
                .build();
    }

    /** Credentials of a role that may do everything in its account. */
    static AwsCredentialsProvider admin(SimulatedAws aws) {
        return aws.credentialsOf(aws.iam().createRole("/", "Admin", trust(aws.accountId()), allow("*", "*")));
    }

    static AwsCredentialsProvider assume(StsClient sts, AssumeRoleRequest request) {
        return provider(sts.assumeRole(request).credentials());
    }

    static AwsCredentialsProvider assumeRuntime(SimulatedAws aws, Map<String, String> runtime) {
        return assume(
                sts(aws),
                assumeRole(role(runtime)).externalId(runtime.get("external_id")).build());
    }

    static AssumeRoleRequest.Builder assumeRole(String roleArn) {
        return AssumeRoleRequest.builder().roleArn(roleArn).roleSessionName("test-session");
    }

    static String role(Map<String, String> settings) {
        return Objects.requireNonNull(settings.get("role_arn"));
    }

    /** Credentials of a role that was made under the path {@code /}. */
    static AwsCredentialsProvider provider(SimulatedAws aws, String roleName) {
        return aws.credentialsOf("arn:aws:iam::" + aws.accountId() + ":role/" + roleName);
    }

    static AwsCredentialsProvider provider(Credentials credentials) {
        return StaticCredentialsProvider.create(AwsSessionCredentials.create(
                credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken()));
    }

    static String allow(String action, String resource) {
        return statement("\"Effect\": \"Allow\", \"Action\": \"" + action + "\", \"Resource\": \"" + resource + "\"");
    }

    static String deny(String action, String resource) {
        return statement("\"Effect\": \"Deny\", \"Action\": \"" + action + "\", \"Resource\": \"" + resource + "\"");
    }

    static String trust(String principal) {
        return statement("\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"" + principal
                + "\"}, \"Action\": \"sts:AssumeRole\"");
    }

    static String statement(String members) {
        return "{\"Version\": \"2012-10-17\", \"Statement\": [{" + members + "}]}";
    }
}
