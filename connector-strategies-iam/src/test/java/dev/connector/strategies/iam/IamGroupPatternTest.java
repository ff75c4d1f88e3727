package dev.connector.strategies.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.connector.testing.AwsFact;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IamGroupPatternTest {

    @ParameterizedTest
    @CsvSource({
        "/sym/, OnCall, /sym/, OnCall, true",
        "/sym/, *, /sym/, OnCall, true",
        "/sym/, On*, /sym/, OnCall, true",
        "/sym/, *Call, /sym/, OnCall, true",
        "/sym/, On*, /sym/, Off, false",
        "/sym/, OnCall, /sym/, oncall, false",
        "/sym/, *, /sym/deeper/, OnCall, false",
        "/sym/*/, *, /sym/deeper/, OnCall, true",
        "/sym/*/, *, /sym/deeper/still/, OnCall, true",
        "/sym/, *, /symmetry/, OnCall, false",
        "/sym/, *, /, OnCall, false",
        "/, *, /, OnCall, true",
        "/s.m/, *, /sym/, OnCall, false",
        "/sym/, On.all, /sym/, OnCall, false",
    })
    void matches_pathAndNameEachForItself(
            String path, String name, String groupPath, String groupName, boolean expected) {
        assertThat(IamGroupPattern.of(path, name).matches(IamGroupTarget.of(groupPath, groupName)))
                .isEqualTo(expected);
    }

    /** A backtracking matcher would not come to an end. */
    @Test
    void matches_whenThereAreVeryManyStars_isSoonDecided() {
        IamGroupPattern pattern = IamGroupPattern.of("/" + "*a".repeat(200) + "*b/", "*");

        assertThat(pattern.matches(IamGroupTarget.of("/" + "a".repeat(500) + "/", "x")))
                .isFalse();
        assertThat(pattern.matches(IamGroupTarget.of("/" + "a".repeat(500) + "b/", "x")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "a*a, a, false",
        "a*a, aa, true",
        "*ab*, xaab, true",
        "*ab*ab, abab, true",
        "*ab*ab, xab, false",
        "a**b, ab, true",
        "*, x, true",
        "*a*b*c*, xaxbxcx, true",
        "*a*b*c*, xaxcxbx, false"
    })
    void matches_whenPartsCouldOverlap_takesEachOnce(String name, String groupName, boolean expected) {
        assertThat(IamGroupPattern.of("/", name).matches(IamGroupTarget.of("/", groupName)))
                .isEqualTo(expected);
    }

    @Test
    void of_whenPathOrNameIsVeryLong_quotesNoMoreThanItsBeginning() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IamGroupPattern.of("x".repeat(100_000), "*"))
                .satisfies(refused ->
                        assertThat(refused.getMessage()).contains("xxx...").hasSizeLessThan(1_000));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IamGroupPattern.of("/", "x".repeat(100_000)))
                .satisfies(refused ->
                        assertThat(refused.getMessage()).contains("xxx...").hasSizeLessThan(1_000));
    }

    @Test
    void matches_whenThePathIsNotKnown_isFalse() {
        assertThat(IamGroupPattern.of("/sym/", "*").matches(IamGroupTarget.of("OnCall")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sym", "/sym", "sym/", "//", "/a b/", "/a\n/", "/\u00e9/"})
    void of_whenThePathIsNone_isRefused(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IamGroupPattern.of(path, "*"))
                .withMessageContaining("path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "a\u202eb", "\u00e9"})
    void of_whenTheNameIsNone_isRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IamGroupPattern.of("/sym/", name))
                .withMessageContaining("name")
                .withMessageNotContaining("\u202e");
    }

    @Test
    @AwsFact(70)
    void arnPattern_whenThePathHoldsWhatIamTakesForAWildcard_escapesIt() {
        assertThat(IamGroupPattern.of("/a?b$c/", "On*").arnPattern("aws", "111122223333"))
                .isEqualTo("arn:aws:iam::111122223333:group/a${?}b${$}c/On*");
        assertThat(IamGroupPattern.arnOf(IamGroupTarget.of("/a*b/", "x"), "aws-cn", "111122223333"))
                .isEqualTo("arn:aws-cn:iam::111122223333:group/a${*}b/x");
    }

    @Test
    void equals_goesByPathAndName() {
        IamGroupPattern pattern = IamGroupPattern.of("/sym/", "*");

        assertThat(pattern)
                .isEqualTo(IamGroupPattern.of("/sym/", "*"))
                .hasSameHashCodeAs(IamGroupPattern.of("/sym/", "*"))
                .isNotEqualTo(IamGroupPattern.of("/sym/", "a"))
                .isNotEqualTo(IamGroupPattern.of("/ops/", "*"))
                .isNotEqualTo("/sym/*")
                .hasToString("/sym/*");
    }
}
