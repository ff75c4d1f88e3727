package dev.connector.core.strategy;

import dev.connector.core.internal.Printable;
import dev.connector.core.internal.ValueStyle;
import java.time.Instant;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Access that outlives the end of a grant.
 *
 * <p>Immutable.
 */
@ValueStyle
@Value.Immutable
public abstract class RemainingAccess {

    RemainingAccess() {}

    /**
     * Access that remains.
     *
     * @param kind what kind
     * @param description what it is, for people to read; at most 1,024 characters
     * @return the access, without a known end
     * @throws IllegalArgumentException if the description is longer
     */
    public static RemainingAccess of(Kind kind, String description) {
        return ImmutableRemainingAccess.builder()
                .kind(kind)
                .description(description)
                .build();
    }

    /**
     * This access, with an end.
     *
     * @param instant when it ends by itself, at the latest
     * @return the access
     */
    public RemainingAccess until(Instant instant) {
        return ImmutableRemainingAccess.builder().from(this).until(instant).build();
    }

    /**
     * What kind of access it is.
     *
     * @return the kind; new ones may be added, so keep a default branch
     */
    public abstract Kind kind();

    /**
     * What it is, for people to read.
     *
     * @return any text of at most 1,024 characters
     */
    public abstract String description();

    /**
     * When it ends by itself, at the latest.
     *
     * @return empty if it does not, or nobody knows
     */
    public abstract Optional<Instant> until();

    @Value.Check
    void check() {
        Limits.requireShortText("description of the remaining access", Optional.of(description()));
        until().ifPresent(instant -> Limits.requireInstant("until", instant));
    }

    @Override
    public String toString() {
        return Printable.escape(kind() + ": " + description()
                + until().map(instant -> " until " + instant).orElse(""));
    }

    /** The kinds of access that can remain. */
    public enum Kind {
        /** Sessions that were begun while the access lasted. */
        SESSIONS,
        /** The same access through a group. */
        GROUP,
        /** An assignment of a principal that is gone. */
        ORPHANED_ASSIGNMENT,
        /** A membership that somebody else made. */
        FOREIGN_MEMBERSHIP
    }
}
