package dev.connector.testing.internal.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;

/** Fills a request's builder from a form, in which a place in the tree is spelled {@code Tags.member.1.Key}. */
final class QueryReader {

    private final NavigableMap<String, String> form;

    QueryReader(Map<String, String> form) {
        this.form = new TreeMap<>(form);
    }

    void fill(SdkPojo builder) {
        fill(builder, "");
    }

    private void fill(SdkPojo builder, String prefix) {
        for (SdkField<?> field : builder.sdkFields()) {
            Object value = value(field, prefix + field.locationName());
            if (value != null) {
                field.set(builder, value);
            }
        }
    }

    private @Nullable Object value(SdkField<?> field, String name) {
        return switch (Scalars.type(field)) {
            case LIST -> list(field, name);
            case SDK_POJO -> struct(field, name);
            case MAP, DOCUMENT -> throw new UnsupportedOperationException("No such form field is read: " + name);
            default -> scalar(field, name);
        };
    }

    private @Nullable Object scalar(SdkField<?> field, String name) {
        String text = form.get(name);
        return text == null ? null : Scalars.parse(field, text, TimestampFormatTrait.Format.ISO_8601);
    }

    private @Nullable Object struct(SdkField<?> field, String name) {
        if (!isPresent(name)) {
            return null;
        }
        SdkPojo builder = field.constructor().get();
        fill(builder, name + ".");
        return Fields.build(builder);
    }

    /** An empty list arrives as its bare name without a value. */
    private @Nullable List<Object> list(SdkField<?> field, String name) {
        SdkField<?> element = Fields.elementOf(field);
        String prefix = elementPrefix(field, name);
        List<Object> values = new ArrayList<>();
        for (int i = 1; isPresent(prefix + i); i++) {
            Object value = value(element, prefix + i);
            if (value != null) {
                values.add(value);
            }
        }
        return values.isEmpty() && !form.containsKey(name) ? null : values;
    }

    private static String elementPrefix(SdkField<?> field, String name) {
        ListTrait trait = field.getRequiredTrait(ListTrait.class);
        if (trait.isFlattened()) {
            return name + ".";
        }
        String member = trait.memberLocationName();
        return name + "." + (member == null ? "member" : member) + ".";
    }

    private boolean isPresent(String name) {
        String below = name + ".";
        String next = form.ceilingKey(below);
        return form.containsKey(name) || (next != null && next.startsWith(below));
    }
}
