package dev.connector.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.connector.core.RoleArn;
import java.util.Set;

/** An accepted ARN names one role of one account, and prints as it was written. */
class RoleArnFuzzTest {

    @FuzzTest
    void parse_ofAnyText_acceptsOnlyTheArnOfOneRole(byte[] input) {
        String text = Hostile.text(input);
        Hostile.read(Set.of(IllegalArgumentException.class), () -> RoleArn.parse(text))
                .ifPresent(arn -> {
                    assertThat(arn).hasToString(text).isEqualTo(RoleArn.parse(arn.toString()));
                    assertThat(text.split(":", -1)).hasSize(6);
                    assertThat(text).doesNotContainAnyWhitespaces().doesNotContain("*", "?");
                    assertThat(arn.partition()).startsWith("aws");
                    assertThat(arn.accountId()).containsOnlyDigits().hasSize(12).isASCII();
                    assertThat(arn.path()).startsWith("/").endsWith("/").isASCII();
                    assertThat(arn.name())
                            .doesNotContain("/")
                            .hasSizeBetween(1, 64)
                            .isASCII();
                });
    }
}
