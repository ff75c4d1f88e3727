package dev.connector.testing.internal.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;

/** Fills a request's builder from a JSON object. Members that the operation does not know are left out, as on AWS. */
final class JsonReader {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private JsonReader() {}

    static void fill(SdkPojo builder, String json) {
        if (!json.isEmpty()) {
            fill(builder, parse(json));
        }
    }

    private static JsonNode parse(String json) {
        try {
            JsonNode body = MAPPER.readTree(json);
            if (!body.isObject()) {
                throw new WireFormatException("The body is no JSON object");
            }
            return body;
        } catch (JsonProcessingException | NumberFormatException e) {
            throw new WireFormatException("The body is no JSON", e);
        }
    }

    private static void fill(SdkPojo builder, JsonNode object) {
        for (SdkField<?> field : builder.sdkFields()) {
            JsonNode value = object.get(field.locationName());
            if (field.location() == MarshallLocation.PAYLOAD && value != null && !value.isNull()) {
                field.set(builder, value(field, value));
            }
        }
    }

    private static Object value(SdkField<?> field, JsonNode node) {
        return switch (Scalars.type(field)) {
            case LIST -> list(field, require(node.isArray(), field, node));
            case MAP -> map(field, require(node.isObject(), field, node));
            case SDK_POJO -> struct(field, require(node.isObject(), field, node));
            case DOCUMENT -> Documents.read(node);
            default -> scalar(field, require(node.isValueNode() && !node.isNull(), field, node));
        };
    }

    private static JsonNode require(boolean isOfType, SdkField<?> field, JsonNode node) {
        if (!isOfType) {
            throw new WireFormatException("The value of " + field.memberName() + " is no " + Scalars.type(field));
        }
        return node;
    }

    private static Object scalar(SdkField<?> field, JsonNode node) {
        return Scalars.parse(field, node.asText(), TimestampFormatTrait.Format.UNIX_TIMESTAMP);
    }

    private static Object struct(SdkField<?> field, JsonNode node) {
        SdkPojo builder = field.constructor().get();
        fill(builder, node);
        return Fields.build(builder);
    }

    private static List<Object> list(SdkField<?> field, JsonNode node) {
        List<Object> values = new ArrayList<>();
        node.forEach(element -> values.add(value(Fields.elementOf(field), element)));
        return values;
    }

    private static Map<String, Object> map(SdkField<?> field, JsonNode node) {
        Map<String, Object> values = new LinkedHashMap<>();
        node.properties()
                .forEach(entry -> values.put(entry.getKey(), value(Fields.mapValueOf(field), entry.getValue())));
        return values;
    }
}
