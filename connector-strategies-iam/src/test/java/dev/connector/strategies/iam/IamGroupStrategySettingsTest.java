package dev.connector.strategies.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import dev.connector.core.InvalidSettingsException;
import dev.connector.core.SessionScope;
import dev.connector.core.strategy.GrantScope;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.iam.IamClient;

class IamGroupStrategySettingsTest {

    private static final IamGroupPattern ALLOWED = IamGroupPattern.of("/sym/", "*");

    private final IamClient client = mock(IamClient.class);

    @Test
    void build_whenNothingIsSet_namesAllThatIsMissing() {
        InvalidSettingsException invalid = invalid(IamGroupStrategy.builder());

        assertThat(invalid.problems())
                .anySatisfy(problem -> assertThat(problem).startsWith("connector:"))
                .anySatisfy(problem -> assertThat(problem).startsWith("account_id:"))
                .anySatisfy(problem -> assertThat(problem).startsWith("allowedGroups:"));
    }

    @Test
    void build_whenEverythingIsWrong_namesAllOfIt() {
        InvalidSettingsException invalid = invalid(IamGroupStrategy.builder()
                .settings(Map.of("cloud", "gcp", "role_arn", "arn:aws:iam::1:user/x", "account_id", "12"))
                .settleTime(Duration.ofSeconds(-1)));

        assertThat(invalid.problems())
                .hasSize(7)
                .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                .contains("cloud", "role_arn", "connector", "account_id", "allowedGroups", "settleTime");
    }

    @Test
    void build_whenAConnectorHasNoRole_saysSo() {
        try (Account account = Account.withReads()) {
            InvalidSettingsException invalid = invalid(
                    IamGroupStrategy.builder().connector(account.connector).allowedGroups(ALLOWED));

            assertThat(invalid.problems()).singleElement().asString().startsWith("role_arn: is missing");
        }
    }

    @Test
    void build_whenRoleAccountAndPartitionContradict_saysSo() {
        try (Account account = Account.withReads()) {
            InvalidSettingsException invalid =
                    invalid(account.strategy().accountId("999988887777").partition("aws-cn"));

            assertThat(invalid.problems())
                    .anySatisfy(problem -> assertThat(problem).startsWith("account_id: is 999988887777"))
                    .anySatisfy(problem -> assertThat(problem).startsWith("partition: is aws-cn"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:iam::999988887777:role/sym/SymIAMMain",
                "arn:aws:iam::111122223333:role/elsewhere/SymIAMMain",
                "arn:aws-cn:iam::111122223333:role/sym/SymIAMMain"
            })
    void build_whenTheConnectorMayNotAssumeTheRole_saysSoBeforeAnyCall(String roleArn) {
        try (Account account = Account.withReads()) {
            InvalidSettingsException invalid = invalid(IamGroupStrategy.builder()
                    .connector(account.connector)
                    .roleArn(roleArn)
                    .allowedGroups(ALLOWED));

            assertThat(invalid.problems()).singleElement().asString().contains(roleArn);
            assertThat(account.aws.calls()).isEmpty();
        }
    }

    @Test
    void build_whenPartsAreSetThatNothingUses_saysSo() {
        InvalidSettingsException invalid = invalid(IamGroupStrategy.builder()
                .iamClient(client)
                .accountId("111122223333")
                .partition("foo")
                .externalId("an-external-id")
                .allowedGroups(ALLOWED));

        assertThat(invalid.problems())
                .hasSize(2)
                .anySatisfy(problem -> assertThat(problem).startsWith("externalId:"))
                .anySatisfy(problem -> assertThat(problem).startsWith("partition:"));
        assertThat(invalid).hasMessageNotContaining("an-external-id");
    }

    @Test
    void build_whenTheListIsTooLongForTheScopeThatIsAskedFor_saysSo() {
        try (Account account = Account.withReads()) {
            IamGroupStrategy.Builder builder = account.strategy().sessionScope(SessionScope.STRATEGY);
            for (int i = 0; i < 80; i++) {
                builder.allowedGroups(IamGroupPattern.of("/sym/", "A-group-with-a-rather-long-name-" + i));
            }
            assertThatIllegalArgumentException().isThrownBy(builder::build).withMessageContaining("2048");
        }
    }

    @Test
    void scope_whenThereIsARole_namesIt() {
        try (Account account = Account.withReads();
                IamGroupStrategy strategy = account.strategy().build()) {
            assertThat(strategy.scope().roleArn()).contains(account.iamSettings.get("role_arn"));
            assertThat(strategy.scope().accountId()).isEqualTo("111122223333");
            assertThat(strategy.targetType()).isEqualTo(IamGroupTarget.TYPE);
        }
    }

    @Test
    void scope_whenOnlyAClientIsGiven_isTheAccount() {
        IamGroupStrategy strategy = IamGroupStrategy.builder()
                .iamClient(client)
                .accountId("111122223333")
                .partition("aws-us-gov")
                .revocableGroups(ALLOWED)
                .build();

        assertThat(strategy.scope()).isEqualTo(GrantScope.of("aws-us-gov", "111122223333"));
        strategy.close();
        verify(client, never()).close();
    }

    private static InvalidSettingsException invalid(IamGroupStrategy.Builder builder) {
        return Objects.requireNonNull(catchThrowableOfType(InvalidSettingsException.class, builder::build));
    }
}
