package dev.connector.testing.internal.auth;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One line of a condition block.
 *
 * @param key the condition key
 * @param negated whether no value may match, instead of one having to
 * @param ifExists whether a key that the access does not have satisfies it
 * @param values the values, each of which matches or does not
 */
record Condition(String key, boolean negated, boolean ifExists, List<Predicate<String>> values) {

    private static final String IF_EXISTS = "IfExists";

    static Condition of(String operator, String key, List<String> values, boolean escapes) {
        boolean ifExists = operator.endsWith(IF_EXISTS);
        String base = ifExists ? operator.substring(0, operator.length() - IF_EXISTS.length()) : operator;
        List<Predicate<String>> matchers =
                values.stream().map(value -> matcher(base, value, escapes)).toList();
        return new Condition(key, base.contains("Not"), ifExists, matchers);
    }

    boolean holds(Access access) {
        @Nullable String actual = access.context().get(key);
        if (actual == null) {
            return negated || ifExists;
        }
        return negated != values.stream().anyMatch(value -> value.test(actual));
    }

    private static Predicate<String> matcher(String operator, String value, boolean escapes) {
        return switch (operator) {
            case "StringEquals", "StringNotEquals" -> Glob.ofLiteral(value, escapes)::matches;
            case "StringLike", "StringNotLike" -> Glob.of(value, escapes)::matches;
            case "ArnEquals", "ArnLike" -> new ArnPattern(value, escapes)::matches;
            case "Bool" -> value::equalsIgnoreCase;
            default -> throw new PolicySyntaxException("SimulatedAws knows no condition operator " + operator);
        };
    }
}
