package dev.connector.testing.internal.wire;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the requests of one operation are known.
 *
 * @param operation the operation's name
 * @param method the HTTP method; null where the name itself is on the wire
 * @param template the path, with names in braces; null where the name itself is on the wire
 */
public record Route(
        String operation, @Nullable String method, @Nullable UriTemplate template) {

    /** The route of an operation whose name is on the wire. */
    public static Route named(String operation) {
        return new Route(operation, null, null);
    }

    /** The route of an operation that is known by method and path, such as {@code GET /things/{Name}}. */
    public static Route http(String operation, String method, String template) {
        return new Route(operation, method, UriTemplate.of(template));
    }

    boolean matches(WireRequest request) {
        return pathParameters(request).isPresent();
    }

    Optional<Map<String, String>> pathParameters(WireRequest request) {
        return template != null && request.method().equals(method) ? template.match(request.path()) : Optional.empty();
    }
}
