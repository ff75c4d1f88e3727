package dev.connector.core.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Objects;

/**
 * Reads JSON from outside: bounded in size and depth, no field twice, nothing behind the end.
 *
 * <p>The text may hold secrets, and a parser's messages quote it: none is passed on, only where the fault is.
 */
public final class StrictJson {

    /** The longest text that is read. */
    public static final int MAX_CHARACTERS = 1 << 20;

    private static final int MAX_DEPTH = 32;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_CHARACTERS)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    /**
     * Reads one value.
     *
     * @param what what the text is, for messages, for instance {@code "grant"}
     * @param json the text
     * @return the value
     * @throws IllegalArgumentException if it is not strict JSON; the message quotes nothing of the text
     */
    public static JsonNode parse(String what, String json) {
        if (Objects.requireNonNull(json, "json").length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException("The JSON of the " + what + " has " + json.length()
                    + " characters; at most " + MAX_CHARACTERS + " are read.");
        }
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("The JSON of the " + what
                    + " cannot be read: it is malformed, nested too deep or holds a field twice"
                    + where(malformed.getLocation()) + ".");
        }
    }

    private static String where(JsonLocation at) {
        return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }
}
