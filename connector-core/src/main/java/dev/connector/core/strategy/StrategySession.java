package dev.connector.core.strategy;

import dev.connector.core.RoleSession;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/**
 * The credentials for the calls of one verb: each request carries them, so one client, and one mock, serves all sessions.
 *
 * <p>For the one thread that does the work of the verb. For people who write strategies.
 */
public final class StrategySession {

    private final @Nullable RoleSession session;
    private final @Nullable AwsCredentialsProvider source;
    private @Nullable AwsCredentials used;
    private @Nullable AwsRequestOverrideConfiguration withUsed;

    private StrategySession(@Nullable RoleSession session) {
        this.session = session;
        this.source = session == null ? null : session.credentialsProvider();
    }

    static StrategySession of(RoleSession session) {
        return new StrategySession(session);
    }

    /**
     * The credentials that the client has anyway, for a strategy that was given a client and no connector.
     *
     * @return a session that leaves requests alone
     */
    public static StrategySession clientsOwn() {
        return new StrategySession(null);
    }

    /**
     * Puts the session's credentials on a request, beside what its override configuration holds already; leaves it alone if the strategy was given a client and
     * no connector. To be called anew for each attempt.
     *
     * @param <B> the request's builder
     * @param request the request
     * @return the same builder
     * @throws dev.connector.core.RoleAssumptionException if AWS gives no session
     */
    public <B extends AwsRequest.Builder> B authorize(B request) {
        if (source != null) {
            AwsCredentials resolved = source.resolveCredentials();
            if (resolved != used) {
                used = resolved;
                withUsed = with(AwsRequestOverrideConfiguration.builder(), resolved);
            }
            AwsRequestOverrideConfiguration present = request.overrideConfiguration();
            request.overrideConfiguration(present == null ? withUsed : with(present.toBuilder(), resolved));
        }
        return request;
    }

    private static AwsRequestOverrideConfiguration with(
            AwsRequestOverrideConfiguration.Builder override, AwsCredentials credentials) {
        return override.credentialsProvider(() -> credentials).build();
    }

    /**
     * Drops the credentials that the last request carried, since AWS called them expired. Another session that was opened meanwhile stays, so that many threads
     * that fail at once cost one new session.
     */
    public void evict() {
        if (session != null && used != null) {
            session.evict(used);
        }
    }
}
