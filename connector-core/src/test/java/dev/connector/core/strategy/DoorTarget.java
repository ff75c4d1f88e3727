package dev.connector.core.strategy;

import java.util.Map;
import java.util.Optional;

/** A target of a kind that only the tests know, as a user of the library would write one. */
record DoorTarget(String door, Optional<String> label) implements AccessTarget {

    static final TargetType<DoorTarget> TYPE = TargetType.of("door", DoorTarget.class, DoorTarget::read);

    static DoorTarget of(String door) {
        return new DoorTarget(door, Optional.empty());
    }

    private static DoorTarget read(TargetSnapshot snapshot) {
        return new DoorTarget(snapshot.requireSetting("door"), snapshot.label());
    }

    @Override
    public String type() {
        return "door";
    }

    @Override
    public String name() {
        return door + "-door";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("door", door);
    }
}
