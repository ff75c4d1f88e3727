package dev.connector.strategies.sso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.connector.core.strategy.TargetSnapshot;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermissionSetTargetTest {

    private static final String ADMIN = "arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-fedcba9876543210";
    private static final String ACCOUNT = "111122223333";

    @Test
    void settings_ofATarget_areThoseOfThePublishedType() {
        PermissionSetTarget target = PermissionSetTarget.of(ADMIN, ACCOUNT);

        assertThat(target.type()).isEqualTo("aws_sso_permission_set");
        assertThat(target.settings()).isEqualTo(Map.of("permission_set_arn", ADMIN, "account_id", ACCOUNT));
        assertThat(target.name()).isEqualTo("ps-fedcba9876543210-111122223333");
        assertThat(target).hasToString(ADMIN + " in " + ACCOUNT);
    }

    @Test
    void read_ofASnapshot_isTheSameTarget() {
        PermissionSetTarget target = PermissionSetTarget.builder(ADMIN, ACCOUNT)
                .name("admin")
                .label("Administrators")
                .build();

        assertThat(PermissionSetTarget.TYPE.read(TargetSnapshot.of(target))).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ps-fedcba9876543210",
                "arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-fedcba98765432100",
                "arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-fedcba987654321*",
                "arn:aws:sso:us-east-1:111122223333:permissionSet/ssoins-0123456789abcdef/ps-fedcba9876543210",
                "arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-fedcba9876543210\n"
            })
    void of_whenItIsNoPermissionSet_isRefused(String arn) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PermissionSetTarget.of(arn, ACCOUNT))
                .withMessageContaining("looks like");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "11112222333", "1111222233334", "11112222333x", "١١١١٢٢٢٢٣٣٣٣"})
    void of_whenItIsNoAccount_isRefused(String account) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PermissionSetTarget.of(ADMIN, account))
                .withMessageContaining("12 digits");
    }
}
