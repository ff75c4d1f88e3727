package dev.connector.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.StsException;

/** The whole way, from the service's key over the runtime role to the IAM connector's role and the group. */
class ConnectorPathTest {

    private final SimulatedAws aws = SimulatedAws.create();
    private final Map<String, String> runtime = aws.runtimeConnector("main");
    private final Map<String, String> connector = aws.iamConnector("main");

    @BeforeEach
    void makeEntities() {
        aws.iam().createUser("ada");
        aws.iam().createGroup("/sym/", "OnCall");
        aws.iam().createGroup("/", "Admins");
    }

    @Test
    void settings_ofBothModules_areWhatTerraformPutsOut() {
        assertThat(runtime)
                .containsOnlyKeys("cloud", "region", "role_arn", "external_id", "account_id")
                .containsEntry("cloud", "aws")
                .containsEntry("region", "us-east-1")
                .containsEntry("role_arn", "arn:aws:iam::111122223333:role/sym/SymRuntimeMain")
                .containsEntry("account_id", "111122223333");
        assertThat(connector)
                .containsOnlyKeys("cloud", "region", "role_arn", "account_id")
                .containsEntry("role_arn", "arn:aws:iam::111122223333:role/sym/SymIAMMain");
    }

    @Test
    void addUserToGroup_overBothHops_takesEffectAndIsRecorded() {
        connectorIam().addUserToGroup(request -> request.userName("ada").groupName("OnCall"));

        assertThat(aws.iam().members("OnCall")).containsExactly("ada");
        assertThat(aws.calls("iam:AddUserToGroup")).singleElement().satisfies(call -> {
            assertThat(call.caller()).isEqualTo("arn:aws:sts::111122223333:assumed-role/SymIAMMain/test-session");
            assertThat(call.callerRole()).contains(connector.get("role_arn"));
            assertThat(call.callerAccount()).contains("111122223333");
            assertThat(call.resources()).containsExactly("arn:aws:iam::111122223333:group/sym/OnCall");
            assertThat(call.parameters()).containsEntry("UserName", "ada").containsEntry("GroupName", "OnCall");
            assertThat(call.decision()).isEqualTo(Decision.ALLOWED);
            assertThat(call.errorCode()).isEmpty();
        });
    }

    @Test
    @AwsFact({40, 41})
    void connectorRole_outsideOfWhatTheModuleAllows_isDenied() {
        IamClient iam = connectorIam();

        assertThatThrownBy(() ->
                        iam.addUserToGroup(request -> request.userName("ada").groupName("Admins")))
                .isInstanceOfSatisfying(IamException.class, e -> {
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
                    assertThat(e.statusCode()).isEqualTo(403);
                    assertThat(e.awsErrorDetails().errorMessage())
                            .isEqualTo("User: arn:aws:sts::111122223333:assumed-role/SymIAMMain/test-session is not"
                                    + " authorized to perform: iam:AddUserToGroup on resource: group Admins because no"
                                    + " identity-based policy allows the iam:AddUserToGroup action");
                });
        assertThatThrownBy(() -> iam.getGroup(request -> request.groupName("OnCall")))
                .hasMessageContaining("iam:GetGroup");
        assertThatThrownBy(() -> iam.listGroupsForUser(request -> request.userName("ada")))
                .hasMessageContaining("iam:ListGroupsForUser");
        assertThat(iam.getUser(request -> request.userName("ada")).user().userName())
                .isEqualTo("ada");
    }

    @Test
    void runtimeRole_withoutTheRightExternalId_isNotToBeAssumed() {
        StsClient sts = Samples.sts(aws);
        String role = Samples.role(runtime);

        assertThatThrownBy(() -> sts.assumeRole(Samples.assumeRole(role).build()))
                .isInstanceOfSatisfying(StsException.class, e -> {
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
                    assertThat(e.statusCode()).isEqualTo(403);
                    assertThat(e.awsErrorDetails().errorMessage())
                            .isEqualTo("User: arn:aws:iam::111122223333:user/service is not authorized to perform:"
                                    + " sts:AssumeRole on resource: " + role);
                });
        assertThatThrownBy(() -> sts.assumeRole(
                        Samples.assumeRole(role).externalId("guessed").build()))
                .hasMessageContaining("not authorized to perform: sts:AssumeRole");
        assertThat(aws.calls("AssumeRole"))
                .extracting(RecordedCall::decision)
                .containsExactly(Decision.DENIED, Decision.DENIED);
    }

    private IamClient connectorIam() {
        AwsCredentialsProvider hop1 = Samples.assumeRuntime(aws, runtime);
        AwsCredentialsProvider hop2 = Samples.assume(
                Samples.sts(aws, hop1),
                Samples.assumeRole(Samples.role(connector)).build());
        return Samples.iam(aws, hop2);
    }
}
