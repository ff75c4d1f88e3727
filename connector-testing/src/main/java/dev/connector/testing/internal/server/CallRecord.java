package dev.connector.testing.internal.server;

import dev.connector.testing.Decision;
import dev.connector.testing.Fault;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call that was received.
 *
 * @param time when, by the simulated wall clock
 * @param caller the ARN; {@code anonymous} if not authenticated
 * @param callerRole the role; null if it is none
 * @param callerAccount the account; null if not authenticated
 * @param service the service
 * @param operation the operation
 * @param resources what it was authorised on
 * @param parameters what it was called with
 * @param decision how it ended
 * @param fault the fault that it met; null if none
 * @param errorCode what it was answered; null if without error
 * @param requestId its id
 */
public record CallRecord(
        Instant time,
        String caller,
        @Nullable String callerRole,
        @Nullable String callerAccount,
        String service,
        String operation,
        List<String> resources,
        Map<String, String> parameters,
        Decision decision,
        @Nullable Fault fault,
        @Nullable String errorCode,
        String requestId) {}
