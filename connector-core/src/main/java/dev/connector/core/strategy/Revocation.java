package dev.connector.core.strategy;

import dev.connector.core.internal.Printable;
import dev.connector.core.internal.ValueStyle;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.immutables.value.Value;

/**
 * How a grant ended.
 *
 * <p>Immutable. Its JSON form ({@link #toJson()}) holds no secret.
 */
@ValueStyle
@Value.Immutable
public abstract class Revocation {

    Revocation() {}

    /**
     * An end, of which nothing more is known; for people who write strategies.
     *
     * @param grant the grant that was ended
     * @param result how, but not {@link Result#KEPT_IN_USE}, which needs {@link #inUseBy()}
     * @return the revocation, not confirmed
     */
    public static Revocation of(Grant grant, Result result) {
        return builder(grant, result).build();
    }

    /**
     * Starts from the grant and how it ended.
     *
     * @param grant the grant that was ended
     * @param result how
     * @return a builder
     */
    public static Builder builder(Grant grant, Result result) {
        Builder builder = new Builder();
        builder.grant(grant);
        builder.result(result);
        return builder;
    }

    /**
     * Reads what {@link #toJson()} wrote, in this version of the library or an earlier one.
     *
     * @param json the JSON
     * @return the revocation
     * @throws GrantRejectedException if a newer version of the library wrote it
     * @throws IllegalArgumentException if it is not the JSON of a revocation
     */
    public static Revocation fromJson(String json) {
        return StrategyJson.readRevocation(json);
    }

    /**
     * The grant that was ended. Its {@link Grant#prior()} tells whether anybody knew that the access had not been there before.
     *
     * @return the grant
     */
    public abstract Grant grant();

    /**
     * How it ended.
     *
     * @return the result
     */
    public abstract Result result();

    /**
     * Whether a read showed that the access is gone.
     *
     * @return {@code false} if the strategy's role may not read, or the access was kept
     */
    @Value.Default
    public boolean confirmed() {
        return false;
    }

    /**
     * When it ended.
     *
     * @return an instant of the strategy's clock; empty if the access was kept. A later request for the same access takes it as {@link
     *     AccessRequest#lastEndedAt()}.
     */
    public abstract Optional<Instant> endedAt();

    /**
     * The open grant for which the access was kept.
     *
     * @return its request id if the result is {@link Result#KEPT_IN_USE}, else empty
     */
    public abstract Optional<UUID> inUseBy();

    /**
     * Access that outlives the grant.
     *
     * @return what was found, at most 100 entries; see {@link #remainingComplete()}
     */
    public abstract List<RemainingAccess> remaining();

    /**
     * Whether everything was looked at that the strategy's Javadoc promises for {@link #remaining()}.
     *
     * @return {@code false} if an empty list means nothing
     */
    @Value.Default
    public boolean remainingComplete() {
        return false;
    }

    @Value.Check
    void check() {
        Limits.requireCount("remaining accesses of the revocation", remaining().size());
        endedAt().ifPresent(instant -> Limits.requireInstant("endedAt", instant));
        if (!result().isGone() && (confirmed() || endedAt().isPresent())) {
            throw new IllegalArgumentException(
                    "The end of an access that was kept is not confirmed and has no endedAt; it is " + result() + ".");
        }
        if (inUseBy().isPresent() != (result() == Result.KEPT_IN_USE)) {
            throw new IllegalArgumentException(
                    "inUseBy names a grant if the result is KEPT_IN_USE, and only then; it is " + result() + ".");
        }
    }

    /**
     * The revocation as JSON, with a version number; {@link #fromJson} reads it back, also in later versions of the library.
     *
     * @return the JSON
     */
    public String toJson() {
        return StrategyJson.write(this);
    }

    @Override
    public String toString() {
        return Printable.escape("Revocation{requestId=" + grant().requestId() + ", result=" + result() + ", confirmed="
                + confirmed()
                + ", principal=" + grant().principalId() + ", target=" + grant().target() + ", prior=" + grant().prior()
                + inUseBy().map(id -> ", inUseBy=" + id).orElse("")
                + ", remaining=" + remaining() + "}");
    }

    /** How a grant can end. */
    public enum Result {
        /** The access was taken away. */
        REVOKED,
        /** The access was gone already, for certain. */
        ALREADY_ABSENT,
        /** The access was there before the grant, and stays. */
        KEPT_PREEXISTING,
        /**
         * Another open grant needs the access; {@link Revocation#inUseBy()} names it. Nothing was sent, and nobody looked: where an earlier end of this grant was
         * unknown, that one may have taken the access away.
         */
        KEPT_IN_USE,
        /** The access that is there now was made by somebody else, and stays. */
        KEPT_FOREIGN;

        /**
         * Whether the access is gone.
         *
         * @return {@code true} for {@link #REVOKED} and {@link #ALREADY_ABSENT}
         */
        public boolean isGone() {
            return this == REVOKED || this == ALREADY_ABSENT;
        }
    }

    /** Collects the parts; not thread-safe. */
    public static final class Builder extends ImmutableRevocation.Builder {
        Builder() {}
    }
}
