package dev.connector.strategies.iam;

import dev.connector.core.internal.ValueStyle;
import dev.connector.core.strategy.AccessTarget;
import dev.connector.core.strategy.Srn;
import dev.connector.core.strategy.TargetSnapshot;
import dev.connector.core.strategy.TargetType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Membership of one IAM group.
 *
 * <p>AWS's calls take a group's name without its path, and names are unique in an account. The path is what roles and allow-lists go by. Where it is left out, {@link
 * IamGroupStrategy} takes it from its allow-list, if only one path there can be meant.
 *
 * <p>Immutable. Names and paths are compared to the letter.
 */
@ValueStyle
@Value.Immutable
public abstract class IamGroupTarget implements AccessTarget {

    /** The type of these targets: {@code aws_iam_group}. Its settings are {@code iam_group} and {@code iam_group_path}. */
    public static final TargetType<IamGroupTarget> TYPE =
            TargetType.of("aws_iam_group", IamGroupTarget.class, IamGroupTarget::fromSnapshot);

    private static final String GROUP = "iam_group";
    private static final String PATH = "iam_group_path";

    IamGroupTarget() {}

    /**
     * A group by its path and name.
     *
     * @param path the path, which begins and ends with {@code /}
     * @param groupName the name
     * @return the target
     * @throws IllegalArgumentException if one of them cannot be that of a group
     */
    public static IamGroupTarget of(String path, String groupName) {
        return builder(groupName).path(path).build();
    }

    /**
     * A group by its name alone.
     *
     * @param groupName the name
     * @return the target
     * @throws IllegalArgumentException if it cannot be that of a group
     */
    public static IamGroupTarget of(String groupName) {
        return builder(groupName).build();
    }

    /**
     * Starts from the group's name.
     *
     * @param groupName the name
     * @return a builder
     */
    public static Builder builder(String groupName) {
        Builder builder = new Builder();
        builder.groupName(groupName);
        return builder;
    }

    private static IamGroupTarget fromSnapshot(TargetSnapshot snapshot) {
        return builder(snapshot.requireSetting(GROUP))
                .path(Optional.ofNullable(snapshot.settings().get(PATH)))
                .name(snapshot.name())
                .label(snapshot.label())
                .srn(snapshot.srn())
                .build();
    }

    /**
     * The group's name.
     *
     * @return 1 to 128 letters, digits and {@code +=,.@_-}
     */
    public abstract String groupName();

    /**
     * The group's path.
     *
     * @return begins and ends with {@code /}; empty if the strategy is to take it from its allow-list
     */
    public abstract Optional<String> path();

    @Override
    public String type() {
        return TYPE.name();
    }

    /**
     * A short name, unique among the caller's targets.
     *
     * @return by default the group's name
     */
    @Override
    @Value.Default
    public String name() {
        return groupName();
    }

    @Override
    public abstract Optional<String> label();

    @Override
    public abstract Optional<Srn> srn();

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(GROUP, groupName());
        path().ifPresent(path -> settings.put(PATH, path));
        return Collections.unmodifiableMap(settings);
    }

    @Value.Check
    void check() {
        IamNames.requireGroupName(groupName());
        path().ifPresent(IamNames::requirePath);
    }

    /** This group, at a path. */
    IamGroupTarget at(String path) {
        Builder builder = new Builder();
        builder.from(this);
        return builder.path(path).build();
    }

    /**
     * The group's path and name.
     *
     * @return for instance {@code /sym/OnCall}; the name alone if the path was left out
     */
    @Override
    public String toString() {
        return path().orElse("") + groupName();
    }

    /** Collects the parts; not thread-safe. */
    public static final class Builder extends ImmutableIamGroupTarget.Builder {
        Builder() {}
    }
}
