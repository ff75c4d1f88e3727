package dev.connector.examples.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.core.RuntimeConnector;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.Prior;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.Revocation;
import dev.connector.strategies.iam.IamGroupPattern;
import dev.connector.strategies.iam.IamGroupStrategy;
import dev.connector.strategies.iam.IamGroupTarget;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.CreateGroupRequest;
import software.amazon.awssdk.services.iam.model.CreateRoleRequest;
import software.amazon.awssdk.services.iam.model.CreateUserRequest;
import software.amazon.awssdk.services.iam.model.GetGroupRequest;

/**
 * The library as it is, over HTTP, against an emulator that knows nothing of it. Moto has AWS STS and IAM's groups; of Identity Center it lacks the operations
 * that tell what became of a change ({@code ListAccountAssignmentCreationStatus}, {@code GetGroupMembershipId}), without which the library does not claim to know.
 */
class MotoTest {

    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:[0-9]+");
    private static final String TRUST = """
            {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "*"}}}
            """;

    private @Nullable Process moto;
    private Map<String, String> properties = Map.of();

    @BeforeAll
    static void isThere() {
        Program.require("moto_server", "moto_server", "--help");
    }

    /** The library's clients find the emulator where they would find another endpoint: in the system properties. */
    @BeforeEach
    @Timeout(60)
    void setUp() throws IOException {
        moto = Program.of("moto_server", "-H", "127.0.0.1", "-p", "0").start();
        properties = Map.of(
                "aws.endpointUrl", address(moto),
                "aws.accessKeyId", "service",
                "aws.secretAccessKey", "secret");
        properties.forEach(System::setProperty);
    }

    @AfterEach
    void tearDown() {
        properties.keySet().forEach(System::clearProperty);
        if (moto != null) {
            moto.descendants().forEach(ProcessHandle::destroyForcibly);
            moto.destroyForcibly();
        }
    }

    @Test
    void escalateAndDeescalate_againstMoto_giveAndTakeAway() {
        try (IamClient account = IamClient.builder().region(Region.US_EAST_1).build()) {
            String runtimeRole = role(account, "SymRuntimeMain");
            String strategyRole = role(account, "SymIAMMain");
            account.createUser(CreateUserRequest.builder().userName("ada").build());
            account.createGroup(CreateGroupRequest.builder()
                    .path("/sym/")
                    .groupName("OnCall")
                    .build());

            try (RuntimeConnector connector = RuntimeConnector.builder()
                            .roleArn(runtimeRole)
                            .externalId("an-external-id")
                            .environment("main")
                            .region(Region.US_EAST_1)
                            .allowEndpoint("127.0.0.1")
                            .build();
                    IamGroupStrategy strategy = IamGroupStrategy.builder()
                            .connector(connector)
                            .roleArn(strategyRole)
                            .allowedGroups(IamGroupPattern.of("/sym/", "OnCall"))
                            .build()) {
                Grant grant = strategy.escalate(
                        AccessRequest.builder(Requester.of("ada"), IamGroupTarget.of("/sym/", "OnCall"))
                                .reason("INC-42")
                                .duration(Duration.ofHours(1))
                                .build());
                assertThat(grant.prior()).isEqualTo(Prior.ABSENT);
                assertThat(grant.confirmed()).isTrue();
                assertThat(isMember(account)).isTrue();

                Revocation end = strategy.deescalate(Grant.fromJson(grant.toJson()));
                assertThat(end.result()).isEqualTo(Revocation.Result.REVOKED);
                assertThat(end.confirmed()).isTrue();
                assertThat(isMember(account)).isFalse();
            }
        }
    }

    private static String role(IamClient account, String name) {
        return account.createRole(CreateRoleRequest.builder()
                        .path("/sym/")
                        .roleName(name)
                        .assumeRolePolicyDocument(TRUST)
                        .build())
                .role()
                .arn();
    }

    private static boolean isMember(IamClient account) {
        return account.getGroup(GetGroupRequest.builder().groupName("OnCall").build()).users().stream()
                .anyMatch(user -> user.userName().equals("ada"));
    }

    /** Where it listens, as it says itself once it does. */
    private static String address(Process moto) throws IOException {
        BufferedReader printed =
                new BufferedReader(new InputStreamReader(moto.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder all = new StringBuilder();
        for (String line = printed.readLine(); line != null; line = printed.readLine()) {
            all.append(line).append('\n');
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                return address.group();
            }
        }
        throw new AssertionError("moto_server does not say where it listens: " + all);
    }
}
