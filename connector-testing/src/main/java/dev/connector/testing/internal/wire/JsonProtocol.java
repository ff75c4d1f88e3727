package dev.connector.testing.internal.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** AWS JSON 1.1: one path, the operation in a header, JSON both ways. */
public record JsonProtocol() implements Protocol {

    @Override
    public Optional<String> operation(WireRequest request, Collection<Route> routes) {
        return request.header("X-Amz-Target").map(target -> target.substring(target.indexOf('.') + 1));
    }

    @Override
    public <T> T read(WireRequest request, Route route, Shape<T> shape) {
        SdkPojo builder = shape.newBuilder();
        JsonReader.fill(builder, request.text());
        return shape.build(builder);
    }

    @Override
    public WireResponse write(String operation, Object response, String requestId) {
        String body = JsonWriter.object((SdkPojo) response).toString();
        return WireResponse.of(200, headers("application/x-amz-json-1.1", requestId), body);
    }

    @Override
    public WireResponse error(WireError error, String requestId) {
        return error(error, requestId, "application/x-amz-json-1.1");
    }

    static WireResponse error(WireError error, String requestId, String contentType) {
        Map<String, String> headers = headers(contentType, requestId);
        headers.put("x-amzn-ErrorType", error.code());
        ObjectNode body = body(error.details());
        body.put("__type", error.code());
        body.put("message", error.message());
        return WireResponse.of(error.status(), headers, body.toString());
    }

    static Map<String, String> headers(String contentType, String requestId) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", contentType);
        headers.put(WireResponse.REQUEST_ID, requestId);
        return headers;
    }

    private static ObjectNode body(@Nullable SdkPojo details) {
        return details == null ? JsonWriter.empty() : JsonWriter.object(details);
    }
}
