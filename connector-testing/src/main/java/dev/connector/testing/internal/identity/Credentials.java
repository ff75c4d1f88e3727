package dev.connector.testing.internal.identity;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All access keys and other secrets that were given out. Not thread-safe. */
public final class Credentials {

    /** Why an access key is not taken. */
    public enum Rejection {
        MISSING,
        INVALID,
        EXPIRED
    }

    /** The key is not taken. */
    public static final class RejectedException extends Exception {
        private static final long serialVersionUID = 1;

        private final Rejection rejection;

        RejectedException(Rejection rejection) {
            super(rejection.name());
            this.rejection = rejection;
        }

        public Rejection rejection() {
            return rejection;
        }
    }

    private final Map<String, Credential> byAccessKeyId = new HashMap<>();
    private final Map<String, String> namesOfSecrets = new HashMap<>();
    private final Ids ids;

    public Credentials(Ids ids) {
        this.ids = ids;
    }

    /** A new key: that of a session has a token besides. */
    public Credential issue(Identity identity) {
        boolean session = identity.session() != null;
        Credential credential = new Credential(
                ids.unique(session ? "ASIA" : "AKIA", 20),
                ids.secret("SimSecret+", 40),
                session ? ids.secret("SimToken+", 120) : null,
                identity);
        byAccessKeyId.put(credential.accessKeyId(), credential);
        keepSecret("the access key id of " + identity.arn(), credential.accessKeyId());
        keepSecret("the secret access key of " + identity.arn(), credential.secretAccessKey());
        if (credential.sessionToken() != null) {
            keepSecret("the session token of " + identity.arn(), credential.sessionToken());
        }
        return credential;
    }

    /** A new external ID. */
    public String issueExternalId() {
        String externalId = ids.uuid();
        keepSecret("the external ID of a runtime role", externalId);
        return externalId;
    }

    /** Remembers a secret that was given out or came in; one that is known keeps its name. */
    public void keepSecret(String name, String value) {
        namesOfSecrets.putIfAbsent(value, name);
    }

    /** All secrets so far, and what they are. */
    public Map<String, String> namesOfSecrets() {
        return Map.copyOf(namesOfSecrets);
    }

    /** Whose key it is. The signature itself is not looked at: the SDK's signer needs no test here. */
    public Identity authenticate(@Nullable String accessKeyId, @Nullable String sessionToken, Instant now)
            throws RejectedException {
        if (accessKeyId == null) {
            throw new RejectedException(Rejection.MISSING);
        }
        Credential credential = byAccessKeyId.get(accessKeyId);
        if (credential == null || !Objects.equals(credential.sessionToken(), sessionToken)) {
            throw new RejectedException(Rejection.INVALID);
        }
        Session session = credential.identity().session();
        if (session != null && !now.isBefore(session.expiration())) {
            throw new RejectedException(Rejection.EXPIRED);
        }
        return credential.identity();
    }
}
