package dev.connector.core;

import dev.connector.core.RoleAssumptionException.Reason;
import dev.connector.core.internal.Redaction;
import dev.connector.core.internal.Session;
import dev.connector.core.internal.SessionLoader;
import dev.connector.core.internal.SessionSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;

/**
 * Calls AWS STS, for either link of the chain: the one place that does.
 *
 * <p>Thread-safe. Each call ends after the limit at the latest, if the client heeds the limit that the request carries.
 */
final class RoleAssumer {

    static final String ASSUME_ROLE = "sts:AssumeRole";
    static final String GET_CALLER_IDENTITY = "sts:GetCallerIdentity";

    private static final Logger LOG = LoggerFactory.getLogger(RoleAssumer.class);

    private final StsClient sts;
    private final Duration limit;
    private final ConnectorClock clock;
    private final ConnectorListener listener;
    private final Retries retries;

    /**
     * Makes the object.
     *
     * @param limit how long one link of the chain may take, waits between attempts included
     * @param listener one that does not throw
     * @param retries how calls are attempted
     */
    RoleAssumer(StsClient sts, Duration limit, ConnectorClock clock, ConnectorListener listener, Retries retries) {
        this.sts = sts;
        this.limit = limit;
        this.clock = clock;
        this.listener = listener;
        this.retries = retries;
    }

    /** Whoever assumes a role: whose credentials sign the request. */
    interface Caller {

        /**
         * The caller's present credentials.
         *
         * @return credentials, or empty to sign with what the client itself has
         * @throws RoleAssumptionException if there are none
         */
        Optional<AwsCredentials> credentials();

        /** AWS called the credentials expired that were given out last. */
        void expired();
    }

    /** Makes the caller of one session, to be used by one thread. */
    interface Callers {

        /**
         * A caller.
         *
         * @param assumer to ask AWS with
         * @param failures to throw
         */
        Caller caller(RoleAssumer assumer, StsFailures failures);
    }

    /** What opens a session. */
    SessionLoader loader(SessionSpec spec, Callers callers) {
        return new Loader(spec, callers);
    }

    /** The ARN of whom AWS takes the credentials for. */
    String callerIdentity(Optional<AwsCredentials> credentials, StsFailures failures) {
        long started = clock.nanos();
        String arn;
        try {
            arn = retries.call(
                            GET_CALLER_IDENTITY,
                            limit,
                            () -> {},
                            () -> withoutSecrets(
                                    Optional.empty(),
                                    credentials,
                                    () -> sts.getCallerIdentity(GetCallerIdentityRequest.builder()
                                            .overrideConfiguration(override(credentials, started))
                                            .build())))
                    .arn();
        } catch (AwsCallException failed) {
            throw failures.translate(failed.failure());
        }
        if (arn == null) {
            throw new IllegalStateException("The client answered " + GET_CALLER_IDENTITY
                    + " without an ARN. A mocked client must answer the caller's.");
        }
        return arn;
    }

    private AwsRequestOverrideConfiguration override(Optional<AwsCredentials> credentials, long started) {
        Duration left = limit.minusNanos(clock.nanos() - started);
        AwsRequestOverrideConfiguration.Builder override = AwsRequestOverrideConfiguration.builder()
                .apiCallTimeout(left.compareTo(Duration.ZERO) > 0 ? left : Duration.ofMillis(1));
        credentials.map(StaticCredentialsProvider::create).ifPresent(override::credentialsProvider);
        return override.build();
    }

    /** What the client throws is cleaned here, before retries, listeners, logs or callers get hold of it. */
    private static <T> T withoutSecrets(
            Optional<String> externalId, Optional<AwsCredentials> credentials, Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException thrown) {
            throw Redaction.of(secrets(externalId, credentials)).cleaned(thrown);
        }
    }

    private static List<String> secrets(Optional<String> externalId, Optional<AwsCredentials> credentials) {
        return Stream.of(
                        externalId,
                        credentials.map(caller -> caller.secretAccessKey()),
                        credentials
                                .filter(AwsSessionCredentials.class::isInstance)
                                .map(session -> ((AwsSessionCredentials) session).sessionToken()))
                .flatMap(Optional::stream)
                .filter(secret -> !secret.isEmpty())
                .toList();
    }

    private final class Loader implements SessionLoader {

        private final SessionSpec spec;
        private final StsFailures failures;
        private final Callers callers;

        private Loader(SessionSpec spec, Callers callers) {
            this.spec = spec;
            this.failures = new StsFailures(spec);
            this.callers = callers;
        }

        @Override
        public Session load() {
            long started = clock.nanos();
            try {
                Session session = new Attempts(spec, failures, callers.caller(RoleAssumer.this, failures)).run();
                tell(started, Optional.empty());
                return session;
            } catch (RoleAssumptionException failed) {
                tell(started, Optional.of(failed.awsFailure(ASSUME_ROLE)));
                throw failed;
            }
        }

        private void tell(long started, Optional<AwsFailure> failure) {
            listener.onRefresh(ImmutableRefresh.builder()
                    .roleArn(spec.roleArn().toString())
                    .duration(Duration.ofNanos(clock.nanos() - started))
                    .failure(failure)
                    .build());
        }

        @Override
        public RuntimeException interrupted() {
            return failures.translate(AwsFailure.interrupted(ASSUME_ROLE));
        }

        @Override
        public RuntimeException timedOut(Duration waited) {
            return failures.translate(AwsFailure.of(ASSUME_ROLE, ApiCallTimeoutException.create(waited.toMillis())));
        }

        @Override
        public RuntimeException shared(RuntimeException failure) {
            return failure instanceof RoleAssumptionException failed ? failed.forThisThread() : failure;
        }
    }

    /** The attempts to open one session, all on one thread. */
    private final class Attempts {

        private final SessionSpec spec;
        private final StsFailures failures;
        private final Caller caller;

        private Optional<AwsCredentials> credentials = Optional.empty();
        private long started;
        private long sent;

        private Attempts(SessionSpec spec, StsFailures failures, Caller caller) {
            this.spec = spec;
            this.failures = failures;
            this.caller = caller;
        }

        private Session run() {
            askCaller();
            AssumeRoleResponse answer;
            try {
                answer = retries.call(ASSUME_ROLE, limit, this::askCallerAgain, this::send);
            } catch (AwsCallException failed) {
                throw failures.translate(failed.failure());
            }
            return session(answer);
        }

        private void askCaller() {
            credentials = caller.credentials();
            started = clock.nanos();
        }

        private void askCallerAgain() {
            caller.expired();
            askCaller();
        }

        private AssumeRoleResponse send() {
            sent = clock.nanos();
            AssumeRoleRequest request = AssumeRoleRequest.builder()
                    .roleArn(spec.roleArn().toString())
                    .roleSessionName(spec.sessionName())
                    .durationSeconds((int) spec.duration().toSeconds())
                    .externalId(spec.externalId().orElse(null))
                    .policy(spec.policy().map(PolicyDocument::toJson).orElse(null))
                    .overrideConfiguration(override(credentials, started))
                    .build();
            return withoutSecrets(spec.externalId(), credentials, () -> sts.assumeRole(request));
        }

        private Session session(AssumeRoleResponse answer) {
            Credentials opened = complete(answer.credentials());
            long now = clock.nanos();
            Instant wall = clock.instant();
            Instant expiration = opened.expiration();
            Session session = Session.of(
                    AwsSessionCredentials.builder()
                            .accessKeyId(opened.accessKeyId())
                            .secretAccessKey(opened.secretAccessKey())
                            .sessionToken(opened.sessionToken())
                            .expirationTime(expiration)
                            .accountId(spec.roleArn().accountId())
                            .build(),
                    now,
                    deadline(now, wall, expiration));
            if (!session.isUsable(now)) {
                throw failures.because(
                        Reason.CLOCK_SKEWED,
                        "AWS answered with a session until " + expiration + ", but here it is " + wall);
            }
            LOG.debug(
                    "Opened a session. [session={}, expiration={}, packedPolicySize={}]",
                    spec,
                    expiration,
                    answer.packedPolicySize());
            return session;
        }

        private Credentials complete(@Nullable Credentials opened) {
            if (opened == null
                    || opened.accessKeyId() == null
                    || opened.secretAccessKey() == null
                    || opened.sessionToken() == null) {
                throw new IllegalStateException("The client answered " + ASSUME_ROLE + " without complete credentials."
                        + " A mocked client must answer all three parts of them.");
            }
            return opened;
        }

        /** Both limits of a session as one instant of the monotonic clock: what was asked for, and what AWS says, whichever is sooner. */
        private long deadline(long now, Instant wall, @Nullable Instant expiration) {
            long byRequest = sent + spec.duration().toNanos();
            if (expiration == null || !wall.plus(spec.duration()).isAfter(expiration)) {
                return byRequest;
            }
            long byExpiration = now + Duration.between(wall, expiration).toNanos();
            return byExpiration - byRequest < 0 ? byExpiration : byRequest;
        }
    }
}
