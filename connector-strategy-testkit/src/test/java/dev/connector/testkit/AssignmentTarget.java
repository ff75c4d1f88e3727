package dev.connector.testkit;

import dev.connector.core.strategy.AccessTarget;
import dev.connector.core.strategy.TargetType;
import java.util.Map;

/** A permission set in an account, as somebody's own strategy may see it. */
record AssignmentTarget(String name, String permissionSetArn) implements AccessTarget {

    static final String ACCOUNT = "444455556666";

    static final TargetType<AssignmentTarget> TYPE = TargetType.of(
            "plain_assignment",
            AssignmentTarget.class,
            stored -> new AssignmentTarget(stored.name(), stored.requireSetting("permission_set")));

    @Override
    public String type() {
        return TYPE.name();
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("permission_set", permissionSetArn);
    }
}
