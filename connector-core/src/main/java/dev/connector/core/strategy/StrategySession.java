package dev.connector.core.strategy;

import dev.connector.core.RoleSession;
import java.util.function.Function;
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
    private final Function<AwsCredentials, Authorization> authorizations;
    private @Nullable AwsCredentials used;

    private StrategySession(@Nullable RoleSession session, Function<AwsCredentials, Authorization> authorizations) {
        this.session = session;
        this.source = session == null ? null : session.credentialsProvider();
        this.authorizations = authorizations;
    }

    static StrategySession of(RoleSession session, Function<AwsCredentials, Authorization> authorizations) {
        return new StrategySession(session, authorizations);
    }

    /**
     * The credentials that the client has anyway, for a strategy that was given a client and no connector.
     *
     * @return a session that leaves requests alone
     */
    public static StrategySession clientsOwn() {
        return new StrategySession(null, Authorization::with);
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
            used = source.resolveCredentials();
            Authorization authorization = authorizations.apply(used);
            AwsRequestOverrideConfiguration present = request.overrideConfiguration();
            request.overrideConfiguration(present == null ? authorization.override() : authorization.beside(present));
        }
        return request;
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
