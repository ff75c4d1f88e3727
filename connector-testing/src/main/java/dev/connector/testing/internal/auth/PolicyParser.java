package dev.connector.testing.internal.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Reads policies. Whatever it does not know is refused, since to leave it out could turn a No into a Yes. */
final class PolicyParser {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final String CURRENT = "2012-10-17";
    private static final String FIRST = "2008-10-17";

    private static final Set<String> POLICY = Set.of("Version", "Id", "Statement");
    private static final Set<String> IDENTITY_STATEMENT =
            Set.of("Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Condition");
    private static final Set<String> TRUST_STATEMENT =
            Set.of("Sid", "Effect", "Principal", "Action", "NotAction", "Condition");

    private final boolean trust;
    private boolean escapes;

    PolicyParser(boolean trust) {
        this.trust = trust;
    }

    List<Statement> parse(String json) {
        JsonNode policy = object(read(json), "A policy", POLICY);
        escapes = version(policy).equals(CURRENT);
        List<Statement> statements = new ArrayList<>();
        for (JsonNode statement : elements(required(policy, "Statement"))) {
            statements.add(statement(object(statement, "A statement", trust ? TRUST_STATEMENT : IDENTITY_STATEMENT)));
        }
        if (statements.isEmpty()) {
            throw new PolicySyntaxException("A policy has one statement at least");
        }
        return statements;
    }

    private static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new PolicySyntaxException("Syntax errors in policy: " + e.getOriginalMessage(), e);
        }
    }

    private static String version(JsonNode policy) {
        String version = policy.path("Version").asText(FIRST);
        if (!version.equals(CURRENT) && !version.equals(FIRST)) {
            throw new PolicySyntaxException("The policy has no valid version: " + version);
        }
        return version;
    }

    private Statement statement(JsonNode statement) {
        return new Statement(
                allows(required(statement, "Effect")),
                trust ? principals(required(statement, "Principal")) : List.of(),
                selection(statement, "Action", this::action),
                trust ? new Selection(true, List.of()) : selection(statement, "Resource", this::resource),
                conditions(statement.path("Condition")));
    }

    private static boolean allows(JsonNode effect) {
        return switch (effect.asText()) {
            case "Allow" -> true;
            case "Deny" -> false;
            default -> throw new PolicySyntaxException("Invalid effect: " + effect);
        };
    }

    private static List<PrincipalPattern> principals(JsonNode principal) {
        if (principal.isTextual()) {
            return List.of(everybody(principal.asText()));
        }
        List<PrincipalPattern> principals = new ArrayList<>();
        object(principal, "A principal", Set.of("AWS", "Service", "Federated"))
                .properties()
                .forEach(entry ->
                        texts(entry.getValue()).forEach(text -> principals.add(principal(entry.getKey(), text))));
        return principals;
    }

    private static PrincipalPattern everybody(String text) {
        if (!text.equals("*")) {
            throw new PolicySyntaxException("Invalid principal in policy: " + text);
        }
        return PrincipalPattern.aws(text);
    }

    private static PrincipalPattern principal(String type, String text) {
        return type.equals("AWS")
                ? PrincipalPattern.aws(text)
                : new PrincipalPattern(PrincipalPattern.Kind.OTHER, text);
    }

    private static Selection selection(JsonNode statement, String name, Function<String, Glob> pattern) {
        boolean inverted = statement.has("Not" + name);
        if (inverted && statement.has(name)) {
            throw new PolicySyntaxException("A statement has " + name + " or Not" + name + ", not both");
        }
        List<String> texts = texts(required(statement, inverted ? "Not" + name : name));
        return new Selection(inverted, texts.stream().map(pattern).toList());
    }

    private Glob action(String text) {
        if (!text.equals("*") && !text.matches("[A-Za-z0-9-]+:[A-Za-z0-9*?]+")) {
            throw new PolicySyntaxException("Actions are written service:Operation, or *: " + text);
        }
        return Glob.ofAction(text);
    }

    private Glob resource(String text) {
        if (!text.equals("*") && !text.startsWith("arn:")) {
            throw new PolicySyntaxException("Resource " + text + " must be in ARN format or \"*\".");
        }
        return Glob.of(text, escapes);
    }

    private List<Condition> conditions(JsonNode block) {
        if (block.isMissingNode()) {
            return List.of();
        }
        List<Condition> conditions = new ArrayList<>();
        for (var operator : object(block).properties()) {
            for (var key : object(operator.getValue()).properties()) {
                conditions.add(Condition.of(operator.getKey(), key.getKey(), texts(key.getValue()), escapes));
            }
        }
        return conditions;
    }

    private static JsonNode object(JsonNode node, String what, Set<String> names) {
        for (var property : object(node).properties()) {
            if (!names.contains(property.getKey())) {
                throw new PolicySyntaxException(what + " cannot have " + property.getKey() + " here");
            }
        }
        return node;
    }

    private static JsonNode object(JsonNode node) {
        if (!node.isObject()) {
            throw new PolicySyntaxException("Syntax errors in policy: an object was expected");
        }
        return node;
    }

    private static JsonNode required(JsonNode object, String name) {
        JsonNode value = object.get(name);
        if (value == null) {
            throw new PolicySyntaxException("Missing required field " + name);
        }
        return value;
    }

    /** One value or a list of values, which policies write as they like. */
    private static Iterable<JsonNode> elements(JsonNode node) {
        return node.isArray() ? node : List.of(node);
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : elements(node)) {
            if (!element.isValueNode() || element.isNull()) {
                throw new PolicySyntaxException("Syntax errors in policy: a text was expected");
            }
            texts.add(element.asText());
        }
        if (texts.isEmpty()) {
            throw new PolicySyntaxException("Syntax errors in policy: a list is empty");
        }
        return texts;
    }
}
