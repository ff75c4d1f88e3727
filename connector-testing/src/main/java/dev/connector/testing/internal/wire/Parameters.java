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
        SdkPojo pojo = (SdkPojo) request;
        Map<String, String> parameters = new LinkedHashMap<>();
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = Fields.valueOf(field, pojo);
            if (value != null) {
                String name = field.locationName();
                parameters.put(name, secret.contains(name) ? "***" : text(field, value));
            }
        }
        return Collections.unmodifiableMap(parameters);
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
