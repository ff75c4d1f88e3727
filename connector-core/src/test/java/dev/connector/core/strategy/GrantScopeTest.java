package dev.connector.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrantScopeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "11112222333",
                "1111222233334",
                "11112222333a",
                " 111122223333",
                "111122223333\n",
                "١١١١٢٢٢٢٣٣٣٣"
            })
    void of_whenAccountIsNot12Digits_isRefusedInOneLine(String account) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GrantScope.of("aws", account))
                .withMessageStartingWith("The account id of the scope must have 12 digits, but is \"")
                .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "aws\n"})
    void of_whenPartitionIsImproper_isRefused(String partition) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GrantScope.of(partition, "111122223333"))
                .withMessageStartingWith("The partition of the scope must");
    }

    @Test
    void build_whenPartIsTooLong_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GrantScope.builder("aws", "111122223333")
                        .instanceArn("x".repeat(1_025))
                        .build())
                .withMessageStartingWith("The instance ARN of the scope must have at most 1024 characters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GrantScope.builder("aws", "111122223333")
                        .identityStoreId("x".repeat(1_025))
                        .build())
                .withMessageStartingWith("The identity store of the scope must have at most 1024 characters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GrantScope.builder("aws", "111122223333")
                        .roleArn("x".repeat(1_025))
                        .build())
                .withMessageStartingWith("The role ARN of the scope must have at most 1024 characters");
    }

    @Test
    void equals_whenAnyPartDiffers_isFalse() {
        assertThat(Samples.fullScope()).isEqualTo(Samples.fullScope()).isNotEqualTo(Samples.scope());
        assertThat(Samples.scope()).isNotEqualTo(GrantScope.of("aws-cn", "111122223333"));
        assertThat(Samples.scope()).isNotEqualTo(Samples.otherScope());
    }

    @Test
    void toString_whenPartsAreForged_isOneLine() {
        assertThat(Samples.scope()).hasToString("GrantScope{partition=aws, accountId=111122223333}");
        assertThat(Samples.fullScope())
                .hasToString("GrantScope{partition=aws, accountId=111122223333,"
                        + " instanceArn=arn:aws:sso:::instance/ssoins-1111111111111111, identityStoreId=d-1111111111,"
                        + " roleArn=arn:aws:iam::111122223333:role/sym/SymDoorMain}");
        assertThat(GrantScope.builder("aws", "111122223333")
                        .instanceArn(Samples.FORGERY)
                        .build()
                        .toString())
                .satisfies(OneLine::check);
    }
}
