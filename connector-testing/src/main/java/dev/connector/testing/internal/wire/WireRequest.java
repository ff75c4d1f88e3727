package dev.connector.testing.internal.wire;

import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
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

    public WireRequest {
        Map<String, List<String>> inAnyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        inAnyCase.putAll(headers);
        headers = inAnyCase;
    }

    /**
     * The decoded parameters of a query string.
     *
     * @param encoded what stands behind the question mark; null if there is none
     * @throws WireFormatException if it is not percent-encoded as it should be
     */
    public static Map<String, List<String>> query(@Nullable String encoded) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        if (encoded != null && !encoded.isEmpty()) {
            for (String parameter : encoded.split("&", -1)) {
                String[] nameAndValue = parameter.split("=", 2);
                query.computeIfAbsent(decode(nameAndValue[0]), name -> new ArrayList<>())
                        .add(nameAndValue.length == 1 ? "" : decode(nameAndValue[1]));
            }
        }
        return query;
    }

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

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new WireFormatException("The query string is not percent-encoded as it should be", e);
        }
    }

    /** Says no more than where the request went: headers and body hold credentials. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
