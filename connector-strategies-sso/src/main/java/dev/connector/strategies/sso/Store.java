package dev.connector.strategies.sso;

import dev.connector.core.Retries;
import dev.connector.core.strategy.Deadline;
import dev.connector.core.strategy.StrategySession;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;

/**
 * One strategy's access to the Identity Store.
 *
 * @param client the client
 * @param retries of all calls
 * @param pace of each attempt
 */
record Store(IdentitystoreClient client, Retries retries, CallPace pace) {

    /** Makes a call at the store's pace. */
    <T> T call(
            String operation, StrategySession session, Deadline deadline, Duration limit, Supplier<@Nullable T> call) {
        return retries.call(operation, limit, session::evict, () -> {
            pace.await(operation, deadline.remaining());
            return call.get();
        });
    }
}
