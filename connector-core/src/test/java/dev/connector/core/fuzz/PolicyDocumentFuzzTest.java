package dev.connector.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.connector.core.PolicyDocument;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Text from outside cannot get out of the place in a policy that it is put into. */
class PolicyDocumentFuzzTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ESCAPED = Pattern.compile("\\$\\{([*?$])}");

    @FuzzTest
    void literal_ofAnyName_meansTheNameAndNothingElse(byte[] input) {
        String name = Hostile.text(input);
        String literal = PolicyDocument.literal(name);

        assertThat(ESCAPED.matcher(literal).replaceAll("")).doesNotContain("*", "?", "$");
        assertThat(ESCAPED.matcher(literal)
                        .replaceAll(escaped -> escaped.group(1).replace("$", "\\$")))
                .isEqualTo(name);
    }

    @FuzzTest
    void toJson_ofAnyTexts_isThePolicyThatWasBuilt(byte[] input) throws JsonProcessingException {
        String text = Hostile.text(input);
        PolicyDocument policy = PolicyDocument.of(
                statement(PolicyDocument.Effect.ALLOW, text), statement(PolicyDocument.Effect.DENY, "x"));

        JsonNode read = JSON.readTree(policy.toJson());

        assertThat(read)
                .isEqualTo(JSON.valueToTree(Map.of(
                        "Version",
                        "2012-10-17",
                        "Statement",
                        List.of(expected("Allow", text), expected("Deny", "x")))));
    }

    private static PolicyDocument.Statement statement(PolicyDocument.Effect effect, String text) {
        PolicyDocument.Statement.Builder statement =
                PolicyDocument.Statement.builder(effect, List.of("iam:GetUser", text), List.of(text));
        return statement
                .putConditions("StringEquals", Map.of("aws:ResourceTag/" + text, List.of(text, text)))
                .build();
    }

    private static Map<String, Object> expected(String effect, String text) {
        return Map.of(
                "Effect",
                effect,
                "Action",
                List.of("iam:GetUser", text),
                "Resource",
                text,
                "Condition",
                Map.of("StringEquals", Map.of("aws:ResourceTag/" + text, List.of(text, text))));
    }
}
