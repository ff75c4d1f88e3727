package dev.connector.testing.internal.wire;

import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;

/**
 * An answer as it is sent.
 *
 * @param status the HTTP status
 * @param headers the headers
 * @param body the body
 */
public record WireResponse(int status, Map<String, String> headers, SdkBytes body) {

    public static final String REQUEST_ID = "x-amzn-RequestId";

    public static WireResponse of(int status, Map<String, String> headers, String body) {
        return new WireResponse(status, headers, SdkBytes.fromUtf8String(body));
    }

    /** Says no more than the status: the body may hold credentials. */
    @Override
    public String toString() {
        return "HTTP " + status;
    }
}
