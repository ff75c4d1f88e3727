package dev.connector.testing.internal.wire;

import java.util.Collection;
import java.util.Optional;

/** How a service writes its requests and answers. Stateless. */
public sealed interface Protocol permits QueryProtocol, JsonProtocol, RestJsonProtocol {

    /** The operation that a request asks for, which need not be among the routes; empty if it names none. */
    Optional<String> operation(WireRequest request, Collection<Route> routes);

    /**
     * Reads a request.
     *
     * @throws WireFormatException if it is not of this protocol or has values that the operation's fields cannot hold
     */
    <T> T read(WireRequest request, Route route, Shape<T> shape);

    /** Writes the SDK's response object as the service would have sent it. */
    WireResponse write(String operation, Object response, String requestId);

    /** Writes an error as the service would have sent it. */
    WireResponse error(WireError error, String requestId);

    /** The protocol that a request seems to be of, for services that are not known. */
    static Protocol guess(WireRequest request) {
        if (request.header("X-Amz-Target").isPresent()) {
            return new JsonProtocol();
        }
        return request.header("Content-Type").orElse("").startsWith(QueryProtocol.CONTENT_TYPE)
                ? new QueryProtocol("")
                : new RestJsonProtocol();
    }
}
