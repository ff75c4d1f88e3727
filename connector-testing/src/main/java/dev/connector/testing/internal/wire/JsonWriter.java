package dev.connector.testing.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;

/** Writes the body's fields of an answer as a JSON object. */
final class JsonWriter {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private JsonWriter() {}

    static ObjectNode empty() {
        return JSON.objectNode();
    }

    static ObjectNode object(SdkPojo pojo) {
        ObjectNode object = JSON.objectNode();
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = Fields.valueOf(field, pojo);
            if (value != null && field.location() == MarshallLocation.PAYLOAD) {
                object.set(field.locationName(), node(field, value));
            }
        }
        return object;
    }

    static JsonNode node(SdkField<?> field, Object value) {
        if (value instanceof Collection<?> list) {
            ArrayNode array = JSON.arrayNode();
            list.forEach(element -> array.add(node(Fields.elementOf(field), element)));
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode object = JSON.objectNode();
            map.forEach((key, element) -> object.set(key.toString(), node(Fields.mapValueOf(field), element)));
            return object;
        }
        if (value instanceof Document document) {
            return Documents.write(document);
        }
        return value instanceof SdkPojo pojo ? object(pojo) : scalar(field, value);
    }

    private static JsonNode scalar(SdkField<?> field, Object value) {
        String text = Scalars.print(field, value, TimestampFormatTrait.Format.UNIX_TIMESTAMP);
        if (value instanceof Boolean bool) {
            return JSON.booleanNode(bool);
        }
        return value instanceof Number || (value instanceof Instant && isNumber(text))
                ? DecimalNode.valueOf(new BigDecimal(text))
                : JSON.textNode(text);
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.' || c == '-');
    }
}
