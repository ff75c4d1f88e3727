package dev.connector.testing.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.document.Document;

/** Values for which the service's model has no type: any JSON. */
final class Documents {

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
