package dev.connector.core.strategy;

import dev.connector.core.RoleSession;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/**
 * The credentials for the calls of one verb: each request carries them, so one client, and one mock, serves all sessions.
 *
 * <p>Thread-safe. For people who write strategies.
 */
public final class StrategySession {

    private static final StrategySession CLIENTS_OWN = new StrategySession(null);

    private final @Nullable RoleSession session;
    private final @Nullable AwsRequestOverrideConfiguration credentials;

    private StrategySession(@Nullable RoleSession session) {
        this.session = session;
        this.credentials = session == null
                ? null
                : AwsRequestOverrideConfiguration.builder()
                        .credentialsProvider(session.credentialsProvider())
                        .build();
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
        return CLIENTS_OWN;
    }

    /**
     * Puts the session's credentials on a request; leaves it alone if the strategy was given a client and no connector.
     *
     * @param <B> the request's builder
     * @param request the request
     * @return the same builder
     */
    public <B extends AwsRequest.Builder> B authorize(B request) {
        if (credentials != null) {
            request.overrideConfiguration(credentials);
        }
        return request;
    }

    /** Drops the credentials, which AWS called expired, so that the next request gets new ones. */
    public void evict() {
        if (session != null) {
            session.evict();
        }
    }
}
