package dev.connector.core;

import dev.connector.core.RoleAssumptionException.Hop;
import dev.connector.core.internal.EndpointGuard;
import dev.connector.core.internal.Printable;
import dev.connector.core.internal.SafeListener;
import dev.connector.core.internal.SessionCache;
import dev.connector.core.internal.SessionHandle;
import dev.connector.core.internal.SessionNames;
import dev.connector.core.internal.SessionSpec;
import dev.connector.core.internal.StsRules;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The service's way into an AWS account: it assumes the account's runtime role, and from that role the narrow roles that do the work.
 *
 * <p>By default it takes the service's own credentials from the SDK's default chain, opens the runtime role's session for an hour when it is
 * first needed, and lets only roles of the runtime role's own account under the path {@code /sym/} follow.
 *
 * <p>Thread-safe. One for each runtime role is enough, for as long as the service runs.
 *
 * <p><b>Close:</b> closes what it made itself, the sessions first, then its AWS STS client, its HTTP clients and its source of credentials;
 * what was passed in stays open. Afterwards no call to AWS STS is made, and use is an {@link IllegalStateException}. Clients that
 * {@link #configure} prepared must be closed before, by whoever built them. A second close does nothing.
 *
 * <p><b>AWS permissions:</b> the service's principal needs {@code sts:AssumeRole} on the runtime role, whose trust policy must name it and
 * demand the External ID. The runtime role needs {@code sts:AssumeRole} on each narrow role. {@code sts:GetCallerIdentity}, which
 * {@link Builder#expectedSource} uses, needs none.
 *
 * <p><b>Calls and waiting:</b> making one sends nothing. Using {@link #credentialsProvider()} or a {@link RoleSession} calls AWS STS where a
 * session must be opened, which takes {@link Builder#stsTimeout} for each role of the chain, and a few times that at most; {@link RoleSession} says
 * who waits.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html">The confused deputy and the
 *     External ID</a>
 */
public final class RuntimeConnector implements AutoCloseable {

    private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(2);

    private final String environment;
    private final RoleArn roleArn;
    private final Region region;
    private final String sessionName;
    private final String rolePathPrefix;
    private final Set<String> allowedAccounts;
    private final ConnectorClock clock;
    private final ConnectorListener listener;
    private final SdkHttpClient httpClient;
    private final EndpointGuard guard;
    private final SessionCache runtimeSessions;
    private final SessionCache roleSessions;
    private final SessionHandle runtime;

    /** What this object made, in the order in which it must be closed. */
    private final Deque<SdkAutoCloseable> made = new ArrayDeque<>();

    private final AtomicBoolean closed = new AtomicBoolean();

    private RuntimeConnector(
            Builder builder, RuntimeConnectorSettings settings, String environment, String sessionName) {
        this.environment = environment;
        this.roleArn = settings.roleArn();
        this.region = settings.region();
        this.sessionName = sessionName;
        this.rolePathPrefix = builder.rolePathPrefix;
        this.allowedAccounts = builder.accountsOr(roleArn);
        this.clock = builder.clock;
        this.listener = SafeListener.of(builder.listener);
        this.guard = EndpointGuard.forAnyService(region, builder.allowedHosts);
        this.httpClient = builder.httpClient == null
                ? made(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECTION_TIMEOUT)
                        .build())
                : builder.httpClient;

        AwsCredentialsProvider source = sourceOf(builder);
        RoleAssumer assumer = new RoleAssumer(stsOf(builder), builder.stsTimeout, clock, listener, retriesOf(builder));
        ServiceCredentials service = new ServiceCredentials(source, builder.expectedSource);
        // A thread waits for another's call for longer than any that heeds its limit: one link is two calls at most, of
        // which the first may be made again; a second link may need the first one twice.
        this.runtimeSessions = new SessionCache(
                1, spec -> assumer.loader(spec, service::caller), clock, builder.stsTimeout.multipliedBy(4));
        this.runtime = runtimeSessions.handle(new SessionSpec(
                Hop.RUNTIME,
                roleArn,
                Optional.of(settings.externalId()),
                Optional.empty(),
                sessionName,
                builder.sessionDuration));
        this.roleSessions = new SessionCache(
                builder.maxCachedSessions,
                spec -> assumer.loader(spec, (with, failures) -> new RuntimeCaller(runtime)),
                clock,
                builder.stsTimeout.multipliedBy(10));
    }

    private @Nullable AwsCredentialsProvider sourceOf(Builder builder) {
        if (builder.sourceCredentials != null || builder.stsClient != null) {
            return builder.sourceCredentials;
        }
        // The chain looks at nothing before it is asked.
        return made(DefaultCredentialsProvider.builder().build());
    }

    private Retries retriesOf(Builder builder) {
        return builder.retries != null
                ? builder.retries
                : Retries.builder().clock(clock).listener(listener).build();
    }

    private StsClient stsOf(Builder builder) {
        if (builder.stsClient != null) {
            return builder.stsClient;
        }
        // A read that waits for ever does not heed an interrupt, by which the SDK ends calls: the socket needs the
        // limit.
        SdkHttpClient http = builder.httpClient == null
                ? made(UrlConnectionHttpClient.builder()
                        .connectionTimeout(shorter(CONNECTION_TIMEOUT, builder.stsTimeout))
                        .socketTimeout(builder.stsTimeout)
                        .build())
                : builder.httpClient;
        return made(StsClient.builder()
                .region(region)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClient(http)
                .overrideConfiguration(config -> config.retryStrategy(AwsRetryStrategy.doNotRetry())
                        .addExecutionInterceptor(EndpointGuard.forSts(region, builder.allowedHosts)))
                .build());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private <T extends SdkAutoCloseable> T made(T closeable) {
        made.addFirst(closeable);
        return closeable;
    }

    /**
     * Starts from the defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The runtime role's credentials, for any client, asked for at each call. Its {@code resolveCredentials()} throws
     * {@link RoleAssumptionException} if there is no session, and {@link IllegalStateException} once this is closed.
     *
     * @return a provider, thread-safe, that prints no credentials
     */
    public AwsCredentialsProvider credentialsProvider() {
        return runtime.provider();
    }

    /**
     * The session of a narrow role. Sends nothing: the session is opened when it is first used. Equal roles share one session.
     *
     * <p>The role is checked against this connector's {@linkplain Builder#allowedAccounts accounts}, {@linkplain Builder#rolePathPrefix path}
     * and partition here, before any call is made with it.
     *
     * @param role the role
     * @return its session, to be kept
     * @throws InvalidSettingsException if this connector must not assume the role
     * @throws IllegalStateException once this is closed
     */
    public RoleSession session(ConnectorRole role) {
        SettingsProblems problems = new SettingsProblems();
        checkRole(role.roleArn(), rolePathPrefix, allowedAccounts, problems);
        problems.require(
                role.roleArn().partition().equals(roleArn.partition()),
                RuntimeConnectorSettings.ROLE_ARN,
                "must be of the partition '" + roleArn.partition() + "', but is '" + role.roleArn() + "'.");
        problems.throwIfAny("open a session");
        SessionSpec spec = new SessionSpec(
                Hop.CONNECTOR,
                role.roleArn(),
                role.externalId(),
                role.sessionPolicy(),
                role.sessionName().orElse(sessionName),
                role.sessionDuration());
        return new RoleSession(this, role.roleArn(), roleSessions.handle(spec));
    }

    private static void checkRole(RoleArn role, String pathPrefix, Set<String> accounts, SettingsProblems problems) {
        problems.require(
                role.path().startsWith(pathPrefix),
                RuntimeConnectorSettings.ROLE_ARN,
                "must be under the path '" + pathPrefix + "' (rolePathPrefix), but is '" + role + "'.");
        problems.require(
                accounts.contains(role.accountId()),
                RuntimeConnectorSettings.ROLE_ARN,
                "must be of one of the accounts " + new TreeSet<>(accounts) + " (allowedAccounts), but is '" + role
                        + "'.");
    }

    /**
     * Prepares the builder of a client that acts with the runtime role: its credentials, this connector's Region and HTTP client; the SDK's
     * retries off, since {@link Retries} takes their place; and a guard that refuses, as an {@link InvalidSettingsException} and before anything
     * is sent, a host outside the partition's own DNS names or without TLS (see {@link Builder#allowEndpoint}). Other settings of the builder
     * stay; what is set on it afterwards replaces these.
     *
     * @param <B> the client's builder
     * @param builder the builder
     * @return the same builder
     * @throws IllegalStateException once this is closed
     */
    public <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configure(B builder) {
        return configure(builder, credentialsProvider());
    }

    <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configure(
            B builder, AwsCredentialsProvider credentials) {
        if (closed.get()) {
            throw new IllegalStateException("The connector is closed: its HTTP client can serve no further client.");
        }
        return builder.region(region)
                .credentialsProvider(credentials)
                .httpClient(httpClient)
                .overrideConfiguration(builder.overrideConfiguration().toBuilder()
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .addExecutionInterceptor(guard)
                        .build());
    }

    /**
     * The environment that the roles were made for.
     *
     * @return its name
     */
    public String environment() {
        return environment;
    }

    /**
     * The runtime role.
     *
     * @return its ARN
     */
    public RoleArn roleArn() {
        return roleArn;
    }

    /**
     * The Region whose endpoints are used.
     *
     * @return the Region
     */
    public Region region() {
        return region;
    }

    /**
     * The clock that everything of this connector goes by.
     *
     * @return the clock
     */
    public ConnectorClock clock() {
        return clock;
    }

    /**
     * Who is told of calls, waits, refreshes and retries.
     *
     * @return the listener, wrapped so that what it throws is logged and goes no further
     */
    public ConnectorListener listener() {
        return listener;
    }

    /** Closes what this object made and nothing that it was given. A second call does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            roleSessions.close();
            runtimeSessions.close();
            made.forEach(SdkAutoCloseable::close);
        }
    }

    @Override
    public String toString() {
        return "RuntimeConnector{environment=" + environment + ", roleArn=" + roleArn + ", region=" + region + "}";
    }

    /** The runtime role as the caller of a narrow one: a session that AWS calls expired is dropped, and opened again. */
    private static final class RuntimeCaller implements RoleAssumer.Caller {

        private final SessionHandle runtime;
        private @Nullable AwsCredentials used;

        private RuntimeCaller(SessionHandle runtime) {
            this.runtime = runtime;
        }

        @Override
        public Optional<AwsCredentials> credentials() {
            used = runtime.resolve().credentials();
            return Optional.of(used);
        }

        @Override
        public void expired() {
            if (used != null) {
                runtime.evict(used);
            }
        }
    }

    /** Collects settings, right or wrong; {@link #build()} checks them all. Not thread-safe. */
    public static final class Builder {

        private static final String DEFAULT_PATH_PREFIX = "/sym/";
        private static final Pattern PATH_PREFIX = Pattern.compile("/([!-~&&[^*?]]*/)?");
        private static final Duration MAX_STS_TIMEOUT = Duration.ofMinutes(1);

        private final RuntimeConnectorSettings.Builder settings = RuntimeConnectorSettings.builder();
        private final Set<String> allowedHosts = new HashSet<>();
        private @Nullable AwsCredentialsProvider sourceCredentials;
        private @Nullable StsClient stsClient;
        private @Nullable SdkHttpClient httpClient;
        private @Nullable Set<String> allowedAccounts;
        private @Nullable String expectedSource;
        private @Nullable String sessionName;
        private Duration sessionDuration = Duration.ofHours(1);
        private Duration stsTimeout = Duration.ofSeconds(5);
        private String rolePathPrefix = DEFAULT_PATH_PREFIX;
        private int maxCachedSessions = 1_000;
        private ConnectorClock clock = ConnectorClock.system();
        private ConnectorListener listener = ConnectorListener.none();
        private @Nullable Retries retries;

        private Builder() {}

        /**
         * Takes over what the Terraform module of the runtime connector hands over; {@link RuntimeConnectorSettings} says which keys.
         *
         * @param value the map
         * @return this
         */
        public Builder settings(Map<String, String> value) {
            settings.settings(value);
            return this;
        }

        /**
         * Takes over settings that are checked already.
         *
         * @param value the settings
         * @return this
         */
        public Builder settings(RuntimeConnectorSettings value) {
            settings.settings(value);
            return this;
        }

        /**
         * The runtime role; required.
         *
         * @param value its ARN
         * @return this
         */
        public Builder roleArn(String value) {
            settings.roleArn(value);
            return this;
        }

        /**
         * What the runtime role's trust policy demands as {@code sts:ExternalId}; required.
         *
         * @param value 2 to 1,224 letters, digits and characters of {@code _+=,.@:/-}
         * @return this
         */
        public Builder externalId(String value) {
            settings.externalId(value);
            return this;
        }

        /**
         * The environment that the roles were made for; required.
         *
         * @param value a name, for instance {@code main}
         * @return this
         */
        public Builder environment(String value) {
            settings.environment(value);
            return this;
        }

        /**
         * The Region whose endpoints are used, that of AWS STS among them; required.
         *
         * @param value a Region of the role's partition
         * @return this
         */
        public Builder region(Region value) {
            settings.region(value);
            return this;
        }

        /**
         * Where the service's own credentials come from. By default the SDK's default chain, or, with an {@link #stsClient}, whatever that client
         * has; the chain is then not touched.
         *
         * @param value a provider, asked once for each session of the runtime role; it is not closed
         * @return this
         */
        public Builder sourceCredentials(AwsCredentialsProvider value) {
            this.sourceCredentials = Objects.requireNonNull(value, "sourceCredentials");
            return this;
        }

        /**
         * The client for AWS STS, for instance a mock. By default the connector makes one, for the regional endpoint. One that is passed in
         * answers for its endpoint itself: the External ID is sent there. Its own retries should be off.
         *
         * @param value a client; it is not closed. Both links of the chain use it, with credentials in each request
         * @return this
         */
        public Builder stsClient(StsClient value) {
            this.stsClient = Objects.requireNonNull(value, "stsClient");
            return this;
        }

        /**
         * The HTTP client of all clients that the connector makes or configures. By default it makes its own, on {@code HttpURLConnection}; what
         * else is on the class path does not matter.
         *
         * @param value a client; it is not closed
         * @return this
         */
        public Builder httpClient(SdkHttpClient value) {
            this.httpClient = Objects.requireNonNull(value, "httpClient");
            return this;
        }

        /**
         * How long AWS lets a session of the runtime role live; default an hour. More than an hour works only where the service's own
         * credentials are not a role's session, and where the role allows it.
         *
         * @param value 15 minutes to 12 hours, in whole seconds
         * @return this
         */
        public Builder sessionDuration(Duration value) {
            this.sessionDuration = Objects.requireNonNull(value, "sessionDuration");
            return this;
        }

        /**
         * How long opening one session may take, attempts and waits between them included; default 5 s. It goes with the request, as the SDK's
         * {@code apiCallTimeout}: this one wait is not on the {@link #clock}. {@link #expectedSource} takes as long again, once. Where AWS calls the
         * caller's own session expired, replacing that comes on top, and one more attempt. How long the {@link #sourceCredentials} take to answer is
         * theirs.
         *
         * @param value more than zero, at most a minute
         * @return this
         */
        public Builder stsTimeout(Duration value) {
            this.stsTimeout = Objects.requireNonNull(value, "stsTimeout");
            return this;
        }

        /**
         * The accounts whose roles may be assumed, the runtime role's own among them if that is meant: the list is complete. By default the
         * runtime role's own account only.
         *
         * @param value account ids of 12 digits
         * @return this
         */
        public Builder allowedAccounts(Collection<String> value) {
            this.allowedAccounts = new LinkedHashSet<>(value);
            return this;
        }

        /**
         * The path under which all roles of the chain must be; default {@code /sym/}.
         *
         * @param value begins and ends with a slash
         * @return this
         */
        public Builder rolePathPrefix(String value) {
            this.rolePathPrefix = Objects.requireNonNull(value, "rolePathPrefix");
            return this;
        }

        /**
         * Whose credentials the service must have. AWS is asked once, with {@code sts:GetCallerIdentity}, before the runtime role is first
         * assumed: a service that has fallen back to another source of credentials is a {@link RoleAssumptionException}. By default nobody asks.
         *
         * @param arnPattern the caller's ARN, for instance {@code arn:aws:sts::111122223333:assumed-role/MyService/*}; each {@code *} stands for
         *     any characters
         * @return this
         */
        public Builder expectedSource(String arnPattern) {
            this.expectedSource = Objects.requireNonNull(arnPattern, "expectedSource");
            return this;
        }

        /**
         * Allows a host that is not one of AWS's, for instance a VPC endpoint's own name or a simulator. Such a host is sent the External ID and
         * signed requests. Plain HTTP is allowed only if the host is this machine. May be called several times.
         *
         * @param host a host's name or address, without scheme and port
         * @return this
         * @throws IllegalArgumentException if it is not a host
         */
        public Builder allowEndpoint(String host) {
            if (!host.matches("[A-Za-z0-9.-]+|\\[[0-9a-fA-F:]+]")) {
                throw new IllegalArgumentException(
                        "allowEndpoint takes a host, without scheme, port and path, but got '" + Printable.excerpt(host)
                                + "'.");
            }
            allowedHosts.add(host.toLowerCase(Locale.ROOT));
            return this;
        }

        /**
         * The name of the sessions in the account's trail, unless a {@link ConnectorRole} has its own; default {@code connector-} and the
         * environment, mapped to what AWS takes.
         *
         * @param value 2 to 64 letters, digits and characters of {@code _+=,.@-}
         * @return this
         */
        public Builder sessionName(String value) {
            this.sessionName = Objects.requireNonNull(value, "sessionName");
            return this;
        }

        /**
         * How many sessions of narrow roles are kept; default 1,000. Beyond that the one that was not used for longest is dropped, and opened
         * again at its next use.
         *
         * @param value at least 1
         * @return this
         */
        public Builder maxCachedSessions(int value) {
            this.maxCachedSessions = value;
            return this;
        }

        /**
         * The clock to go by; default the machine's.
         *
         * @param value a clock
         * @return this
         */
        public Builder clock(ConnectorClock value) {
            this.clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /**
         * Who is told of calls, waits, refreshes and retries; default nobody.
         *
         * @param value a listener
         * @return this
         */
        public Builder listener(ConnectorListener value) {
            this.listener = Objects.requireNonNull(value, "listener");
            return this;
        }

        /**
         * How calls to AWS STS are retried, within {@link #stsTimeout}; by default as {@link Retries#builder()} says, on this connector's clock and telling its listener. With
         * a fixed {@link Retries.Builder#jitter} a test in virtual time is the same each time.
         *
         * @param value retries
         * @return this
         */
        public Builder retries(Retries value) {
            this.retries = Objects.requireNonNull(value, "retries");
            return this;
        }

        /**
         * Checks the settings and makes the connector. Sends nothing.
         *
         * @return the connector
         * @throws InvalidSettingsException if any setting is wrong; it names every one that is
         */
        public RuntimeConnector build() {
            SettingsProblems problems = new SettingsProblems();
            RuntimeConnectorSettings checked = settings.build(problems);
            problems.require(
                    settings.hasEnvironment(),
                    RuntimeConnectorSettings.ENVIRONMENT,
                    "is missing. The Terraform module does not hand it over: set it with environment(…).");
            checkOptions(problems);
            settings.role().ifPresent(role -> checkRole(role, rolePathPrefix, accountsOr(role), problems));
            problems.throwIfAny("make the runtime connector");
            RuntimeConnectorSettings valid = Objects.requireNonNull(checked);
            String environment = valid.environment().orElseThrow();
            return new RuntimeConnector(
                    this,
                    valid,
                    environment,
                    sessionName == null ? SessionNames.of("connector-" + environment) : sessionName);
        }

        private void checkOptions(SettingsProblems problems) {
            problems.require(
                    StsRules.isDuration(sessionDuration, StsRules.MAX_SESSION),
                    "sessionDuration",
                    "must be 15 minutes to 12 hours in whole seconds, but is " + sessionDuration + ".");
            problems.require(
                    isPositive(stsTimeout) && stsTimeout.compareTo(MAX_STS_TIMEOUT) <= 0,
                    "stsTimeout",
                    "must be more than zero and at most a minute, but is " + stsTimeout + ".");
            problems.require(
                    PATH_PREFIX.matcher(rolePathPrefix).matches(),
                    "rolePathPrefix",
                    "must begin and end with '/' and hold no wildcard, but is '" + rolePathPrefix + "'.");
            problems.require(
                    allowedAccounts == null
                            || (!allowedAccounts.isEmpty()
                                    && allowedAccounts.stream().allMatch(RoleArn::isAccountId)),
                    "allowedAccounts",
                    "must be one or more accounts of 12 digits, but are " + allowedAccounts + ".");
            problems.require(
                    expectedSource == null || expectedSource.startsWith("arn:"),
                    "expectedSource",
                    "must be a pattern that begins with 'arn:', but is '" + expectedSource + "'.");
            problems.require(
                    sessionName == null || StsRules.isSessionName(sessionName),
                    "sessionName",
                    StsRules.SESSION_NAME_RULE);
            problems.require(
                    maxCachedSessions >= 1,
                    "maxCachedSessions",
                    "must be at least 1, but is " + maxCachedSessions + ".");
        }

        private static boolean isPositive(Duration duration) {
            return !duration.isNegative() && !duration.isZero();
        }

        private Set<String> accountsOr(RoleArn role) {
            return allowedAccounts == null ? Set.of(role.accountId()) : Set.copyOf(allowedAccounts);
        }
    }
}
