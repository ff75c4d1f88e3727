package dev.connector.testing.internal.auth;

import java.util.ArrayList;
import java.util.List;

/** An ARN with wildcards, of which each of the six parts is compared for itself, as {@code ArnLike} does. */
final class ArnPattern {

    private static final int PARTS = 6;

    private final List<Glob> parts = new ArrayList<>();

    ArnPattern(String text, boolean escapes) {
        for (String part : text.split(":", PARTS)) {
            parts.add(Glob.of(part, escapes));
        }
        if (parts.size() != PARTS) {
            throw new PolicySyntaxException("Not an ARN of six parts: " + text);
        }
    }

    boolean matches(String arn) {
        String[] actual = arn.split(":", PARTS);
        if (actual.length != PARTS) {
            return false;
        }
        for (int i = 0; i < PARTS; i++) {
            if (!parts.get(i).matches(actual[i])) {
                return false;
            }
        }
        return true;
    }
}
