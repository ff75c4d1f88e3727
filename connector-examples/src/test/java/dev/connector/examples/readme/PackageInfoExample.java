package dev.connector.examples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.core.ConnectorClock;
import dev.connector.core.ConnectorRole;
import dev.connector.core.RuntimeConnector;
import dev.connector.core.TerraformOutput;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.AccessStrategy;
import dev.connector.core.strategy.AccessTarget;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.Revocation;
import dev.connector.examples.readme.ReadmeExample.MyWorld;
import dev.connector.strategies.iam.IamGroupPattern;
import dev.connector.strategies.iam.IamGroupStrategy;
import dev.connector.strategies.iam.IamGroupTarget;
import dev.connector.strategies.sso.PermissionSetPattern;
import dev.connector.strategies.sso.PermissionSetStrategy;
import dev.connector.strategies.sso.PermissionSetTarget;
import dev.connector.testing.Fault;
import dev.connector.testing.SimulatedAws;
import dev.connector.testing.SimulatedClock;
import dev.connector.testkit.Report;
import dev.connector.testkit.StrategyTestKit;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.GetUserRequest;

/** The code in the Javadoc of the public packages, so that the compiler sees it. {@link PackageInfoTest} compares, and runs it. */
final class PackageInfoExample {

    private PackageInfoExample() {}

    static String openASession(
            String terraformOutput, AwsCredentialsProvider credentials, SdkHttpClient httpClient, String roleArn) {
        // dev.connector.core: begin
        try (RuntimeConnector connector = RuntimeConnector.builder()
                        .settings(TerraformOutput.read(terraformOutput, "runtime_connector"))
                        .environment("main")
                        .sourceCredentials(credentials)
                        .httpClient(httpClient)
                        .build();
                IamClient iam = connector
                        .session(ConnectorRole.of(roleArn))
                        .configure(IamClient.builder())
                        .build()) {
            return iam.getUser(GetUserRequest.builder().userName("ada").build())
                    .user()
                    .arn();
        }
        // dev.connector.core: end
    }

    static <T extends AccessTarget> Revocation giveAndTakeAway(
            AccessStrategy<T> strategy, T target, Instant now, Map<UUID, String> store) {
        // dev.connector.core.strategy: begin
        AccessRequest<T> request = AccessRequest.builder(Requester.of("ada"), target)
                .reason("INC-42")
                .requestedAt(now)
                .duration(Duration.ofHours(1))
                .build();
        Grant prepared = strategy.prepare(request); // changes nothing
        store.put(request.id(), prepared.toJson());
        Grant granted = strategy.resume(prepared);
        store.put(request.id(), granted.toJson());
        // At granted.endsAt(), in this process or another:
        Grant stored = Grant.fromJson(store.get(request.id()));
        Revocation revocation = strategy.deescalate(stored);
        // dev.connector.core.strategy: end
        return revocation;
    }

    static Revocation giveAGroup(RuntimeConnector connector, Map<String, String> settings, Instant now) {
        // dev.connector.strategies.iam: begin
        try (IamGroupStrategy strategy = IamGroupStrategy.builder()
                .connector(connector)
                .settings(settings)
                .allowedGroups(IamGroupPattern.of("/sym/", "*"))
                .build()) {
            Grant grant =
                    strategy.escalate(AccessRequest.builder(Requester.of("ada"), IamGroupTarget.of("/sym/", "OnCall"))
                            .requestedAt(now)
                            .duration(Duration.ofHours(1))
                            .build());
            // Store grant.toJson(); at grant.endsAt():
            return strategy.deescalate(grant);
        }
        // dev.connector.strategies.iam: end
    }

    static Revocation giveAPermissionSet(
            RuntimeConnector connector,
            Map<String, String> settings,
            String permissionSetArn,
            String accountId,
            Instant now) {
        // dev.connector.strategies.sso: begin
        try (PermissionSetStrategy strategy = PermissionSetStrategy.builder()
                .connector(connector)
                .settings(settings)
                .allowedPermissionSets(PermissionSetPattern.of(permissionSetArn, "*"))
                .build()) {
            Grant grant = strategy.escalate(AccessRequest.builder(
                            Requester.of("ada@example.com"), PermissionSetTarget.of(permissionSetArn, accountId))
                    .requestedAt(now)
                    .duration(Duration.ofHours(1))
                    .build());
            // Store grant.toJson(); at grant.endsAt():
            return strategy.deescalate(grant);
        }
        // dev.connector.strategies.sso: end
    }

    static void simulate() {
        // dev.connector.testing: begin
        SimulatedAws aws = SimulatedAws.create();
        SimulatedClock clock = aws.clock();
        try (RuntimeConnector connector = RuntimeConnector.builder()
                .settings(aws.runtimeConnector("main"))
                .environment("main")
                .sourceCredentials(aws.serviceCredentials())
                .httpClient(aws.httpClient())
                .clock(ConnectorClock.of(clock, clock::nanos, clock::sleep, clock::await))
                .build()) {
            aws.fault("AssumeRole", 1, Fault.CONNECTION_RESET_AFTER);
            connector.credentialsProvider().resolveCredentials();
            assertThat(aws.calls("AssumeRole")).hasSize(2); // the second attempt was answered
        }
        // dev.connector.testing: end
    }

    static void putThroughTheKit() {
        // dev.connector.testkit: begin
        // MyWorld implements StrategyWorld: a simulated account with people, targets and your strategy.
        Report report = StrategyTestKit.of(MyWorld::create).run();
        System.out.println(report);
        // dev.connector.testkit: end
    }
}
