package dev.connector.core.strategy;

import java.util.Map;

/** A target of a second kind that only the tests know. */
record WindowTarget(String window) implements AccessTarget {

    static final TargetType<WindowTarget> TYPE = TargetType.of(
            "window", WindowTarget.class, snapshot -> new WindowTarget(snapshot.requireSetting("window")));

    @Override
    public String type() {
        return "window";
    }

    @Override
    public String name() {
        return window;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("window", window);
    }
}
