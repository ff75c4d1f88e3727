package dev.connector.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@example.com",
                "a",
                "Ada Lovelace",
                "\u00e9",
                "\u5c0f\u6797",
                "\ud83d\udd11",
                "a\u00a0b",
                "x;y"
            })
    void problem_whenNameIsProper_isNone(String name) {
        assertThat(Names.problem(name)).isEmpty();
        assertThatCode(() -> Names.require("name", name)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n", "\u00a0", "\u3000\u2007 \u202f"})
    void problem_whenNothingIsToBeSeen_isEmptiness(String name) {
        assertThat(Names.problem(name)).contains("must not be empty");
    }

    /** Control, format (zero width, bidirectional, soft hyphen, tags), line and paragraph separators, and halves of pairs. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nb",
                "a\u0000",
                "a\u007f",
                "a\u0085b",
                "a\u200bb",
                "a\u202eb",
                "a\u2066b",
                "a\u00adb",
                "\ufeffa",
                "a\u2028b",
                "a\u2029b",
                "a\ud800",
                "\udc00a",
                "a\udb40\udc61"
            })
    void problem_whenNameHoldsWhatDoesNotPrint_isThat(String name) {
        assertThat(Names.problem(name)).contains("must not hold control, format or line characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"e\u0301", "\u212b", "\u1100\u1161"})
    void problem_whenNameIsNotNormalized_isThat(String name) {
        assertThat(Names.problem(name)).contains("must be in Unicode's normal form C (NFC)");
    }

    @Test
    void problem_whenNameIsTooLong_isThat() {
        assertThat(Names.problem("x".repeat(1_024))).isEmpty();
        assertThat(Names.problem("x".repeat(1_025))).contains("must have at most 1024 characters");
    }

    @Test
    void require_whenNameIsImproper_quotesItEscapedAndCut() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Names.require("name of the door", "a\nb"))
                .withMessage("The name of the door must not hold control, format or line characters, but is"
                        + " \"a\\u000ab\".");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Names.require("name of the door", "x".repeat(100_000)))
                .satisfies(thrown -> assertThat(thrown.getMessage()).hasSizeLessThan(300));
    }

    @ParameterizedTest
    @CsvSource({"Ada, ada", "\u0430da, ada"})
    void problem_whenNamesOnlyLookAlike_isLeftToTheTargetSystem(String one, String other) {
        assertThat(one).isNotEqualTo(other);
        assertThat(Names.problem(one)).isEmpty();
    }
}
