package dev.connector.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleArnTest {

    @Test
    void parse_whenRoleHasPath_takesItApart() {
        RoleArn arn = RoleArn.parse("arn:aws-us-gov:iam::111122223333:role/sym/deep/Sym+=,.@_-Role");

        assertThat(arn.partition()).isEqualTo("aws-us-gov");
        assertThat(arn.accountId()).isEqualTo("111122223333");
        assertThat(arn.path()).isEqualTo("/sym/deep/");
        assertThat(arn.name()).isEqualTo("Sym+=,.@_-Role");
        assertThat(arn).hasToString("arn:aws-us-gov:iam::111122223333:role/sym/deep/Sym+=,.@_-Role");
    }

    @Test
    void parse_whenRoleHasNoPath_hasRootPath() {
        RoleArn arn = RoleArn.parse("arn:aws:iam::111122223333:role/Admin");

        assertThat(arn.path()).isEqualTo("/");
        assertThat(arn.name()).isEqualTo("Admin");
        assertThat(arn).hasToString("arn:aws:iam::111122223333:role/Admin");
    }

    @Test
    void equals_whenSameArn_isSameValue() {
        assertThat(RoleArn.parse(Samples.IAM_ROLE))
                .isEqualTo(RoleArn.parse(Samples.IAM_ROLE))
                .hasSameHashCodeAs(RoleArn.parse(Samples.IAM_ROLE))
                .isNotEqualTo(RoleArn.parse(Samples.RUNTIME_ROLE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "\"\"|six fields",
                "arn:aws:iam:111122223333:role/sym/A|six fields",
                "arn:aws:iam::111122223333:role/sym/A:b|six fields",
                "Arn:aws:iam::111122223333:role/sym/A|begin with 'arn:'",
                "arn:azure:iam::111122223333:role/sym/A|partition",
                "arn::iam::111122223333:role/sym/A|partition",
                "arn:aws-:iam::111122223333:role/sym/A|partition",
                "arn:aws:sts::111122223333:role/sym/A|service",
                "arn:aws:iam:us-east-1:111122223333:role/sym/A|Region must be empty",
                "arn:aws:iam::11112222333:role/sym/A|12 digits",
                "arn:aws:iam::11112222333x:role/sym/A|12 digits",
                "arn:aws:iam::*:role/sym/A|12 digits",
                "arn:aws:iam::111122223333:user/sym/A|begin with 'role/'",
                "arn:aws:iam::111122223333:assumed-role/A/b|begin with 'role/'",
                "arn:aws:iam::111122223333:role/sym/*|wildcard",
                "arn:aws:iam::111122223333:role/s?m/A|wildcard",
                "arn:aws:iam::111122223333:role//A|path",
                "arn:aws:iam::111122223333:role/s m/A|path",
                "arn:aws:iam::111122223333:role/sym/|name",
                "arn:aws:iam::111122223333:role/sym/A B|name",
                "\"arn:aws:iam::111122223333:role/sym/A \"|name",
            })
    void parse_whenPartIsWrong_namesThePart(String text, String part) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoleArn.parse(text))
                .withMessageContaining("is not the ARN of an IAM role")
                .withMessageContaining(part);
    }

    @Test
    void parse_whenNameOrPathIsTooLong_refuses() {
        String prefix = "arn:aws:iam::111122223333:role/";

        assertThat(RoleArn.parse(prefix + "a".repeat(510) + "/" + "n".repeat(64))
                        .name())
                .hasSize(64);
        assertThatIllegalArgumentException().isThrownBy(() -> RoleArn.parse(prefix + "a".repeat(511) + "/n"));
        assertThatIllegalArgumentException().isThrownBy(() -> RoleArn.parse(prefix + "n".repeat(65)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                "arn:%s:iam::1:role/A",
                "arn:aws:%s::1:role/A",
                "arn:aws:iam::%s:role/A",
                "arn:aws:iam::111122223333:role/%s/"
            })
    void parse_whenAPartIsVeryLong_quotesNoMoreThanItsBeginning(String form) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoleArn.parse(String.format(form, "x".repeat(100_000))))
                .satisfies(refused ->
                        assertThat(refused.getMessage()).contains("xxx…").hasSizeLessThan(600));
    }

    @Test
    void parse_whenTextHoldsControlCharacters_printsThemEscaped() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoleArn.parse("arn:aws:iam::111122223333:role/sym/A\nINFO granted"))
                .withMessageContaining("A\\u000aINFO");
    }
}
