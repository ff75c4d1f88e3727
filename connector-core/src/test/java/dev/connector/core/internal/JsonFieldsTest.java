package dev.connector.core.internal;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {

    private static JsonFields fields(String json) {
        return JsonFields.parse("door", json);
    }

    @Test
    void reads_whenFieldsArePresent_answerTheirValues() {
        JsonFields fields = fields("""
                {"text": "oak", "number": -7, "flag": true, "object": {"a": "b"}, "list": [{"a": "c"}, {"a": "d"}]}""");

        assertThat(fields.text("text")).isEqualTo("oak");
        assertThat(fields.optionalText("text")).contains("oak");
        assertThat(fields.value("text", "a wood", String::length)).isEqualTo(3);
        assertThat(fields.number("number")).isEqualTo(-7);
        assertThat(fields.flag("flag")).isTrue();
        assertThat(fields.object("object").text("a")).isEqualTo("b");
        assertThat(fields.texts("object")).containsEntry("a", "b");
        assertThat(fields.objects("list")).extracting(each -> each.text("a")).containsExactly("c", "d");
        assertThat(fields.andNoOthers()).isSameAs(fields);
    }

    @Test
    void reads_whenFieldsAreAbsent_answerNothing() {
        JsonFields fields = fields("{}");

        assertThat(fields.optionalText("a")).isEmpty();
        assertThat(fields.optionalValue("a", "a wood", String::length)).isEmpty();
        assertThat(fields.optionalObject("a")).isEmpty();
        assertThat(fields.flag("a")).isFalse();
        assertThat(fields.objects("a")).isEmpty();
        assertThat(fields.texts("a")).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fields.number("a"))
                .withMessage("The JSON of the door lacks the field a.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fields.value("a", "a wood", String::length))
                .withMessage("The JSON of the door lacks the field a.");
    }

    @Test
    void texts_whenOrderIsAsWritten_keepsIt() {
        assertThat(fields("{\"m\": {\"z\": \"1\", \"a\": \"2\", \"m\": \"3\"}}").texts("m"))
                .containsExactly(Map.entry("z", "1"), Map.entry("a", "2"), Map.entry("m", "3"));
    }

    @Test
    void texts_whenValueIsNoText_namesItsKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fields("{\"m\": {\"k\": 1}}").texts("m"))
                .withMessage("The field k of the m of the door must be a text.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0",
                "1e0",
                "2147483648",
                "-2147483649",
                "123456789012345678901234567890",
                "\"1\"",
                "null",
                "true"
            })
    void number_whenItIsNoIntInItsOneForm_isRefused(String number) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fields("{\"n\": " + number + "}").number("n"))
                .withMessage("The field n of the door must be a whole number.");
    }

    @Test
    void value_whenParserQuotesTheText_passesNothingOn() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fields("{\"a\": \"s3cr3t\"}").value("a", "a number", Integer::valueOf))
                .withMessage("The field a of the door must be a number.")
                .withNoCause();
    }

    @Test
    void andNoOthers_whenFieldsAreUnknown_namesThemEscapedAndCut() {
        String json = "{\"known\": \"\", \"a\\nb\": 1, \"" + "x".repeat(1_000) + "\": 2}";
        JsonFields fields = fields(json);
        assertThat(fields.text("known")).isEmpty();

        assertThatIllegalArgumentException()
                .isThrownBy(fields::andNoOthers)
                .withMessage("The JSON of the door holds unknown fields: a\\u000ab, " + "x".repeat(128) + "….");
    }

    @Test
    void andNoOthers_whenUnknownFieldsAreMany_namesAFew() {
        String json = IntStream.range(0, 21).mapToObj(i -> "\"f" + i + "\":1").collect(joining(",", "{", "}"));

        assertThatIllegalArgumentException()
                .isThrownBy(fields(json)::andNoOthers)
                .withMessageStartingWith("The JSON of the door holds unknown fields: f0, f1, f2, ")
                .withMessageEndingWith(", f18, f19 and others.");
    }

    @Test
    void parse_whenTextIsAsLongAsItMayBe_readsIt() {
        String longest = "{\"a\":\"" + "x".repeat(JsonFields.MAX_CHARACTERS - 8) + "\"}";

        assertThat(fields(longest).text("a")).hasSize(JsonFields.MAX_CHARACTERS - 8);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fields(longest + " "))
                .withMessageContaining("at most 1048576 are read");
    }

    @Test
    void parse_whenNestingIsAsDeepAsItMayBe_readsIt() {
        String deepest = "{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}";

        assertThat(fields(deepest).optionalText("b")).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fields("{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}"))
                .withMessageContaining("nested too deep");
    }

    @Test
    void parse_whenTextIsMalformed_neverQuotesIt() {
        for (String malformed : List.of(
                "s3cr3t",
                "{\"a\": s3cr3t}",
                "{\"s3cr3t\"}",
                "{\"a\": \"s3cr3t\n\"}",
                "{} s3cr3t",
                "{\"a\": \"\\s3cr3t\"}")) {
            assertThatIllegalArgumentException()
                    .as(malformed)
                    .isThrownBy(() -> fields(malformed))
                    .withMessageStartingWith("The JSON of the door cannot be read")
                    .withMessageNotContaining("s3cr3t")
                    .withNoCause();
        }
    }
}
