package dev.connector.core.internal;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * Credentials and the two instants that matter, both on the monotonic clock, where no step of the wall clock can move them.
 *
 * <p>Immutable. It prints no credentials.
 */
public final class Session {

    /** How long before its end a session is replaced, if it lives long enough. */
    static final Duration PREFETCH = Duration.ofMinutes(5);

    /** How long before its end a session is no longer handed out, so that a call which is just being signed still arrives in time. */
    static final Duration MARGIN = Duration.ofSeconds(10);

    private final AwsSessionCredentials credentials;
    private final long refreshAt;
    private final long staleAt;

    private Session(AwsSessionCredentials credentials, long refreshAt, long staleAt) {
        this.credentials = credentials;
        this.refreshAt = refreshAt;
        this.staleAt = staleAt;
    }

    /**
     * A session that AWS has just opened. It is to be replaced five minutes before its end, or a sixth of its life if that is less; it is not
     * handed out in its last ten seconds, or the last tenth of its life if that is less.
     *
     * @param credentials what AWS answered
     * @param now the monotonic clock
     * @param deadline when it ends, on the same clock
     * @return the session
     */
    public static Session of(AwsSessionCredentials credentials, long now, long deadline) {
        long life = deadline - now;
        return new Session(
                credentials,
                deadline - Math.min(PREFETCH.toNanos(), life / 6),
                deadline - Math.min(MARGIN.toNanos(), life / 10));
    }

    /**
     * What calls are signed with.
     *
     * @return always the same object
     */
    public AwsSessionCredentials credentials() {
        return credentials;
    }

    /**
     * Tells whether it may still be handed out.
     *
     * @param now the monotonic clock
     * @return whether it is not in its last seconds, nor over
     */
    public boolean isUsable(long now) {
        return now - staleAt < 0;
    }

    long refreshAt() {
        return refreshAt;
    }

    long staleAt() {
        return staleAt;
    }

    @Override
    public String toString() {
        return "Session{***}";
    }
}
