package dev.connector.testing.internal.server;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks parameters as the service's model says, and reports all that is wrong at once, in AWS's words. */
public final class Validation {

    private final List<String> errors = new ArrayList<>();

    /** A text that must be there. */
    public Validation required(String name, @Nullable String value, int min, int max, Pattern pattern) {
        if (value == null) {
            errors.add("Value null at '" + name + "' failed to satisfy constraint: Member must not be null");
            return this;
        }
        return optional(name, value, min, max, pattern);
    }

    /** A text that may be there. */
    public Validation optional(String name, @Nullable String value, int min, int max, Pattern pattern) {
        if (value == null) {
            return this;
        }
        check(value.length() >= min, name, value, "Member must have length greater than or equal to " + min);
        check(value.length() <= max, name, value, "Member must have length less than or equal to " + max);
        boolean matches = pattern.matcher(value).matches();
        check(matches, name, value, "Member must satisfy regular expression pattern: " + pattern);
        return this;
    }

    /** A number that may be there. */
    public Validation optional(String name, @Nullable Integer value, int min, int max) {
        if (value == null) {
            return this;
        }
        String shown = value.toString();
        check(value >= min, name, shown, "Member must have value greater than or equal to " + min);
        check(value <= max, name, shown, "Member must have value less than or equal to " + max);
        return this;
    }

    /** A list of which there may be so many. */
    public Validation size(String name, int size, int max) {
        check(size <= max, name, size + " elements", "Member must have length less than or equal to " + max);
        return this;
    }

    /** Goes on only if nothing is wrong. */
    public void throwIfAny(ErrorCode code) {
        if (!errors.isEmpty()) {
            String count = errors.size() == 1 ? "1 validation error" : errors.size() + " validation errors";
            throw code.because(count + " detected: " + String.join("; ", errors));
        }
    }

    private void check(boolean holds, String name, String value, String constraint) {
        if (!holds) {
            errors.add("Value '" + value + "' at '" + name + "' failed to satisfy constraint: " + constraint);
        }
    }
}
