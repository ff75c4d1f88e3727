package dev.connector.testkit;

import dev.connector.core.strategy.AccessTarget;
import dev.connector.core.strategy.TargetType;
import java.util.Map;

/** An IAM group, as somebody's own strategy may see it. */
record GroupTarget(String name) implements AccessTarget {

    static final TargetType<GroupTarget> TYPE =
            TargetType.of("plain_group", GroupTarget.class, stored -> new GroupTarget(stored.requireSetting("group")));

    @Override
    public String type() {
        return TYPE.name();
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("group", name);
    }
}
