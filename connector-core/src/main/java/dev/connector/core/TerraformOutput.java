package dev.connector.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.connector.core.internal.Printable;
import dev.connector.core.internal.StrictJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Reads maps of settings out of what {@code terraform output -json} prints, for the {@code settings(…)} of a connector or a strategy.
 *
 * <p>Such a text holds secrets: messages name outputs and keys, and quote none of the values.
 */
public final class TerraformOutput {

    private static final String ATTEMPT = "read the output of Terraform";

    private TerraformOutput() {}

    /**
     * Reads one output's value, a map of strings. Values that are {@code null} are left out.
     *
     * @param json all that the command printed
     * @param outputName the output's name
     * @return the map, with its entries in the order of the text
     * @throws InvalidSettingsException if the text is not strict JSON (a key twice, text behind its end), is larger than 1 MiB or nested more than 32 levels
     *     deep, or has no such output
     */
    public static Map<String, String> read(String json, String outputName) {
        JsonNode outputs = parse(json);
        JsonNode output = outputs.get(outputName);
        if (output == null) {
            throw wrong(
                    outputName,
                    "is not among the outputs, which are [" + Printable.excerpts(new TreeSet<>(namesOf(outputs)))
                            + "]. Outputs of a module must be passed on by the root module.");
        }
        JsonNode value = output.get("value");
        if (value == null || !value.isObject()) {
            throw wrong(
                    outputName, "must have a 'value' that is a map of strings, as 'terraform output -json' prints it.");
        }
        return strings(value, outputName);
    }

    private static JsonNode parse(String json) {
        JsonNode outputs;
        try {
            outputs = StrictJson.parse("Terraform output", json);
        } catch (IllegalArgumentException unreadable) {
            throw wrong("json", String.valueOf(unreadable.getMessage()));
        }
        if (!outputs.isObject()) {
            throw wrong("json", "must be an object of outputs, as 'terraform output -json' prints it.");
        }
        return outputs;
    }

    private static Map<String, String> strings(JsonNode value, String outputName) {
        Map<String, String> strings = new LinkedHashMap<>();
        List<String> noStrings = new ArrayList<>();
        value.properties().forEach(entry -> {
            if (entry.getValue().isTextual()) {
                strings.put(entry.getKey(), entry.getValue().textValue());
            } else if (!entry.getValue().isNull()) {
                noStrings.add(entry.getKey());
            }
        });
        if (!noStrings.isEmpty()) {
            throw wrong(
                    outputName, "must be a map of strings, but no strings are " + Printable.excerpts(noStrings) + ".");
        }
        return strings;
    }

    private static List<String> namesOf(JsonNode outputs) {
        List<String> names = new ArrayList<>();
        outputs.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static InvalidSettingsException wrong(String setting, String rule) {
        return new InvalidSettingsException(ATTEMPT, List.of(setting + ": " + rule));
    }
}
