package dev.connector.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.connector.core.PolicyDocument.Statement;
import dev.connector.testing.AwsFact;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorRoleTest {

    @Test
    void of_whenNothingElseIsSaid_hasTheDefaults() {
        ConnectorRole role = ConnectorRole.of(Samples.IAM_ROLE);

        assertThat(role.roleArn()).isEqualTo(RoleArn.parse(Samples.IAM_ROLE));
        assertThat(role.externalId()).isEmpty();
        assertThat(role.sessionPolicy()).isEmpty();
        assertThat(role.sessionName()).isEmpty();
        assertThat(role.sessionDuration()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void equals_whenSameParts_isSameValue() {
        assertThat(full("a")).isEqualTo(full("a")).hasSameHashCodeAs(full("a")).isNotEqualTo(full("b"));
    }

    @Test
    void toString_whenExternalIdIsSet_doesNotPrintIt() {
        ConnectorRole role = ConnectorRole.builder(Samples.IAM_ROLE)
                .externalId(Samples.EXTERNAL_ID)
                .build();

        assertThat(role.toString()).contains(Samples.IAM_ROLE).contains("***").doesNotContain(Samples.EXTERNAL_ID);
    }

    @Test
    void of_whenArnIsWrong_refuses() {
        assertThatIllegalArgumentException().isThrownBy(() -> ConnectorRole.of("SymIAMMain"));
    }

    @AwsFact({1, 2})
    @ParameterizedTest
    @ValueSource(strings = {"PT14M59S", "PT1H1S", "PT15M0.5S", "PT-1H"})
    void build_whenDurationIsNotOneOfAChainedSession_refuses(Duration duration) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectorRole.builder(Samples.IAM_ROLE)
                        .sessionDuration(duration)
                        .build())
                .withMessageContaining("sessionDuration")
                .withMessageContaining("after an hour");
    }

    @Test
    void build_whenDurationIsShortest_takesIt() {
        assertThat(ConnectorRole.builder(Samples.IAM_ROLE)
                        .sessionDuration(Duration.ofMinutes(15))
                        .build()
                        .sessionDuration())
                .isEqualTo(Duration.ofMinutes(15));
    }

    @AwsFact(2)
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "ada lovelace",
                "ada/x",
                "ada:x",
                "adä",
                "",
                "0123456789012345678901234567890123456789012345678901234567890123x"
            })
    void build_whenSessionNameIsNotOfTheAlphabet_refuses(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectorRole.builder(Samples.IAM_ROLE)
                        .sessionName(name)
                        .build())
                .withMessageContaining("sessionName");
    }

    @AwsFact(2)
    @Test
    void build_whenExternalIdIsNotOfTheAlphabet_refusesWithoutPrintingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectorRole.builder(Samples.IAM_ROLE)
                        .externalId("very secret")
                        .build())
                .withMessageContaining("externalId")
                .withMessageNotContaining("very secret");
    }

    @AwsFact(67)
    @Test
    void build_whenPolicyIsLongerThanAwsTakes_refuses() {
        assertThat(policyOf(ConnectorRole.MAX_SESSION_POLICY_LENGTH).toJson()).hasSize(2_048);
        assertThat(withPolicy(policyOf(2_048)).sessionPolicy()).isPresent();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withPolicy(policyOf(2_049)))
                .withMessageContaining("2048")
                .withMessageContaining("2049");
    }

    @Test
    void build_whenPolicyHoldsCharactersThatAwsDoesNotTake_refuses() {
        PolicyDocument policy =
                PolicyDocument.of(Statement.allow(List.of("iam:GetUser"), List.of("arn:aws:iam::1:user/日")));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> withPolicy(policy))
                .withMessageContaining("Latin-1");
    }

    private static ConnectorRole withPolicy(PolicyDocument policy) {
        return ConnectorRole.builder(Samples.IAM_ROLE).sessionPolicy(policy).build();
    }

    private static PolicyDocument policyOf(int length) {
        int rest = PolicyDocument.of(Statement.allow(List.of("iam:GetUser"), List.of("")))
                .toJson()
                .length();
        return PolicyDocument.of(Statement.allow(List.of("iam:GetUser"), List.of("x".repeat(length - rest))));
    }

    private static ConnectorRole full(String externalIdEnd) {
        return ConnectorRole.builder(Samples.IAM_ROLE)
                .externalId("id" + externalIdEnd)
                .sessionName("name")
                .sessionDuration(Duration.ofMinutes(15))
                .sessionPolicy(PolicyDocument.of(Statement.allow(List.of("iam:GetUser"), List.of("*"))))
                .build();
    }
}
