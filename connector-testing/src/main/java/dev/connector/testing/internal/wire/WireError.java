package dev.connector.testing.internal.wire;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/**
 * An error as a service answers it.
 *
 * @param code the code on the wire, which is not always the name of the SDK's class
 * @param status the HTTP status
 * @param message the text
 * @param details further fields, as the service's own exception holds them; null if there are none
 */
public record WireError(
        String code, int status, String message, @Nullable SdkPojo details) {

    public WireError(String code, int status, String message) {
        this(code, status, message, null);
    }

    boolean isCallersFault() {
        return status < 500;
    }
}
