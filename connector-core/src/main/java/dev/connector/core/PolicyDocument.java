package dev.connector.core;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.connector.core.internal.Printable;
import dev.connector.core.internal.ValueStyle;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.immutables.value.Value;

/**
 * An IAM policy, as a session policy needs it: a list of statements that prints as JSON.
 *
 * <p>Resources are patterns of IAM: {@code *} stands for any characters, {@code /} among them, and {@code ?} for any one. A name that is meant
 * to the letter goes through {@link #literal(String)} first.
 *
 * <p>Immutable; two policies are equal if they have the same statements in the same order.
 */
@ValueStyle
@Value.Immutable
public abstract class PolicyDocument {

    private static final JsonFactory JSON = new JsonFactory();

    PolicyDocument() {}

    /**
     * A policy of statements.
     *
     * @param statements at least one
     * @return the policy
     * @throws IllegalArgumentException if there is none
     */
    public static PolicyDocument of(Statement... statements) {
        return ImmutablePolicyDocument.builder().addStatements(statements).build();
    }

    /**
     * Writes a name so that a policy takes it to the letter: IAM's wildcards and variables in it lose their meaning.
     *
     * @param name a name, path or part of an ARN
     * @return the name with <code>${*}</code>, <code>${?}</code> and <code>${$}</code> for the characters <code>*</code>, <code>?</code> and
     *     <code>$</code>
     * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html">IAM policy elements: variables</a>
     */
    public static String literal(String name) {
        StringBuilder escaped = new StringBuilder(name.length() + 8);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '*' || c == '?' || c == '$') {
                escaped.append("${").append(c).append('}');
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /**
     * The statements, in order.
     *
     * @return at least one
     */
    public abstract List<Statement> statements();

    @Value.Check
    void check() {
        if (statements().isEmpty()) {
            throw new IllegalArgumentException("A policy needs at least one statement: IAM refuses an empty one.");
        }
    }

    /**
     * The policy as compact JSON, the form that counts against AWS's limit of 2,048 characters for a session policy.
     *
     * @return the JSON
     */
    public String toJson() {
        return written(json -> {
            json.writeStartObject();
            json.writeStringField("Version", "2012-10-17");
            json.writeArrayFieldStart("Statement");
            for (Statement statement : statements()) {
                statement.writeTo(json);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** As a stream: a service waits for its first policy when it starts, and the tree of databind would load hundreds of classes more. */
    private static String written(Content content) {
        StringWriter written = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(written)) {
            content.writeTo(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return written.toString();
    }

    @FunctionalInterface
    private interface Content {
        void writeTo(JsonGenerator json) throws IOException;
    }

    /**
     * The policy as {@linkplain #toJson() JSON}, in which also those characters are escaped that JSON need not escape.
     *
     * @return JSON of the same policy
     */
    @Override
    public String toString() {
        return Printable.escape(toJson());
    }

    /** Whether a statement allows or denies. */
    public enum Effect {
        /** What it names is allowed, unless something else denies it. */
        ALLOW,
        /** What it names is denied, whatever else allows it. */
        DENY
    }

    /** One statement of a policy. Immutable. */
    @ValueStyle
    @Value.Immutable
    public abstract static class Statement {

        Statement() {}

        /**
         * Allows actions on resources.
         *
         * @param actions for instance {@code iam:GetUser}; at least one
         * @param resources patterns of ARNs; at least one
         * @return the statement
         */
        public static Statement allow(List<String> actions, List<String> resources) {
            return builder(Effect.ALLOW, actions, resources).build();
        }

        /**
         * Starts a statement that may get conditions.
         *
         * @param effect whether it allows or denies
         * @param actions for instance {@code iam:GetUser}; at least one
         * @param resources patterns of ARNs; at least one
         * @return a builder
         */
        public static Builder builder(Effect effect, List<String> actions, List<String> resources) {
            Builder builder = new Builder();
            builder.effect(effect);
            builder.actions(actions);
            builder.resources(resources);
            return builder;
        }

        /**
         * Whether it allows or denies.
         *
         * @return the effect
         */
        public abstract Effect effect();

        /**
         * What it speaks of.
         *
         * @return actions, at least one
         */
        public abstract List<String> actions();

        /**
         * On what.
         *
         * @return patterns of ARNs, at least one
         */
        public abstract List<String> resources();

        /**
         * When it holds: operator, then condition key, then values. None of the three is empty; the keys of an operator are printed in
         * alphabetical order.
         *
         * @return for instance {@code {"StringEquals": {"aws:ResourceTag/Environment": ["main"]}}}; empty if it always holds
         */
        public abstract Map<String, Map<String, List<String>>> conditions();

        @Value.Check
        Statement check() {
            if (actions().isEmpty() || resources().isEmpty()) {
                throw new IllegalArgumentException(
                        Printable.escape("A statement needs at least one action and one resource, but has " + actions()
                                + " on " + resources() + "."));
            }
            conditions().forEach((operator, keys) -> {
                if (keys.isEmpty() || keys.values().stream().anyMatch(List::isEmpty)) {
                    throw new IllegalArgumentException(
                            Printable.escape("A condition needs at least one key and each key at least one value, but "
                                    + operator + " has " + keys + "."));
                }
            });
            return withConditionsOfItsOwn();
        }

        /** The builder copies the outer map alone; the maps and lists in it are still the caller's to change. */
        private Statement withConditionsOfItsOwn() {
            Map<String, Map<String, List<String>>> own = new LinkedHashMap<>();
            boolean copied = false;
            for (Map.Entry<String, Map<String, List<String>>> condition :
                    conditions().entrySet()) {
                Map<String, List<String>> keys = withValuesOfItsOwn(condition.getValue());
                copied |= keys != condition.getValue();
                own.put(condition.getKey(), keys);
            }
            if (!copied) {
                return this;
            }
            Builder builder = builder(effect(), actions(), resources());
            builder.conditions(own);
            return builder.build();
        }

        /** {@code copyOf} gives what is immutable already back as it is. */
        private static Map<String, List<String>> withValuesOfItsOwn(Map<String, List<String>> keys) {
            boolean ownValues = keys.values().stream().allMatch(values -> List.copyOf(values) == values);
            if (ownValues) {
                return Map.copyOf(keys);
            }
            return keys.entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
        }

        private void writeTo(JsonGenerator json) throws IOException {
            String name = effect().name();
            json.writeStartObject();
            json.writeStringField("Effect", name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT));
            writeOneOrMany(json, "Action", actions());
            writeOneOrMany(json, "Resource", resources());
            if (!conditions().isEmpty()) {
                json.writeObjectFieldStart("Condition");
                for (Map.Entry<String, Map<String, List<String>>> condition :
                        conditions().entrySet()) {
                    json.writeObjectFieldStart(condition.getKey());
                    writeTests(json, condition.getValue());
                    json.writeEndObject();
                }
                json.writeEndObject();
            }
            json.writeEndObject();
        }

        private static void writeTests(JsonGenerator json, Map<String, List<String>> keys) throws IOException {
            for (Map.Entry<String, List<String>> test : new TreeMap<>(keys).entrySet()) {
                writeOneOrMany(json, test.getKey(), test.getValue());
            }
        }

        @Override
        public String toString() {
            return Printable.escape(written(this::writeTo));
        }

        /** IAM takes a single value without its brackets, which is shorter. */
        private static void writeOneOrMany(JsonGenerator json, String name, List<String> values) throws IOException {
            json.writeFieldName(name);
            if (values.size() == 1) {
                json.writeString(values.get(0));
            } else {
                json.writeArray(values.toArray(String[]::new), 0, values.size());
            }
        }

        /** Collects the parts of a statement; not thread-safe. */
        public static final class Builder extends ImmutableStatement.Builder {
            Builder() {}
        }
    }
}
