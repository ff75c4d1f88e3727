package dev.connector.testing.internal.wire;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;

/** REST with JSON: method and path say what is wanted; fields stand in path, query string, headers and body. */
public record RestJsonProtocol() implements Protocol {

    private static final String JSON = "application/json";

    @Override
    public Optional<String> operation(WireRequest request, Collection<Route> routes) {
        return routes.stream()
                .filter(route -> route.matches(request))
                .map(Route::operation)
                .findFirst();
    }

    @Override
    public <T> T read(WireRequest request, Route route, Shape<T> shape) {
        SdkPojo builder = shape.newBuilder();
        Map<String, String> path = route.pathParameters(request).orElseThrow();
        for (SdkField<?> field : builder.sdkFields()) {
            Object value = outsideOfBody(field, request, path);
            if (value != null) {
                field.set(builder, value);
            }
        }
        readBody(builder, request);
        return shape.build(builder);
    }

    @Override
    public WireResponse write(String operation, Object response, String requestId) {
        SdkPojo pojo = (SdkPojo) response;
        Map<String, String> headers = JsonProtocol.headers(JSON, requestId);
        headers.putAll(headerFields(pojo));
        return new WireResponse(status(pojo), headers, body(pojo));
    }

    @Override
    public WireResponse error(WireError error, String requestId) {
        WireResponse plain = JsonProtocol.error(error, requestId, JSON);
        if (error.details() == null) {
            return plain;
        }
        Map<String, String> headers = new LinkedHashMap<>(plain.headers());
        headers.putAll(headerFields(error.details()));
        return new WireResponse(plain.status(), headers, plain.body());
    }

    private static @Nullable Object outsideOfBody(SdkField<?> field, WireRequest request, Map<String, String> path) {
        return switch (field.location()) {
            case PATH, GREEDY_PATH -> text(field, path.get(field.locationName()));
            case HEADER -> text(field, request.header(field.locationName()).orElse(null));
            case QUERY_PARAM -> queryParameter(field, request.query().getOrDefault(field.locationName(), List.of()));
            case PAYLOAD, STATUS_CODE -> null;
        };
    }

    private static @Nullable Object queryParameter(SdkField<?> field, List<String> values) {
        if (values.isEmpty()) {
            return null;
        }
        return Scalars.type(field) == MarshallingKnownType.LIST
                ? values.stream()
                        .map(value -> text(Fields.elementOf(field), value))
                        .toList()
                : text(field, values.get(0));
    }

    private static @Nullable Object text(SdkField<?> field, @Nullable String text) {
        return text == null ? null : Scalars.parse(field, text, format(field));
    }

    private static void readBody(SdkPojo builder, WireRequest request) {
        Optional<SdkField<?>> payload = Fields.payload(builder);
        if (payload.isEmpty()) {
            JsonReader.fill(builder, request.text());
        } else if (Scalars.type(payload.get()) == MarshallingKnownType.SDK_BYTES) {
            payload.get().set(builder, request.body());
        } else {
            throw new UnsupportedOperationException(
                    "No such body is read: " + payload.get().memberName());
        }
    }

    private static Map<String, String> headerFields(SdkPojo pojo) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (SdkField<?> field : pojo.sdkFields()) {
            Object value = field.location() == MarshallLocation.HEADER ? Fields.valueOf(field, pojo) : null;
            if (value != null) {
                headers.put(field.locationName(), Scalars.print(field, value, format(field)));
            }
        }
        return headers;
    }

    private static int status(SdkPojo pojo) {
        return pojo.sdkFields().stream()
                .filter(field -> field.location() == MarshallLocation.STATUS_CODE)
                .map(field -> Fields.valueOf(field, pojo))
                .filter(Integer.class::isInstance)
                .map(Integer.class::cast)
                .findFirst()
                .orElse(200);
    }

    private static SdkBytes body(SdkPojo pojo) {
        Optional<SdkField<?>> payload = Fields.payload(pojo);
        if (payload.isEmpty()) {
            return SdkBytes.fromUtf8String(JsonWriter.object(pojo).toString());
        }
        return Fields.valueOf(payload.get(), pojo) instanceof SdkBytes bytes ? bytes : SdkBytes.fromUtf8String("");
    }

    private static TimestampFormatTrait.Format format(SdkField<?> field) {
        return field.location() == MarshallLocation.HEADER
                ? TimestampFormatTrait.Format.RFC_822
                : TimestampFormatTrait.Format.ISO_8601;
    }
}
