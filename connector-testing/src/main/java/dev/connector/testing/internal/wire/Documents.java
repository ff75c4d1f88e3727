package dev.connector.testing.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.document.Document;

/** Values for which the service's model has no type: any JSON. */
final class Documents {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Documents() {}

    static Document read(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> map(node);
            case ARRAY -> list(node);
            case STRING -> Document.fromString(node.textValue());
            case NUMBER -> Document.fromNumber(node.asText());
            case BOOLEAN -> Document.fromBoolean(node.booleanValue());
            default -> Document.fromNull();
        };
    }

    static JsonNode write(Document document) {
        if (document.isMap()) {
            ObjectNode object = JSON.objectNode();
            document.asMap().forEach((name, member) -> object.set(name, write(member)));
            return object;
        } else if (document.isList()) {
            ArrayNode array = JSON.arrayNode();
            document.asList().forEach(element -> array.add(write(element)));
            return array;
        } else if (document.isString()) {
            return JSON.textNode(document.asString());
        } else if (document.isNumber()) {
            return DecimalNode.valueOf(document.asNumber().bigDecimalValue());
        }
        return document.isBoolean() ? JSON.booleanNode(document.asBoolean()) : JSON.nullNode();
    }

    private static Document map(JsonNode node) {
        Map<String, Document> members = new LinkedHashMap<>();
        node.properties().forEach(member -> members.put(member.getKey(), read(member.getValue())));
        return Document.fromMap(members);
    }

    private static Document list(JsonNode node) {
        List<Document> elements = new ArrayList<>();
        node.forEach(element -> elements.add(read(element)));
        return Document.fromList(elements);
    }
}
