package dev.connector.testing.internal.auth;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A second reading of a policy that was accepted, as plain as it can be.
 *
 * @param policy the policy
 * @param escapes whether it is of the version that knows <code>${*}</code>
 */
record ReferencePolicy(JsonNode policy, boolean escapes) {

    static ReferencePolicy of(JsonNode policy) {
        return new ReferencePolicy(policy, policy.path("Version").asText().equals("2012-10-17"));
    }

    boolean allows(Access access) {
        return says("Allow", access) && !says("Deny", access);
    }

    private boolean says(String effect, Access access) {
        return any(
                policy.get("Statement"),
                statement -> effect.equals(statement.get("Effect").asText()) && applies(statement, access));
    }

    private boolean applies(JsonNode statement, Access access) {
        return selects(statement, "Action", pattern -> matches(lower(pattern), lower(access.action()), false, true))
                && selects(statement, "Resource", pattern -> isLike(pattern, access.resource()))
                && statement.path("Condition").properties().stream()
                        .allMatch(operator -> operator.getValue().properties().stream()
                                .allMatch(key -> holds(
                                        operator.getKey(), access.context().get(key.getKey()), key.getValue())));
    }

    private static boolean selects(JsonNode statement, String name, Predicate<String> matches) {
        boolean inverted = statement.has("Not" + name);
        return inverted != any(statement.get(inverted ? "Not" + name : name), value -> matches.test(value.asText()));
    }

    private boolean holds(String operator, @Nullable String actual, JsonNode values) {
        boolean negated = operator.contains("Not");
        if (actual == null) {
            return negated || operator.endsWith("IfExists");
        }
        return negated
                != any(values, value -> switch (operator.replace("IfExists", "").replace("Not", "")) {
                    case "StringEquals" -> matches(value.asText(), actual, escapes, false);
                    case "StringLike" -> isLike(value.asText(), actual);
                    case "Bool" -> value.asText().equalsIgnoreCase(actual);
                    default -> isArnLike(value.asText().split(":", 6), actual.split(":", 6));
                });
    }

    private boolean isArnLike(String[] pattern, String[] arn) {
        return arn.length == 6 && IntStream.range(0, 6).allMatch(i -> isLike(pattern[i], arn[i]));
    }

    private boolean isLike(String pattern, @Nullable String text) {
        return text != null && matches(pattern, text, escapes, true);
    }

    private static boolean any(JsonNode node, Predicate<JsonNode> predicate) {
        for (JsonNode value : node.isArray() ? node : List.of(node)) {
            if (predicate.test(value)) {
                return true;
            }
        }
        return false;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Keeps all the places in the text that the pattern can have come to. */
    static boolean matches(String pattern, String text, boolean escapes, boolean wildcards) {
        boolean[] at = new boolean[text.length() + 1];
        at[0] = true;
        for (int i = 0; i < pattern.length(); i++) {
            boolean escaped = escapes && pattern.startsWith("${", i);
            i += escaped ? 2 : 0;
            char c = pattern.charAt(i);
            i += escaped ? 1 : 0;
            boolean special = wildcards && !escaped;
            at = special && c == '*' ? anyText(at) : oneCharacter(at, text, special && c == '?' ? null : c);
        }
        return at[text.length()];
    }

    private static boolean[] anyText(boolean[] from) {
        boolean[] to = from.clone();
        for (int i = 1; i < to.length; i++) {
            to[i] |= to[i - 1];
        }
        return to;
    }

    private static boolean[] oneCharacter(boolean[] from, String text, @Nullable Character wanted) {
        boolean[] to = new boolean[from.length];
        for (int i = 1; i < to.length; i++) {
            to[i] = from[i - 1] && (wanted == null || wanted == text.charAt(i - 1));
        }
        return to;
    }
}
