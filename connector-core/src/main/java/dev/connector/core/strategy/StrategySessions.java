package dev.connector.core.strategy;

import dev.connector.core.ConnectorRole;
import dev.connector.core.PolicyDocument;
import dev.connector.core.RoleAssumptionException;
import dev.connector.core.RoleSession;
import dev.connector.core.RuntimeConnector;
import dev.connector.core.SessionScope;
import dev.connector.core.internal.SessionNames;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/**
 * The sessions of a strategy: of its own role, and made narrower still by a session policy that names just its targets.
 *
 * <p>Thread-safe. For people who write strategies.
 */
public final class StrategySessions {

    private final RuntimeConnector connector;
    private final ConnectorRole role;
    private final SessionScope scope;
    private final boolean perRequester;
    private final Function<TargetSnapshot, PolicyDocument> policyOf;
    private final Optional<PolicyDocument> widestPolicy;
    private volatile boolean widestFits;

    /** The widest session where all requesters share it: held, since finding it anew would cost more than all else that a verb does here. */
    private final @Nullable RoleSession shared;

    /** Of the last request: most verbs find the credentials of the one before. */
    private volatile @Nullable Authorization latest;

    private StrategySessions(Builder builder) {
        this.connector = builder.connector;
        this.role = builder.role;
        this.scope = builder.scope;
        this.perRequester = builder.perRequester;
        this.policyOf = builder.policyOf;
        this.widestPolicy = scope == SessionScope.NONE ? Optional.empty() : Optional.of(builder.policyOfAll);
        int characters = widestPolicy.map(policy -> policy.toJson().length()).orElse(0);
        this.widestFits = characters <= ConnectorRole.MAX_SESSION_POLICY_LENGTH;
        if (scope == SessionScope.STRATEGY && !widestFits) {
            throw new IllegalArgumentException("The session policy of all targets has " + characters
                    + " characters, and AWS takes " + ConnectorRole.MAX_SESSION_POLICY_LENGTH
                    + ". Use the session scope AUTO or TARGET, or list fewer targets, for instance by a pattern.");
        }
        this.shared = scope == SessionScope.TARGET || perRequester || !widestFits
                ? null
                : connector.session(narrowed(widestPolicy).build());
    }

    /**
     * Sessions of a role.
     *
     * @param connector opens them
     * @param role the strategy's role; its session policy is replaced, and with {@link Builder#perRequester} its session name
     * @param policyOfAll what the strategy does, on all its targets
     * @param policyOf what the strategy does, on one target
     * @return a builder
     */
    public static Builder builder(
            RuntimeConnector connector,
            ConnectorRole role,
            PolicyDocument policyOfAll,
            Function<TargetSnapshot, PolicyDocument> policyOf) {
        return new Builder(connector, role, policyOfAll, policyOf);
    }

    /**
     * Opens the session for one target, or takes the one that is open.
     *
     * @param target the target
     * @param requester whom the access is for
     * @return a session whose credentials are valid now
     * @throws RoleAssumptionException if AWS gives no session
     */
    public StrategySession open(AccessTarget target, Requester requester) {
        RoleSession session =
                scope == SessionScope.TARGET ? narrow(target, requester) : widestThatFits(target, requester);
        return StrategySession.of(session, this::authorization);
    }

    private Authorization authorization(AwsCredentials credentials) {
        Authorization last = latest;
        if (last == null || last.credentials() != credentials) {
            last = Authorization.with(credentials);
            latest = last;
        }
        return last;
    }

    private RoleSession widestThatFits(AccessTarget target, Requester requester) {
        if (widestFits) {
            try {
                return opened(shared == null ? session(widestPolicy, requester) : shared);
            } catch (RoleAssumptionException refused) {
                if (scope != SessionScope.AUTO
                        || refused.reason() != RoleAssumptionException.Reason.PACKED_POLICY_TOO_LARGE) {
                    throw refused;
                }
                widestFits = false;
            }
        }
        return narrow(target, requester);
    }

    private RoleSession narrow(AccessTarget target, Requester requester) {
        return opened(session(Optional.of(policyOf.apply(TargetSnapshot.of(target))), requester));
    }

    private static RoleSession opened(RoleSession session) {
        session.credentialsProvider().resolveCredentials();
        return session;
    }

    private RoleSession session(Optional<PolicyDocument> policy, Requester requester) {
        ConnectorRole.Builder narrowed = narrowed(policy);
        if (perRequester) {
            narrowed.sessionName(SessionNames.of(requester.username()));
        }
        return connector.session(narrowed.build());
    }

    private ConnectorRole.Builder narrowed(Optional<PolicyDocument> policy) {
        ConnectorRole.Builder narrowed = role.toBuilder();
        narrowed.sessionPolicy(policy);
        return narrowed;
    }

    /** Collects settings; not thread-safe. */
    public static final class Builder {

        private final RuntimeConnector connector;
        private final ConnectorRole role;
        private final PolicyDocument policyOfAll;
        private final Function<TargetSnapshot, PolicyDocument> policyOf;
        private SessionScope scope = SessionScope.AUTO;
        private boolean perRequester;

        private Builder(
                RuntimeConnector connector,
                ConnectorRole role,
                PolicyDocument policyOfAll,
                Function<TargetSnapshot, PolicyDocument> policyOf) {
            this.connector = Objects.requireNonNull(connector, "connector");
            this.role = Objects.requireNonNull(role, "role");
            this.policyOfAll = Objects.requireNonNull(policyOfAll, "policyOfAll");
            this.policyOf = Objects.requireNonNull(policyOf, "policyOf");
        }

        /**
         * How narrow the sessions are; default {@link SessionScope#AUTO}.
         *
         * @param value the scope
         * @return this
         */
        public Builder scope(SessionScope value) {
            this.scope = Objects.requireNonNull(value, "scope");
            return this;
        }

        /**
         * Whether each requester has sessions of their own, with their name in the session name, so that the account's trail shows who asked; default {@code
         * false}.
         *
         * @param value whether
         * @return this
         */
        public Builder perRequester(boolean value) {
            this.perRequester = value;
            return this;
        }

        /**
         * Makes the object.
         *
         * @return the sessions
         * @throws IllegalArgumentException if the scope is {@link SessionScope#STRATEGY} and the policy of all targets is over AWS's limit
         * @throws dev.connector.core.InvalidSettingsException if the connector must not assume the role; by an open session at the latest, where
         *     there is no session that all requesters share
         * @throws IllegalStateException if the connector is closed
         */
        public StrategySessions build() {
            return new StrategySessions(this);
        }
    }
}
