package dev.connector.testing.internal.wire;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;

/** Writes XML as the Query services do: elements and text, no attributes but the namespace. */
final class XmlWriter {

    private final StringBuilder out = new StringBuilder();
    private final Deque<String> open = new ArrayDeque<>();

    void open(String name) {
        out.append('<').append(name).append('>');
        open.push(name);
    }

    void open(String name, String namespace) {
        out.append('<').append(name).append(" xmlns=\"");
        escape(namespace);
        out.append("\">");
        open.push(name);
    }

    void close() {
        out.append("</").append(open.pop()).append('>');
    }

    void element(String name, String text) {
        open(name);
        escape(text);
        close();
    }

    void fields(SdkPojo pojo) {
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = Fields.valueOf(field, pojo);
            if (value != null) {
                field(field.locationName(), field, value);
            }
        }
    }

    String text() {
        return out.toString();
    }

    private void field(String name, SdkField<?> field, Object value) {
        if (value instanceof Collection<?> list) {
            list(name, field, list);
            return;
        }
        open(name);
        if (value instanceof Map<?, ?> map) {
            entries(field, map);
        } else if (value instanceof SdkPojo pojo) {
            fields(pojo);
        } else {
            escape(Scalars.print(field, value, TimestampFormatTrait.Format.ISO_8601));
        }
        close();
    }

    private void list(String name, SdkField<?> field, Collection<?> list) {
        ListTrait trait = field.getRequiredTrait(ListTrait.class);
        String member = trait.memberLocationName();
        open(name);
        for (Object element : list) {
            field(member == null ? "member" : member, trait.memberFieldInfo(), element);
        }
        close();
    }

    private void entries(SdkField<?> field, Map<?, ?> map) {
        map.forEach((key, value) -> {
            open("entry");
            element("key", key.toString());
            field("value", Fields.mapValueOf(field), value);
            close();
        });
    }

    private void escape(String text) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\r' -> out.append("&#xD;");
                default -> out.appendCodePoint(isXml(c) ? c : 0xFFFD);
            }
        });
    }

    /** XML 1.0 has no way to write the other characters. */
    private static boolean isXml(int c) {
        return (c >= 0x20 && c != 0xFFFE && c != 0xFFFF) || c == '\t' || c == '\n';
    }
}
