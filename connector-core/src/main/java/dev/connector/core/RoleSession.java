package dev.connector.core;

import dev.connector.core.internal.SessionHandle;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;

/**
 * The session of a narrow role, opened from the runtime role's session when it is first needed, and replaced before it ends.
 *
 * <p>Thread-safe, and meant to be kept: while its session is good, the provider answers without a lock and without a wait. Sessions of equal
 * {@link ConnectorRole}s are one. It is as good as its {@link RuntimeConnector}, which it does not close.
 *
 * <p><b>Calls and waiting:</b> the first use waits for AWS STS; threads that come meanwhile wait for the same call and share its outcome.
 * Five minutes before the session's end, or a sixth of its life if that is less, one caller waits for its replacement while all others go on
 * with what there is. If that fails, it is tried again after a second, doubling to 30 s, and logged as a warning. In its last ten seconds, or
 * the last tenth of its life if that is less, a session is not handed out any more: a caller gets a new one or a {@link RoleAssumptionException}, never an old one.
 *
 * <p><b>AWS permissions:</b> the runtime role needs {@code sts:AssumeRole} on the role, and the role's trust policy must name the runtime role.
 */
public final class RoleSession {

    private final RuntimeConnector connector;
    private final RoleArn roleArn;
    private final SessionHandle session;
    private final AwsCredentialsProvider credentials;

    RoleSession(RuntimeConnector connector, RoleArn roleArn, SessionHandle session) {
        this.connector = connector;
        this.roleArn = roleArn;
        this.session = session;
        this.credentials = session.provider();
    }

    /**
     * The role.
     *
     * @return its ARN
     */
    public RoleArn roleArn() {
        return roleArn;
    }

    /**
     * The role's credentials, asked for at each call, so that none outlives its session. It may be used for as long as the connector is open;
     * its {@code resolveCredentials()} throws {@link RoleAssumptionException} if there is no session, and {@link IllegalStateException} once the
     * connector is closed.
     *
     * @return always the same provider, thread-safe, which prints no credentials
     */
    public AwsCredentialsProvider credentialsProvider() {
        return credentials;
    }

    /**
     * Prepares the builder of a client that acts with this role, as {@link RuntimeConnector#configure} does.
     *
     * @param <B> the client's builder
     * @param builder the builder, whose other settings stay
     * @return the same builder
     * @throws IllegalStateException once the connector is closed
     */
    public <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configure(B builder) {
        return connector.configure(builder, credentials);
    }

    /**
     * Opens a new session now and waits for it, whatever there is. Other threads go on with the present one meanwhile. A call to AWS STS that is
     * under way already will do. May be repeated.
     *
     * @throws RoleAssumptionException if there is no new session; the present one is then kept for as long as it is good
     * @throws IllegalStateException once the connector is closed
     */
    public void refresh() {
        session.refresh();
    }

    /**
     * Drops the session: the next use opens a new one. For a session that a service has called expired. Sends nothing, and may be repeated.
     */
    public void evict() {
        session.evict();
    }

    /**
     * Drops the session if it still has these credentials, so that many threads that saw the same ones fail cost one new session and not many. Sends
     * nothing, and may be repeated.
     *
     * @param failed the credentials that a service has called expired
     */
    public void evict(AwsCredentials failed) {
        session.evict(failed);
    }

    @Override
    public String toString() {
        return "RoleSession{" + session.spec() + "}";
    }
}
