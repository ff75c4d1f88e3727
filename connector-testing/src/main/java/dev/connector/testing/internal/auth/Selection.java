package dev.connector.testing.internal.auth;

import java.util.List;
import java.util.function.Predicate;

/**
 * The actions or resources of a statement.
 *
 * @param inverted whether it is everything but those, as {@code NotAction} and {@code NotResource} are
 * @param patterns the patterns
 */
record Selection(boolean inverted, List<Glob> patterns) {

    boolean selects(Predicate<Glob> matches) {
        return inverted != patterns.stream().anyMatch(matches);
    }
}
