package dev.connector.core.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The fields of one JSON object from outside, read strictly: bounded in size and depth, no field twice, none of a wrong type, and, if asked, none
 * that nobody has read.
 *
 * <p>Every fault is an {@link IllegalArgumentException} that names the field but quotes nothing of its value, which might be a secret.
 */
public final class JsonFields {

    /** The longest text that is read. */
    public static final int MAX_CHARACTERS = StrictJson.MAX_CHARACTERS;

    private final String what;
    private final ObjectNode object;
    private final Set<String> known = new HashSet<>();

    private JsonFields(String what, ObjectNode object) {
        this.what = what;
        this.object = object;
    }

    /**
     * Reads a text that must be one JSON object.
     *
     * @param what what the text is, for messages, for instance {@code "grant"}
     * @param json the text
     * @return its fields
     */
    public static JsonFields parse(String what, String json) {
        return of(what, StrictJson.parse(what, json));
    }

    private static JsonFields of(String what, JsonNode node) {
        if (node instanceof ObjectNode object) {
            return new JsonFields(what, object);
        }
        throw new IllegalArgumentException("The JSON of the " + what + " must be an object.");
    }

    /**
     * A text that must be there.
     *
     * @param name the field
     * @return its text
     */
    public String text(String name) {
        return optionalText(name).orElseThrow(() -> missing(name));
    }

    /**
     * A text that may be absent.
     *
     * @param name the field
     * @return its text, or empty if the field is absent
     */
    public Optional<String> optionalText(String name) {
        return field(name).map(node -> textOf(name, node));
    }

    /**
     * A value that is written as text and must be there.
     *
     * @param <T> the value
     * @param name the field
     * @param form what the text must be, for messages, for instance {@code "a UUID"}
     * @param parser reads the text; its own messages may quote the text, so they are not passed on
     * @return the value
     */
    public <T> T value(String name, String form, Function<String, T> parser) {
        return optionalValue(name, form, parser).orElseThrow(() -> missing(name));
    }

    /**
     * A value that is written as text and may be absent.
     *
     * @param <T> the value
     * @param name the field
     * @param form what the text must be, for messages, for instance {@code "a UUID"}
     * @param parser reads the text; its own messages may quote the text, so they are not passed on
     * @return the value, or empty if the field is absent
     */
    public <T> Optional<T> optionalValue(String name, String form, Function<String, T> parser) {
        return optionalText(name).map(text -> {
            try {
                return parser.apply(text);
            } catch (IllegalArgumentException | DateTimeException quotesTheText) {
                throw wrongType(name, form);
            }
        });
    }

    /**
     * A whole number that must be there.
     *
     * @param name the field
     * @return the number
     */
    public int number(String name) {
        JsonNode node = field(name).orElseThrow(() -> missing(name));
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw wrongType(name, "a whole number");
        }
        return node.intValue();
    }

    /**
     * A yes or no.
     *
     * @param name the field
     * @return its value; {@code false} if the field is absent
     */
    public boolean flag(String name) {
        return field(name)
                .map(node -> {
                    if (!node.isBoolean()) {
                        throw wrongType(name, "true or false");
                    }
                    return node.booleanValue();
                })
                .orElse(false);
    }

    /**
     * An object that must be there.
     *
     * @param name the field
     * @return its fields
     */
    public JsonFields object(String name) {
        return optionalObject(name).orElseThrow(() -> missing(name));
    }

    /**
     * An object that may be absent.
     *
     * @param name the field
     * @return its fields, or empty if the field is absent
     */
    public Optional<JsonFields> optionalObject(String name) {
        return field(name).map(node -> of(name + " of the " + what, node));
    }

    /**
     * A list of objects.
     *
     * @param name the field
     * @return the objects; none if the field is absent
     */
    public List<JsonFields> objects(String name) {
        List<JsonFields> objects = new ArrayList<>();
        field(name).ifPresent(node -> {
            if (!node.isArray()) {
                throw wrongType(name, "a list");
            }
            node.forEach(element -> objects.add(of(name + " of the " + what, element)));
        });
        return objects;
    }

    /**
     * An object of texts.
     *
     * @param name the field
     * @return its entries in order; none if the field is absent
     */
    public Map<String, String> texts(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        optionalObject(name)
                .ifPresent(
                        fields -> fields.object.fieldNames().forEachRemaining(key -> texts.put(key, fields.text(key))));
        return texts;
    }

    /**
     * Requires that no field is left that nobody has read: it might mean something that this version does not know.
     *
     * @return this
     */
    public JsonFields andNoOthers() {
        Collection<String> unknown = new ArrayList<>();
        object.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "The JSON of the " + what + " holds unknown fields: " + Printable.excerpts(unknown) + ".");
        }
        return this;
    }

    private Optional<JsonNode> field(String name) {
        known.add(name);
        return Optional.ofNullable(object.get(name));
    }

    private String textOf(String name, JsonNode node) {
        if (!node.isTextual()) {
            throw wrongType(name, "a text");
        }
        return node.textValue();
    }

    private IllegalArgumentException missing(String name) {
        return new IllegalArgumentException(
                "The JSON of the " + what + " lacks the field " + Printable.excerpt(name) + ".");
    }

    private IllegalArgumentException wrongType(String name, String type) {
        return new IllegalArgumentException(
                "The field " + Printable.excerpt(name) + " of the " + what + " must be " + type + ".");
    }
}
