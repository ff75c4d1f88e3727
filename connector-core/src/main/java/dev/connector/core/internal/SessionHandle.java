package dev.connector.core.internal;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Holds on to one session of a {@link SessionCache}, also after the cache has given its cell up.
 *
 * <p>Thread-safe. Each method but {@link #evict()} blocks while a session is opened, if one has to be.
 */
public final class SessionHandle {

    private final SessionCache cache;
    private final SessionSpec spec;

    /** Not volatile: a thread that sees an old cell finds it retired, and asks the cache. All that a cell needs to be seen whole is final. */
    private SessionCell cell;

    SessionHandle(SessionCache cache, SessionSpec spec, SessionCell cell) {
        this.cache = cache;
        this.spec = spec;
        this.cell = cell;
    }

    /**
     * Which session it is.
     *
     * @return its parts
     */
    public SessionSpec spec() {
        return spec;
    }

    /**
     * The session, opened if need be.
     *
     * @return a usable session
     * @throws dev.connector.core.RoleAssumptionException if there is none
     * @throws IllegalStateException if the cache is closed
     */
    public Session resolve() {
        Session session = cell.hit();
        while (session == null) {
            SessionCell present = present();
            session = present.resolve();
            forgetIfRetired(present, session == null);
        }
        return session;
    }

    /**
     * A new session, whatever there is.
     *
     * @throws dev.connector.core.RoleAssumptionException if there is none; the present session is then kept
     * @throws IllegalStateException if the cache is closed
     */
    public void refresh() {
        Session session = null;
        while (session == null) {
            SessionCell present = present();
            session = present.refresh();
            forgetIfRetired(present, session == null);
        }
    }

    /** Drops the session: the next use opens a new one. */
    public void evict() {
        cache.evict(spec);
    }

    /**
     * Drops the session if it still is the one that failed.
     *
     * @param failed the credentials that were used
     */
    public void evict(AwsCredentials failed) {
        cache.evict(spec, failed);
    }

    /**
     * A provider that asks for the session at each call, so that none outlives it.
     *
     * @return a provider that prints no credentials
     */
    public AwsCredentialsProvider provider() {
        return new Provider(this);
    }

    private SessionCell present() {
        SessionCell present = cache.cell(spec);
        cell = present;
        return present;
    }

    private void forgetIfRetired(SessionCell present, boolean retired) {
        if (retired) {
            cache.forget(spec, present);
        }
    }

    private record Provider(SessionHandle handle) implements AwsCredentialsProvider {

        @Override
        public AwsCredentials resolveCredentials() {
            return handle.resolve().credentials();
        }

        @Override
        public String toString() {
            return "SessionCredentials{" + handle.spec + "}";
        }
    }
}
