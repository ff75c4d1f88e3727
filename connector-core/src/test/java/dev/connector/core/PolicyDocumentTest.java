package dev.connector.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.connector.core.PolicyDocument.Effect;
import dev.connector.core.PolicyDocument.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyDocumentTest {

    private static final Statement GET_USER =
            Statement.allow(List.of("iam:GetUser"), List.of("arn:aws:iam::111122223333:user/*"));

    @Test
    void toJson_whenOneOfEach_isCompactAndWithoutBrackets() {
        assertThat(PolicyDocument.of(GET_USER).toJson())
                .isEqualTo(
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"iam:GetUser\","
                                + "\"Resource\":\"arn:aws:iam::111122223333:user/*\"}]}");
    }

    @Test
    void toJson_whenSeveralOfEach_keepsTheirOrder() {
        Statement groups = Statement.allow(
                List.of("iam:RemoveUserFromGroup", "iam:AddUserToGroup"),
                List.of("arn:aws:iam::111122223333:group/sym/OnCall", "arn:aws:iam::111122223333:group/sym/Admins"));
        Statement deny =
                Statement.builder(Effect.DENY, List.of("*"), List.of("*")).build();

        assertThat(PolicyDocument.of(groups, GET_USER, deny).toJson())
                .isEqualTo("{\"Version\":\"2012-10-17\",\"Statement\":["
                        + "{\"Effect\":\"Allow\",\"Action\":[\"iam:RemoveUserFromGroup\",\"iam:AddUserToGroup\"],"
                        + "\"Resource\":[\"arn:aws:iam::111122223333:group/sym/OnCall\","
                        + "\"arn:aws:iam::111122223333:group/sym/Admins\"]},"
                        + "{\"Effect\":\"Allow\",\"Action\":\"iam:GetUser\","
                        + "\"Resource\":\"arn:aws:iam::111122223333:user/*\"},"
                        + "{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}]}");
    }

    @Test
    void toJson_whenConditions_writesOneOrManyValues() {
        Statement statement = Statement.builder(Effect.ALLOW, List.of("secretsmanager:GetSecretValue"), List.of("*"))
                .putConditions("StringEquals", Map.of("secretsmanager:ResourceTag/SymEnv", List.of("main")))
                .putConditions("StringLike", Map.of("aws:RequestedRegion", List.of("us-*", "eu-*")))
                .build();

        assertThat(PolicyDocument.of(statement).toJson())
                .endsWith("\"Resource\":\"*\",\"Condition\":{"
                        + "\"StringEquals\":{\"secretsmanager:ResourceTag/SymEnv\":\"main\"},"
                        + "\"StringLike\":{\"aws:RequestedRegion\":[\"us-*\",\"eu-*\"]}}}]}");
    }

    @Test
    void toJson_whenSeveralKeysOfOneOperator_isTheSameWhateverTheirOrder() {
        Map<String, List<String>> oneWay = new LinkedHashMap<>();
        oneWay.put("b:key", List.of("2"));
        oneWay.put("a:key", List.of("1"));
        Map<String, List<String>> otherWay = new LinkedHashMap<>();
        otherWay.put("a:key", List.of("1"));
        otherWay.put("b:key", List.of("2"));

        PolicyDocument one = PolicyDocument.of(conditional(Map.of("StringEquals", oneWay)));
        PolicyDocument other = PolicyDocument.of(conditional(Map.of("StringEquals", otherWay)));

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(one.toJson())
                .isEqualTo(other.toJson())
                .endsWith("\"Condition\":{\"StringEquals\":{\"a:key\":\"1\",\"b:key\":\"2\"}}}]}");
    }

    @Test
    void toJson_whenNamesHaveQuotesAndControlCharacters_staysOneString() throws JsonProcessingException {
        String evil = "x\",\"Resource\":\"*\n\\";

        String json = PolicyDocument.of(Statement.allow(List.of("iam:GetUser"), List.of(evil)))
                .toJson();

        JsonNode statement = new ObjectMapper().readTree(json).at("/Statement/0");
        assertThat(statement).hasSize(3);
        assertThat(statement.path("Resource").textValue()).isEqualTo(evil);
        assertThat(json).doesNotContain("\n");
    }

    @Test
    void toString_always_isTheJson() {
        PolicyDocument policy = PolicyDocument.of(GET_USER);

        assertThat(policy).hasToString(policy.toJson());
    }

    @Test
    void equals_whenSameStatementsInTheSameOrder_isTrue() {
        Statement other = Statement.allow(List.of("iam:GetGroup"), List.of("*"));

        assertThat(PolicyDocument.of(GET_USER, other))
                .isEqualTo(PolicyDocument.of(
                        Statement.allow(List.of("iam:GetUser"), List.of("arn:aws:iam::111122223333:user/*")), other))
                .isNotEqualTo(PolicyDocument.of(other, GET_USER))
                .isNotEqualTo(PolicyDocument.of(GET_USER));
    }

    @Test
    void equals_whenEffectOrConditionDiffers_isFalse() {
        Statement deny = Statement.builder(Effect.DENY, GET_USER.actions(), GET_USER.resources())
                .build();
        Statement narrower = Statement.builder(Effect.ALLOW, GET_USER.actions(), GET_USER.resources())
                .putConditions("Bool", Map.of("aws:SecureTransport", List.of("true")))
                .build();

        assertThat(GET_USER).isNotEqualTo(deny).isNotEqualTo(narrower);
        assertThat(GET_USER.effect()).isEqualTo(Effect.ALLOW);
    }

    @Test
    void of_whenThereIsNoStatement_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(PolicyDocument::of)
                .withMessageContaining("at least one statement");
    }

    @Test
    void allow_whenThereIsNoActionOrResource_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Statement.allow(List.of(), List.of("*")))
                .withMessageContaining("at least one action and one resource");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Statement.allow(List.of("iam:GetUser"), List.of()))
                .withMessageContaining("[iam:GetUser]");
    }

    @Test
    void build_whenAConditionTestsNothing_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> conditional(Map.of("StringEquals", Map.of())))
                .withMessageContaining("StringEquals");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> conditional(Map.of("StringEquals", Map.of("aws:RequestedRegion", List.of()))))
                .withMessageContaining("StringEquals");
    }

    @Test
    void conditions_whenTheCallersMapsAndListsChangeLater_doNot() {
        List<String> values = new ArrayList<>(List.of("main"));
        Map<String, List<String>> keys = new HashMap<>(Map.of("aws:ResourceTag/Env", values));
        PolicyDocument policy = PolicyDocument.of(conditional(Map.of("StringEquals", keys)));
        String before = policy.toJson();

        values.add("*");
        keys.clear();

        assertThat(policy.toJson()).isEqualTo(before).contains("\"aws:ResourceTag/Env\":\"main\"");
    }

    @Test
    void conditions_whenSomebodyTriesToChangeThem_throw() {
        Map<String, Map<String, List<String>>> conditions = conditional(Map.of(
                        "StringEquals", new HashMap<>(Map.of("aws:ResourceTag/Env", new ArrayList<>(List.of("main"))))))
                .conditions();

        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(conditions::clear);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(conditions.getOrDefault("StringEquals", Map.of())::clear);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> conditions
                        .getOrDefault("StringEquals", Map.of())
                        .getOrDefault("aws:ResourceTag/Env", List.of())
                        .add("*"));
    }

    @ParameterizedTest
    @CsvSource({
        "OnCall, OnCall",
        "*, ${*}",
        "?, ${?}",
        "$, ${$}",
        "a*b?c$d, a${*}b${?}c${$}d",
        "${*}, ${$}{${*}}",
        "${aws:username}, ${$}{aws:username}",
        "$$, ${$}${$}",
        "${$}, ${$}{${$}}",
        "${, ${$}{",
        "}, }",
        "/sym/a+b=c@d, /sym/a+b=c@d"
    })
    void literal_whenNameHasWildcardsOrVariables_takesTheirMeaning(String name, String literal) {
        assertThat(PolicyDocument.literal(name)).isEqualTo(literal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\ud83d\ude00", "日本語"})
    void literal_whenNameHasNothingSpecial_leavesItAlone(String name) {
        assertThat(PolicyDocument.literal(name)).isEqualTo(name);
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    /** Read as IAM reads it, a literal is the name again, and nothing of it is a wildcard or a variable. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void literal_whateverTheName_standsForItAlone(long seed) {
        Random random = new Random(seed);
        StringBuilder name = new StringBuilder();
        for (int left = random.nextInt(20); left > 0; left--) {
            name.append("$$${{}}**??ab:/".charAt(random.nextInt(15)));
        }

        String literal = PolicyDocument.literal(name.toString());

        String rest = literal.replace("${*}", "").replace("${?}", "").replace("${$}", "");
        assertThat(rest).doesNotContain("*", "?", "$");
        assertThat(unescaped(literal)).isEqualTo(name.toString());
    }

    private static String unescaped(String literal) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < literal.length(); i++) {
            if (literal.charAt(i) == '$') {
                name.append(literal.charAt(i + 2));
                i += 3;
            } else {
                name.append(literal.charAt(i));
            }
        }
        return name.toString();
    }

    private static Statement conditional(Map<String, ? extends Map<String, List<String>>> conditions) {
        return Statement.builder(Effect.ALLOW, List.of("iam:GetUser"), List.of("*"))
                .putAllConditions(conditions)
                .build();
    }
}
