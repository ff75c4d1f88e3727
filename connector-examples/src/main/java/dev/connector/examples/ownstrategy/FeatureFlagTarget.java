package dev.connector.examples.ownstrategy;

import dev.connector.core.strategy.AccessTarget;
import dev.connector.core.strategy.TargetType;
import java.util.Map;

/**
 * A feature flag that can be switched on for one person: a target that AWS knows nothing of.
 *
 * @param name the flag
 */
public record FeatureFlagTarget(String name) implements AccessTarget {

    /** The type, with the way back from what a stored grant says of the target. */
    public static final TargetType<FeatureFlagTarget> TYPE = TargetType.of(
            "feature_flag", FeatureFlagTarget.class, stored -> new FeatureFlagTarget(stored.requireSetting("flag")));

    @Override
    public String type() {
        return TYPE.name();
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("flag", name);
    }
}
