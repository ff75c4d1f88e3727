package dev.connector.examples.outside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the AWS CLI makes of the simulated account, with its own signatures, wire formats and reading of errors. */
class AwsCliTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Served served = new Served();
    private Map<String, String> service = Map.of();

    @BeforeAll
    static void isThere() {
        Program.require("the AWS CLI", "aws", "--version");
    }

    @BeforeEach
    void setUp() {
        service = served.environment();
    }

    @AfterEach
    void tearDown() {
        served.close();
    }

    @Test
    void cli_withTheRightExternalId_worksWithWhatItGets() throws Exception {
        Map<String, String> runtime =
                assume(service, served.runtime.get("role_arn"), "--external-id", served.runtime.get("external_id"));
        Map<String, String> strategy = assume(runtime, served.iam.get("role_arn"));

        assertThat(ok(strategy, "sts", "get-caller-identity").path("Arn").textValue())
                .isEqualTo("arn:aws:sts::111122223333:assumed-role/SymIAMMain/cli");
        ok(strategy, "iam", "add-user-to-group", "--user-name", "ada", "--group-name", "OnCall");
        assertThat(served.aws.iam().members("OnCall")).containsExactly("ada");

        assertThat(run(strategy, "iam", "add-user-to-group", "--user-name", "ada", "--group-name", "Admins"))
                .satisfies(refused("AccessDenied", "AddUserToGroup"));
        assertThat(run(strategy, "iam", "get-user", "--user-name", "nobody"))
                .satisfies(refused("NoSuchEntity", "GetUser"));
        assertThat(served.aws.iam().members("Admins")).isEmpty();
    }

    @Test
    void cli_withAnotherExternalId_isDenied() throws Exception {
        assertThat(run(service, assumption(served.runtime.get("role_arn"), "--external-id", "a-guess")))
                .satisfies(refused("AccessDenied", "AssumeRole"));
        assertThat(run(service, assumption(served.iam.get("role_arn"))))
                .satisfies(refused("AccessDenied", "AssumeRole"));
    }

    @Test
    void cli_onIdentityCenter_readsAndChangesAndKnowsItsErrors() throws Exception {
        Map<String, String> runtime =
                assume(service, served.runtime.get("role_arn"), "--external-id", served.runtime.get("external_id"));
        Map<String, String> strategy = assume(runtime, served.sso.get("role_arn"));
        String store = served.sso.get("identity_store_id");

        String ada = ok(strategy, "identitystore", "list-users", "--identity-store-id", store)
                .path("Users")
                .path(0)
                .path("UserId")
                .textValue();
        JsonNode status = ok(
                        strategy,
                        "sso-admin",
                        "create-account-assignment",
                        "--instance-arn",
                        served.sso.get("instance_arn"),
                        "--permission-set-arn",
                        served.permissionSet,
                        "--target-type",
                        "AWS_ACCOUNT",
                        "--target-id",
                        Served.WORKLOAD,
                        "--principal-type",
                        "USER",
                        "--principal-id",
                        ada)
                .path("AccountAssignmentCreationStatus");
        assertThat(status.path("PrincipalId").textValue()).isEqualTo(ada);
        assertThat(status.path("CreatedDate").isMissingNode()).isFalse();
        assertThat(served.aws.identityCenter().assignedUsers(served.permissionSet, Served.WORKLOAD))
                .hasSize(1);

        assertThat(run(
                        strategy,
                        "identitystore",
                        "describe-user",
                        "--identity-store-id",
                        store,
                        "--user-id",
                        "00000000-0000-0000-0000-000000000000"))
                .satisfies(refused("ResourceNotFoundException", "DescribeUser"));
    }

    private Map<String, String> assume(Map<String, String> as, String role, String... more) throws Exception {
        JsonNode credentials = ok(as, assumption(role, more)).path("Credentials");
        Map<String, String> session = new HashMap<>(as);
        session.put("AWS_ACCESS_KEY_ID", credentials.path("AccessKeyId").textValue());
        session.put("AWS_SECRET_ACCESS_KEY", credentials.path("SecretAccessKey").textValue());
        session.put("AWS_SESSION_TOKEN", credentials.path("SessionToken").textValue());
        return session;
    }

    private static String[] assumption(String role, String... more) {
        return Stream.concat(
                        Stream.of("sts", "assume-role", "--role-arn", role, "--role-session-name", "cli"),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private static JsonNode ok(Map<String, String> as, String... arguments) throws Exception {
        Program.Ended ended = run(as, arguments);
        assertThat(ended.exitCode())
                .as("%s: %s", List.of(arguments), ended.err())
                .isZero();
        return read(ended.out());
    }

    private static JsonNode read(String json) throws IOException {
        return json.isBlank() ? JSON.createObjectNode() : JSON.readTree(json);
    }

    private static Program.Ended run(Map<String, String> as, String... arguments) throws Exception {
        return Program.of("aws", "--output", "json").environment(as).run(arguments);
    }

    /** An error of the service that the CLI has read as such: its exit code is then another than for errors of its own. */
    private static Consumer<Program.Ended> refused(String code, String operation) {
        return ended -> assertThat(ended.err())
                .as("exit code %s", ended.exitCode())
                .contains("An error occurred (" + code + ") when calling the " + operation + " operation");
    }
}
