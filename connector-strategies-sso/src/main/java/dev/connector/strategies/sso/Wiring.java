package dev.connector.strategies.sso;

import dev.connector.core.ConnectorClock;
import dev.connector.core.ConnectorListener;
import dev.connector.core.ConnectorRole;
import dev.connector.core.InvalidSettingsException;
import dev.connector.core.PolicyDocument;
import dev.connector.core.Retries;
import dev.connector.core.RoleArn;
import dev.connector.core.RuntimeConnector;
import dev.connector.core.strategy.GrantScope;
import dev.connector.core.strategy.PriorAccess;
import dev.connector.core.strategy.Settling;
import dev.connector.core.strategy.StrategySession;
import dev.connector.core.strategy.StrategySessions;
import dev.connector.core.strategy.TargetSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;

/** Makes the parts of a strategy of its settings, after it has found all that is wrong with these. */
final class Wiring {

    private static final Pattern ACCOUNT_ID = Pattern.compile("[0-9]{12}");
    private static final Pattern PARTITION = Pattern.compile("aws(-[a-z]+)*");
    private static final Pattern INSTANCE_ARN =
            Pattern.compile("arn:aws(-[a-z]+)*:sso:::instance/(sso)?ins-[a-zA-Z0-9-.]{16}");
    private static final Pattern STORE_ID = Pattern.compile("d-[0-9a-f]{10}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Duration LONGEST_SETTLE_TIME = Duration.ofHours(1);

    private final IdentityCenterBuilder<?> settings;
    private final List<String> problems;
    private final @Nullable RoleArn role;

    /** @param problems what is wrong with the settings that the strategy has by itself */
    Wiring(String strategy, IdentityCenterBuilder<?> settings, List<String> problems) {
        this.settings = settings;
        this.problems = new ArrayList<>(problems);
        this.role = role();
        checkSource();
        checkAccount();
        checkInstance();
        require(
                !settings.settleTime.isNegative() && settings.settleTime.compareTo(LONGEST_SETTLE_TIME) <= 0,
                "settleTime: must be from zero to an hour, but is " + settings.settleTime + ".");
        if (!this.problems.isEmpty()) {
            throw new InvalidSettingsException("make the " + strategy, this.problems);
        }
    }

    private @Nullable RoleArn role() {
        String arn = orSetting(settings.roleArn, "role_arn");
        if (arn == null) {
            return null;
        }
        try {
            return RoleArn.parse(arn);
        } catch (IllegalArgumentException wrong) {
            problems.add("role_arn: " + wrong.getMessage());
            return null;
        }
    }

    private @Nullable String orSetting(@Nullable String value, String key) {
        return value != null ? value : settings.settings.get(key);
    }

    private void checkSource() {
        String cloud = settings.settings.getOrDefault("cloud", "aws");
        require(cloud.equals("aws"), "cloud: must be aws, but is " + cloud + ".");
        boolean roleNamed = orSetting(settings.roleArn, "role_arn") != null;
        if (settings.connector == null) {
            require(
                    settings.identityStoreClient != null && settings.ssoAdminClient != null,
                    "connector: is missing; without one, ssoAdminClient, identityStoreClient and accountId are needed.");
            require(!roleNamed, "role_arn: cannot be assumed without a connector; leave it out or set one.");
            require(settings.externalId == null, "externalId: is sent to no role without a connector; leave it out.");
        } else {
            require(roleNamed, "role_arn: is missing; it is the ARN of the role that the strategy works with.");
            checkRoleWith(settings.connector);
        }
    }

    /** The connector knows which roles it may assume; asking it sends nothing. */
    private void checkRoleWith(RuntimeConnector connector) {
        if (role != null) {
            try {
                connector.session(ConnectorRole.of(role.toString()));
            } catch (InvalidSettingsException refused) {
                problems.addAll(refused.problems());
            }
        }
    }

    private void checkAccount() {
        require(
                PARTITION.matcher(partition()).matches(),
                "partition: must be aws, aws-cn or the like, but is " + partition() + ".");
        String account = settings.accountId == null && role != null ? role.accountId() : settings.accountId;
        if (account == null) {
            require(
                    settings.connector != null,
                    "accountId: is missing; without a role nothing else tells the account.");
            return;
        }
        require(ACCOUNT_ID.matcher(account).matches(), "accountId: must have 12 digits, but is " + account + ".");
        if (role != null) {
            require(
                    account.equals(role.accountId()),
                    "accountId: is " + account + ", but the role is in the account " + role.accountId() + ".");
            require(
                    partition().equals(role.partition()),
                    "partition: is " + partition() + ", but the role is in the partition " + role.partition() + ".");
        }
    }

    private void checkInstance() {
        String instance = orSetting(settings.instanceArn, "instance_arn");
        require(
                instance != null,
                "instance_arn: is missing; it is the ARN of the Identity Center instance, which the Terraform module"
                        + " sso-connector outputs.");
        require(
                instance == null || INSTANCE_ARN.matcher(instance).matches(),
                "instance_arn: must look like arn:aws:sso:::instance/ssoins-0123456789abcdef, but is " + instance
                        + ".");
        String store = storeId();
        require(
                store == null || STORE_ID.matcher(store).matches(),
                "identity_store_id: must look like d-0123456789, but is " + store + ".");
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }

    String partition() {
        if (settings.partition != null) {
            return settings.partition;
        }
        return role == null ? "aws" : role.partition();
    }

    String accountId() {
        return settings.accountId != null
                ? settings.accountId
                : Objects.requireNonNull(role).accountId();
    }

    String instanceArn() {
        return Objects.requireNonNull(orSetting(settings.instanceArn, "instance_arn"));
    }

    /** The identity store's id; {@code null} if it is to be looked up. */
    @Nullable
    String storeId() {
        return orSetting(settings.identityStoreId, "identity_store_id");
    }

    /** The instance stands for its identity store, so that a grant is the same whether or not the store's id was looked up. */
    GrantScope scope() {
        return GrantScope.builder(partition(), accountId())
                .instanceArn(instanceArn())
                .roleArn(Optional.ofNullable(role).map(RoleArn::toString))
                .build();
    }

    Parts parts() {
        ConnectorClock clock = clock();
        SsoFailures failures = new SsoFailures(role == null ? null : role.toString());
        return new Parts(
                clock,
                ConnectorListener.guarded(listener()),
                new Settling(clock, listener(), settings.settleTime),
                settings.settleTime,
                new PriorAccess(clock, settings.settleTime),
                new Users(clock, settings.identityResolver, settings.allowNonAscii, failures),
                scope(),
                settings.accessReads,
                settings.keepWhenPriorUnknown,
                failures);
    }

    /** What is allowed beside the work itself: to find people, the identity store, and to use the key. */
    SessionPolicies policies() {
        return new SessionPolicies(partition(), accountId(), instanceArn(), storeId(), settings.kmsKeyArn);
    }

    Sessions sessions(PolicyDocument ofAll, Function<TargetSnapshot, PolicyDocument> of) {
        if (settings.connector == null || role == null) {
            return (target, requester) -> StrategySession.clientsOwn();
        }
        ConnectorRole.Builder connectorRole = ConnectorRole.builder(role.toString());
        StrategySessions sessions = StrategySessions.builder(
                        settings.connector,
                        connectorRole
                                .externalId(Optional.ofNullable(settings.externalId))
                                .build(),
                        ofAll,
                        of)
                .scope(settings.sessionScope)
                .perRequester(settings.sessionPerRequester)
                .build();
        return sessions::open;
    }

    private Retries retries() {
        return settings.retries != null
                ? settings.retries
                : Retries.builder().clock(clock()).listener(listener()).build();
    }

    Admin admin(SsoAdminClient client, AssignmentLimits limits) {
        Retries oneAttempt = Retries.builder()
                .clock(clock())
                .listener(listener())
                .maxAttempts(1)
                .build();
        return new Admin(
                client, retries(), oneAttempt, AssignmentQueues.of(instanceArn(), clock(), limits), instanceArn());
    }

    boolean makesAdminClient() {
        return settings.ssoAdminClient == null;
    }

    boolean makesStoreClient() {
        return settings.identityStoreClient == null;
    }

    SsoAdminClient adminClient() {
        return settings.ssoAdminClient != null
                ? settings.ssoAdminClient
                : Objects.requireNonNull(settings.connector)
                        .configure(SsoAdminClient.builder())
                        .build();
    }

    Store store() {
        return new Store(storeClient(), retries(), new CallPace(clock()));
    }

    private IdentitystoreClient storeClient() {
        return settings.identityStoreClient != null
                ? settings.identityStoreClient
                : Objects.requireNonNull(settings.connector)
                        .configure(IdentitystoreClient.builder())
                        .build();
    }

    ConnectorClock clock() {
        if (settings.clock != null) {
            return settings.clock;
        }
        return settings.connector == null ? ConnectorClock.system() : settings.connector.clock();
    }

    ConnectorListener listener() {
        if (settings.listener != null) {
            return settings.listener;
        }
        return settings.connector == null ? ConnectorListener.none() : settings.connector.listener();
    }
}
