package dev.connector.strategies.sso;

import dev.connector.core.internal.ValueStyle;
import dev.connector.core.strategy.AccessTarget;
import dev.connector.core.strategy.Srn;
import dev.connector.core.strategy.TargetSnapshot;
import dev.connector.core.strategy.TargetType;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Membership of one group of the identity store of IAM Identity Center.
 *
 * <p>Immutable. AWS takes both letter cases of an id for the same group; here it is in lower case.
 *
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_CreateGroupMembership.html">CreateGroupMembership</a>
 */
@ValueStyle
@Value.Immutable
public abstract class IdentityStoreGroupTarget implements AccessTarget {

    /** The type of these targets: {@code aws_sso_group}. Its setting is {@code group_id}. */
    public static final TargetType<IdentityStoreGroupTarget> TYPE =
            TargetType.of("aws_sso_group", IdentityStoreGroupTarget.class, IdentityStoreGroupTarget::fromSnapshot);

    private static final String GROUP = "group_id";

    IdentityStoreGroupTarget() {}

    /**
     * A group.
     *
     * @param groupId the group's id, which is no name and no ARN
     * @return the target
     * @throws IllegalArgumentException if it cannot be the id of a group
     */
    public static IdentityStoreGroupTarget of(String groupId) {
        return builder(groupId).build();
    }

    /**
     * Starts from the group's id.
     *
     * @param groupId the group's id, which is no name and no ARN
     * @return a builder
     */
    public static Builder builder(String groupId) {
        Builder builder = new Builder();
        builder.groupId(groupId.toLowerCase(Locale.ROOT));
        return builder;
    }

    private static IdentityStoreGroupTarget fromSnapshot(TargetSnapshot snapshot) {
        return builder(snapshot.requireSetting(GROUP))
                .name(snapshot.name())
                .label(snapshot.label())
                .srn(snapshot.srn())
                .build();
    }

    /**
     * The group.
     *
     * @return its id, in lower case
     */
    public abstract String groupId();

    @Override
    public String type() {
        return TYPE.name();
    }

    /**
     * A short name, unique among the caller's targets.
     *
     * @return by default the group's id
     */
    @Override
    @Value.Default
    public String name() {
        return groupId();
    }

    @Override
    public abstract Optional<String> label();

    @Override
    public abstract Optional<Srn> srn();

    @Override
    public Map<String, String> settings() {
        return Map.of(GROUP, groupId());
    }

    @Value.Check
    void check() {
        DirectoryIds.requireId("group", groupId());
        if (!groupId().equals(groupId().toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "The id of a group is kept in lower case; this one is not: " + groupId());
        }
    }

    /**
     * The group.
     *
     * @return its id
     */
    @Override
    public String toString() {
        return groupId();
    }

    /** Collects the parts; not thread-safe. */
    public static final class Builder extends ImmutableIdentityStoreGroupTarget.Builder {
        Builder() {}
    }
}
