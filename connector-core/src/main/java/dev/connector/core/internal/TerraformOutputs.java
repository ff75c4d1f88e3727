package dev.connector.core.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.connector.core.InvalidSettingsException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Reads maps of settings out of what {@code terraform output -json} prints.
 *
 * <p>Such a text holds secrets, and a parser's messages quote it: none is passed on, only where the fault is.
 */
public final class TerraformOutputs {

    private static final String ATTEMPT = "read the output of Terraform";
    private static final int MAX_LENGTH = 1 << 20;
    private static final int MAX_DEPTH = 64;

    private static final JsonMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private TerraformOutputs() {}

    /**
     * Reads one output's value, a map of strings. Values that are {@code null} are left out.
     *
     * @param json all that the command printed
     * @param outputName the output's name
     * @return the map
     * @throws InvalidSettingsException if the text or the output is not as it must be
     */
    public static Map<String, String> read(String json, String outputName) {
        JsonNode outputs = parse(json);
        JsonNode output = outputs.get(outputName);
        if (output == null) {
            throw wrong(
                    outputName,
                    "is not among the outputs, which are " + new TreeSet<>(namesOf(outputs))
                            + ". Outputs of a module must be passed on by the root module.");
        }
        JsonNode value = output.get("value");
        if (value == null || !value.isObject()) {
            throw wrong(
                    outputName, "must have a 'value' that is a map of strings, as 'terraform output -json' prints it.");
        }
        return strings(value, outputName);
    }

    private static JsonNode parse(String json) {
        if (json.length() > MAX_LENGTH) {
            throw wrong("json", "must have at most " + MAX_LENGTH + " characters, but has " + json.length() + ".");
        }
        try {
            JsonNode outputs = STRICT.readTree(json);
            if (!outputs.isObject()) {
                throw wrong("json", "must be an object of outputs, as 'terraform output -json' prints it.");
            }
            return outputs;
        } catch (JsonProcessingException unreadable) {
            JsonLocation at = unreadable.getLocation();
            throw wrong(
                    "json",
                    "must be one JSON object without a key that occurs twice and at most " + MAX_DEPTH
                            + " levels deep, but is not"
                            + (at == null ? "." : " at line " + at.getLineNr() + ", column " + at.getColumnNr() + "."));
        }
    }

    private static Map<String, String> strings(JsonNode value, String outputName) {
        Map<String, String> strings = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        value.properties().forEach(entry -> {
            if (entry.getValue().isTextual()) {
                strings.put(entry.getKey(), entry.getValue().textValue());
            } else if (!entry.getValue().isNull()) {
                problems.add(outputName + "." + entry.getKey() + ": must be a string.");
            }
        });
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(ATTEMPT, problems);
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
