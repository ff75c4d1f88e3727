package dev.connector.testing.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/** A request's parameters, for people who read what was called. */
public final class Parameters {

    private Parameters() {}

    /** The parameters that are set, by their names on the wire; those that are secret as {@code ***}. */
    public static Map<String, String> of(Object request, Set<String> secret) {
        Map<String, String> parameters = all(request);
        parameters.replaceAll((name, value) -> secret.contains(name) ? "***" : value);
        return Collections.unmodifiableMap(parameters);
    }

    /** The secret ones of the parameters that are set, as they are. */
    public static Map<String, String> secretsOf(Object request, Set<String> secret) {
        Map<String, String> parameters = all(request);
        parameters.keySet().retainAll(secret);
        return parameters;
    }

    private static Map<String, String> all(Object request) {
        SdkPojo pojo = (SdkPojo) request;
        Map<String, String> parameters = new LinkedHashMap<>();
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = Fields.valueOf(field, pojo);
            if (value != null) {
                parameters.put(field.locationName(), text(field, value));
            }
        }
        return parameters;
    }

    private static String text(SdkField<?> field, Object value) {
        return value instanceof SdkBytes bytes
                ? bytes.asByteArrayUnsafe().length + " bytes"
                : unquoted(JsonWriter.node(field, value));
    }

    private static String unquoted(JsonNode node) {
        return node.isTextual() ? node.textValue() : node.toString();
    }
}
