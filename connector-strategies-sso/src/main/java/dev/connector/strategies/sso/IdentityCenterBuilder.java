package dev.connector.strategies.sso;

import dev.connector.core.ConnectorClock;
import dev.connector.core.ConnectorListener;
import dev.connector.core.Retries;
import dev.connector.core.RuntimeConnector;
import dev.connector.core.SessionScope;
import dev.connector.core.strategy.IdentityResolver;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;

/**
 * The settings that both strategies of IAM Identity Center have. Not thread-safe.
 *
 * @param <B> the strategy's own builder
 */
public abstract class IdentityCenterBuilder<B extends IdentityCenterBuilder<B>> {

    @Nullable
    RuntimeConnector connector;

    @Nullable
    SsoAdminClient ssoAdminClient;

    @Nullable
    IdentitystoreClient identityStoreClient;

    @Nullable
    String roleArn;

    @Nullable
    String externalId;

    @Nullable
    String accountId;

    @Nullable
    String partition;

    @Nullable
    String instanceArn;

    @Nullable
    String identityStoreId;

    @Nullable
    String kmsKeyArn;

    @Nullable
    ConnectorClock clock;

    @Nullable
    ConnectorListener listener;

    @Nullable
    Retries retries;

    @Nullable
    IdentityResolver identityResolver;

    Map<String, String> settings = Map.of();
    SessionScope sessionScope = SessionScope.AUTO;
    boolean sessionPerRequester;
    boolean accessReads = true;
    boolean keepWhenPriorUnknown;
    boolean allowNonAscii;
    Duration settleTime = Duration.ofSeconds(30);

    IdentityCenterBuilder() {}

    abstract B self();

    /**
     * Opens the sessions of the role; without one, {@link #identityStoreClient}, {@link #ssoAdminClient} and {@link #accountId} are needed.
     *
     * @param value a connector, which stays open when the strategy is closed
     * @return this
     */
    public B connector(RuntimeConnector value) {
        this.connector = Objects.requireNonNull(value, "connector");
        return self();
    }

    /**
     * What the Terraform module sso-connector outputs: {@code role_arn}, {@code instance_arn} and, if it is there, {@code identity_store_id}; {@code cloud} must be {@code aws}
     * if it is there, other keys are not looked at.
     *
     * @param value the map
     * @return this
     */
    public B settings(Map<String, String> value) {
        this.settings = Map.copyOf(value);
        return self();
    }

    /**
     * The role that the strategy works with; goes before the one of {@link #settings}.
     *
     * @param value its ARN
     * @return this
     */
    public B roleArn(String value) {
        this.roleArn = Objects.requireNonNull(value, "roleArn");
        return self();
    }

    /**
     * The External ID that the role's trust policy asks for; by default none is sent, since the published module asks for none on this hop.
     *
     * @param value the External ID
     * @return this
     */
    public B externalId(String value) {
        this.externalId = Objects.requireNonNull(value, "externalId");
        return self();
    }

    /**
     * The Identity Center instance; goes before the one of {@link #settings}.
     *
     * @param value its ARN, for instance {@code arn:aws:sso:::instance/ssoins-0123456789abcdef}
     * @return this
     */
    public B instanceArn(String value) {
        this.instanceArn = Objects.requireNonNull(value, "instanceArn");
        return self();
    }

    /**
     * The identity store of the instance; goes before the one of {@link #settings}. By default it is looked up once, by {@code sso:ListInstances}.
     *
     * @param value its id, for instance {@code d-0123456789}
     * @return this
     */
    public B identityStoreId(String value) {
        this.identityStoreId = Objects.requireNonNull(value, "identityStoreId");
        return self();
    }

    /**
     * The customer's key that the instance is encrypted with: whoever calls needs {@code kms:Decrypt} on it, in the session policy too. By default there is none.
     *
     * @param value the key's ARN
     * @return this
     */
    public B kmsKeyArn(String value) {
        this.kmsKeyArn = Objects.requireNonNull(value, "kmsKeyArn");
        return self();
    }

    /**
     * The client of SSO Admin to use; by default one is made with the connector's HTTP client. With a connector each request carries the role's credentials; without one
     * the client's own are used.
     *
     * @param value a client, which stays open when the strategy is closed; turn its retries off, or limits count too few attempts, and a failure after more than one of
     *     them is an unknown outcome
     * @return this
     */
    public B ssoAdminClient(SsoAdminClient value) {
        this.ssoAdminClient = Objects.requireNonNull(value, "ssoAdminClient");
        return self();
    }

    /**
     * The client of the Identity Store to use; as {@link #ssoAdminClient}.
     *
     * @param value a client
     * @return this
     */
    public B identityStoreClient(IdentitystoreClient value) {
        this.identityStoreClient = Objects.requireNonNull(value, "identityStoreClient");
        return self();
    }

    /**
     * The account that the role is in; by default the role's.
     *
     * @param value 12 digits
     * @return this
     */
    public B accountId(String value) {
        this.accountId = Objects.requireNonNull(value, "accountId");
        return self();
    }

    /**
     * The partition that the strategy works in; by default the role's, or {@code aws} without a role.
     *
     * @param value for instance {@code aws-cn}
     * @return this
     */
    public B partition(String value) {
        this.partition = Objects.requireNonNull(value, "partition");
        return self();
    }

    /**
     * How narrow the sessions are; default {@link SessionScope#AUTO}.
     *
     * @param value the scope
     * @return this
     */
    public B sessionScope(SessionScope value) {
        this.sessionScope = Objects.requireNonNull(value, "sessionScope");
        return self();
    }

    /**
     * Whether the requester's name stands in the session name, so that the account's trail shows who asked; default {@code false}.
     *
     * @param value whether
     * @return this
     */
    public B sessionPerRequester(boolean value) {
        this.sessionPerRequester = value;
        return self();
    }

    /**
     * Whether the strategy looks at what is there, where the role may; default {@code true}. Off, it looks only where it could not tell otherwise what became of a change.
     *
     * @param value whether
     * @return this
     */
    public B accessReads(boolean value) {
        this.accessReads = value;
        return self();
    }

    /**
     * How long AWS's reads may lag behind its writes; default 30 seconds.
     *
     * @param value from zero to an hour
     * @return this
     */
    public B settleTime(Duration value) {
        this.settleTime = Objects.requireNonNull(value, "settleTime");
        return self();
    }

    /**
     * Whether access is kept at the end if nobody knows whether it was there before; default {@code false}, since access that nobody ends is the worse fault.
     *
     * @param value whether
     * @return this
     */
    public B keepWhenPriorUnknown(boolean value) {
        this.keepWhenPriorUnknown = value;
        return self();
    }

    /**
     * Finds the user id of a requester in the identity store; by default the one user is looked for who has the requester's user name as user name or e-mail address.
     *
     * @param value answers a user's id
     * @return this
     */
    public B identityResolver(IdentityResolver value) {
        this.identityResolver = Objects.requireNonNull(value, "identityResolver");
        return self();
    }

    /**
     * Whether user names may have letters beyond ASCII; default {@code false}, since such letters can look like others.
     *
     * @param value whether
     * @return this
     */
    public B allowNonAscii(boolean value) {
        this.allowNonAscii = value;
        return self();
    }

    /**
     * How calls are retried; by default as {@link Retries#builder()} says, on this strategy's clock. Changes of assignments are not: the queue of the instance sends them
     * again.
     *
     * @param value retries
     * @return this
     */
    public B retries(Retries value) {
        this.retries = Objects.requireNonNull(value, "retries");
        return self();
    }

    /**
     * The clock to go by; by default the connector's, or the machine's without one.
     *
     * @param value a clock
     * @return this
     */
    public B clock(ConnectorClock value) {
        this.clock = Objects.requireNonNull(value, "clock");
        return self();
    }

    /**
     * Who is told of calls and waits; by default the connector's listener.
     *
     * @param value a listener
     * @return this
     */
    public B listener(ConnectorListener value) {
        this.listener = Objects.requireNonNull(value, "listener");
        return self();
    }
}
