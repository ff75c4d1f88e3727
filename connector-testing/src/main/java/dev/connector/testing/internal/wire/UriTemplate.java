package dev.connector.testing.internal.wire;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** A path with names in braces, each of which stands for one segment. The path is matched as it is sent, then decoded. */
public final class UriTemplate {

    private final List<String> segments;

    private UriTemplate(List<String> segments) {
        this.segments = segments;
    }

    static UriTemplate of(String template) {
        return new UriTemplate(split(template));
    }

    Optional<Map<String, String>> match(String encodedPath) {
        List<String> actual = split(encodedPath);
        if (actual.size() != segments.size()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i < actual.size(); i++) {
            String expected = segments.get(i);
            if (expected.startsWith("{")) {
                parameters.put(expected.substring(1, expected.length() - 1), decode(actual.get(i)));
            } else if (!expected.equals(actual.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    private static String decode(String segment) {
        try {
            return SdkHttpUtils.urlDecode(segment);
        } catch (IllegalArgumentException e) {
            throw new WireFormatException("The path is not percent-encoded as it should be", e);
        }
    }

    private static List<String> split(String path) {
        return List.of(path.split("/", -1));
    }
}
