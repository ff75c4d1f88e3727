package dev.connector.strategies.iam;

import dev.connector.core.ConnectorClock;
import dev.connector.core.ConnectorListener;
import dev.connector.core.ConnectorRole;
import dev.connector.core.InvalidSettingsException;
import dev.connector.core.Retries;
import dev.connector.core.RoleArn;
import dev.connector.core.RuntimeConnector;
import dev.connector.core.strategy.GrantScope;
import dev.connector.core.strategy.PriorAccess;
import dev.connector.core.strategy.Settling;
import dev.connector.core.strategy.StrategySession;
import dev.connector.core.strategy.StrategySessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServicePartitionMetadata;
import software.amazon.awssdk.services.iam.IamClient;

/** Makes the parts of a strategy of its settings, after it has found all that is wrong with these. */
final class Wiring {

    private static final Pattern ACCOUNT_ID = Pattern.compile("[0-9]{12}");
    private static final Pattern PARTITION = Pattern.compile("aws(-[a-z]+)*");
    private static final Duration LONGEST_SETTLE_TIME = Duration.ofHours(1);

    private final IamGroupStrategy.Builder settings;
    private final List<String> problems = new ArrayList<>();
    private final @Nullable RoleArn role;

    Wiring(IamGroupStrategy.Builder settings) {
        this.settings = settings;
        this.role = role();
        checkSource();
        checkAccount();
        checkLists();
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException("make the IAM group strategy", problems);
        }
    }

    private @Nullable RoleArn role() {
        String arn = settings.roleArn != null ? settings.roleArn : settings.settings.get("role_arn");
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

    private void checkSource() {
        String cloud = settings.settings.getOrDefault("cloud", "aws");
        require(cloud.equals("aws"), "cloud: must be aws, but is " + cloud + ".");
        boolean roleNamed = settings.roleArn != null || settings.settings.containsKey("role_arn");
        if (settings.connector == null) {
            require(settings.client != null, "connector: is missing; without one, iamClient and accountId are needed.");
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
        String account = accountId();
        if (account == null) {
            require(
                    settings.connector != null,
                    "account_id: is missing; without a role nothing else tells the account.");
            return;
        }
        require(ACCOUNT_ID.matcher(account).matches(), "account_id: must have 12 digits, but is " + account + ".");
        if (role != null) {
            require(
                    account.equals(role.accountId()),
                    "account_id: is " + account + ", but the role is in the account " + role.accountId() + ".");
            require(
                    partition().equals(role.partition()),
                    "partition: is " + partition() + ", but the role is in the partition " + role.partition() + ".");
        }
    }

    private void checkLists() {
        require(
                !settings.allowed.isEmpty() || !settings.revocable.isEmpty(),
                "allowedGroups: is empty; without a group there is nothing to do.");
        require(
                !settings.settleTime.isNegative() && settings.settleTime.compareTo(LONGEST_SETTLE_TIME) <= 0,
                "settleTime: must be from zero to an hour, but is " + settings.settleTime + ".");
    }

    private void require(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }

    private @Nullable String accountId() {
        if (settings.accountId != null) {
            return settings.accountId;
        }
        String account = settings.settings.get("account_id");
        return account == null && role != null ? role.accountId() : account;
    }

    private String partition() {
        if (settings.partition != null) {
            return settings.partition;
        }
        return role == null ? "aws" : role.partition();
    }

    GroupLists lists() {
        return new GroupLists(settings.allowed, settings.revocable);
    }

    Parts parts() {
        ConnectorClock clock = clock();
        return new Parts(
                clock,
                new Settling(clock, listener(), settings.settleTime),
                new PriorAccess(clock, settings.settleTime),
                settings.identityResolver,
                scope(),
                settings.membershipReads,
                settings.keepWhenPriorUnknown,
                new IamFailures(role == null ? null : role.toString()));
    }

    private GrantScope scope() {
        GrantScope.Builder scope = GrantScope.builder(partition(), String.valueOf(accountId()));
        return scope.roleArn(Optional.ofNullable(role).map(RoleArn::toString)).build();
    }

    IamGroupStrategy.Sessions sessions() {
        if (settings.connector == null || role == null) {
            return (group, requester) -> StrategySession.clientsOwn();
        }
        GroupPolicy policy = new GroupPolicy(role.partition(), role.accountId(), settings.membershipReads, lists());
        ConnectorRole.Builder connectorRole = ConnectorRole.builder(role.toString());
        StrategySessions sessions = StrategySessions.builder(
                        settings.connector,
                        connectorRole
                                .externalId(Optional.ofNullable(settings.externalId))
                                .build(),
                        policy.ofAll(),
                        group -> policy.of(IamGroupTarget.TYPE.read(group)))
                .scope(settings.sessionScope)
                .perRequester(settings.sessionPerRequester)
                .build();
        return sessions::open;
    }

    Retries retries() {
        return settings.retries != null
                ? settings.retries
                : Retries.builder().clock(clock()).listener(listener()).build();
    }

    boolean makesClient() {
        return settings.client == null;
    }

    IamClient client() {
        if (settings.client != null) {
            return settings.client;
        }
        RuntimeConnector connector = Objects.requireNonNull(settings.connector);
        return connector
                .configure(IamClient.builder())
                .region(globalRegion(connector.region()))
                .build();
    }

    /** IAM is one service for each partition, and its requests are signed for that one's Region. */
    private static Region globalRegion(Region region) {
        String partition = PartitionMetadata.of(region).id();
        return IamClient.serviceMetadata().servicePartitions().stream()
                .filter(service -> service.partition().id().equals(partition))
                .findFirst()
                .flatMap(ServicePartitionMetadata::globalRegion)
                .orElse(region);
    }

    private ConnectorClock clock() {
        if (settings.clock != null) {
            return settings.clock;
        }
        return settings.connector == null ? ConnectorClock.system() : settings.connector.clock();
    }

    private ConnectorListener listener() {
        if (settings.listener != null) {
            return settings.listener;
        }
        return settings.connector == null ? ConnectorListener.none() : settings.connector.listener();
    }
}
