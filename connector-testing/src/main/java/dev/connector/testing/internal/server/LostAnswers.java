package dev.connector.testing.internal.server;

import dev.connector.testing.Fault;
import dev.connector.testing.internal.time.VirtualTime;
import dev.connector.testing.internal.wire.WireResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/** The faults in which the caller gets no answer that it could read. */
final class LostAnswers {

    private static final Duration SLOW = Duration.ofSeconds(30);

    private LostAnswers() {}

    static WireResponse lose(Fault fault, VirtualTime time, String requestId) throws IOException, InterruptedException {
        return switch (fault) {
            case GARBAGE_BODY -> garbage(requestId);
            case SLOW_BEFORE, SLOW_AFTER -> {
                time.sleepOrPass(SLOW);
                throw ApiCallTimeoutException.create(SLOW.toMillis());
            }
            default -> throw new IOException("Connection reset, by the fault " + fault);
        };
    }

    private static WireResponse garbage(String requestId) {
        SdkBytes body = SdkBytes.fromUtf8String("{<!not what any service writes");
        return new WireResponse(200, Map.of(WireResponse.REQUEST_ID, requestId), body);
    }
}
