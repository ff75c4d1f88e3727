package dev.connector.examples.outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What boto3 makes of the simulated account: the script prints what it got, and which exceptions it could catch by their types. */
class Boto3Test {

    private static final String SCRIPT = "src/test/resources/dev/connector/examples/outside/second_opinion.py";

    private final Served served = new Served();

    @BeforeAll
    static void isThere() {
        Program.require("boto3", "python3", "-c", "import boto3");
    }

    @AfterEach
    void tearDown() {
        served.close();
    }

    @Test
    void boto3_fromAssumingTheRoleToItsTypedErrors_findsWhatAwsWouldHaveThere() throws Exception {
        Program.Ended ended = Program.of(
                        "python3", Path.of(SCRIPT).toAbsolutePath().toString())
                .environment(served.environment())
                .environment(Map.of(
                        "RUNTIME_ROLE", served.runtime.get("role_arn"),
                        "EXTERNAL_ID", served.runtime.get("external_id"),
                        "IAM_ROLE", served.iam.get("role_arn"),
                        "SSO_ROLE", served.sso.get("role_arn"),
                        "INSTANCE", served.sso.get("instance_arn"),
                        "STORE", served.sso.get("identity_store_id"),
                        "PERMISSION_SET", served.permissionSet,
                        "WORKLOAD", Served.WORKLOAD))
                .run();

        assertThat(ended.err()).isEmpty();
        assertThat(ended.out().lines())
                .containsExactly(
                        "wrong external id: AccessDenied",
                        "without external id: AccessDenied",
                        "runtime session: arn:aws:sts::111122223333:assumed-role/SymRuntimeMain/boto3",
                        "expiration is a time with a zone: True",
                        "runtime role on iam: AccessDenied",
                        "iam session: arn:aws:sts::111122223333:assumed-role/SymIAMMain/boto3",
                        "user: ada /",
                        "create date is a time with a zone: True",
                        "added: 200",
                        "added again: 200",
                        "group that is not listed: AccessDenied",
                        "user that is not there: NoSuchEntityException",
                        "too long a name: ValidationError",
                        "user id: found",
                        "user id that is not there: ResourceNotFoundException USER",
                        "instances: 1",
                        "assignment: in time SUCCEEDED",
                        "assignments: 1",
                        "permission set that is not there: ResourceNotFoundException",
                        "account that is none: ValidationException");
        assertThat(served.aws.iam().members("OnCall")).containsExactly("ada");
        assertThat(served.aws.identityCenter().assignedUsers(served.permissionSet, Served.WORKLOAD))
                .hasSize(1);
    }
}
