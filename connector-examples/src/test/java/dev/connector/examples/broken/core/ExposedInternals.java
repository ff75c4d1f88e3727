package dev.connector.examples.broken.core;

import dev.connector.examples.broken.core.internal.Hidden;
import java.util.List;
import java.util.Map;

/** Shows what is internal. */
@SuppressWarnings("unused")
public class ExposedInternals {

    /** As a field. */
    protected Hidden field;

    /** As a parameter. */
    public void parameter(Hidden[] hidden) {}

    /** As a part of a result. */
    public Map<String, List<? extends Hidden>> result() {
        return Map.of();
    }

    /** As a bound. */
    public <T extends Hidden> void bound(T hidden) {}
}
