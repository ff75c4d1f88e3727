package dev.connector.testing.internal.wire;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;

/**
 * A request as it arrives.
 *
 * @param method the HTTP method
 * @param path the path, still percent-encoded
 * @param query the decoded parameters of the query string
 * @param headers the headers, found in any letter case
 * @param body the body; empty where there is none
 */
public record WireRequest(
        String method, String path, Map<String, List<String>> query, Map<String, List<String>> headers, SdkBytes body) {

    public Optional<String> header(String name) {
        List<String> values = headers.get(name);
        return values == null ? Optional.empty() : Optional.of(String.join(",", values));
    }

    /**
     * The body as text.
     *
     * @throws WireFormatException if it is not UTF-8
     */
    public String text() {
        try {
            return body.asString(StandardCharsets.UTF_8);
        } catch (UncheckedIOException e) {
            throw new WireFormatException("The body is not UTF-8", e);
        }
    }

    /** Says no more than where the request went: headers and body hold credentials. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
