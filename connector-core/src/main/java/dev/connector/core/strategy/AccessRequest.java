package dev.connector.core.strategy;

import dev.connector.core.ConnectorClock;
import dev.connector.core.internal.Printable;
import dev.connector.core.internal.ValueStyle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.immutables.value.Value;

/**
 * Who asks for which access, why and for how long.
 *
 * <p>By default the request is made now, must be acted on within 15 minutes, and each verb may take 10 minutes.
 *
 * <p>Immutable. Its JSON form ({@link #toJson()}) holds no secret.
 *
 * @param <T> the class of its target
 */
@ValueStyle
@Value.Immutable
public abstract class AccessRequest<T extends AccessTarget> {

    AccessRequest() {}

    /**
     * Starts from who and what.
     *
     * @param <T> the class of the target
     * @param requester who is to have access
     * @param target to what
     * @return a builder, which still needs a duration
     */
    public static <T extends AccessTarget> Builder<T> builder(Requester requester, T target) {
        Builder<T> builder = new Builder<>();
        builder.requester(requester);
        builder.target(target);
        return builder;
    }

    /**
     * Reads what {@link #toJson()} wrote.
     *
     * @param <T> the class of the target
     * @param json the JSON
     * @param targetType the type of the target; {@link TargetType#any()} leaves it a snapshot
     * @return the request
     * @throws IllegalArgumentException if it is not the JSON of a request, was written by a newer version, or has a target of another type
     */
    public static <T extends AccessTarget> AccessRequest<T> fromJson(String json, TargetType<T> targetType) {
        return StrategyJson.readRequest(json, targetType);
    }

    /**
     * The id of the run: the same for every attempt at the same request, and the key under which the grant is stored.
     *
     * @return by default a random one
     */
    @Value.Default
    public UUID id() {
        return UUID.randomUUID();
    }

    /**
     * Who is to have access.
     *
     * @return the requester
     */
    public abstract Requester requester();

    /**
     * To what.
     *
     * @return the target
     */
    public abstract T target();

    /**
     * Why, in the requester's words.
     *
     * @return any text of at most 8,192 characters, or empty if none was given
     */
    public abstract Optional<String> reason();

    /**
     * How long the access is to last, from when it is given. The library ends nothing by itself: the caller does, at {@link Grant#endsAt()}.
     *
     * @return more than zero, at most 3,650 days
     */
    public abstract Duration duration();

    /**
     * When the request was made.
     *
     * @return by default now, by the machine's clock
     */
    @Value.Default
    public Instant requestedAt() {
        return ConnectorClock.system().instant();
    }

    /**
     * Until when the access may be given: a request that is delivered late must not give access after its time.
     *
     * @return by default 15 minutes after {@link #requestedAt()}
     */
    @Value.Default
    public Instant notAfter() {
        Limits.requireInstant("requestedAt", requestedAt());
        return requestedAt().plus(Duration.ofMinutes(15));
    }

    /**
     * How long each verb may take, from its start: calls, retries and waiting together.
     *
     * @return more than zero, at most a day; by default 10 minutes
     */
    @Value.Default
    public Duration maxWait() {
        return Duration.ofMinutes(10);
    }

    /**
     * Who caused the request.
     *
     * @return empty if it was the requester
     */
    public abstract Optional<Actor> actor();

    /**
     * Other grants that the caller has open. Where one of them is about the same access, this request inherits what it knows about the time
     * before: otherwise the access that the first grant gave would look as if it had always been there, and nobody would take it away.
     *
     * <p>A grant is open here until its {@link Revocation} is stored: also while its end is marked, under way or unknown. Only {@link Ending#whileOpen} is without
     * those.
     *
     * @return open grants, also this request's own if it is prepared again; those of other people, targets or scopes are ignored
     */
    public abstract List<Grant> openGrants();

    /**
     * When a grant of the same access was last ended, if the caller knows: access that is seen shortly after may be a stale reading.
     *
     * @return the instant, or empty if there was none or nobody knows
     */
    public abstract Optional<Instant> lastEndedAt();

    /**
     * Whether this request may have been carried out before, by a process that stopped without storing its grant. Access that is found is then
     * nobody's proof of having been there before: it is taken away at the end.
     *
     * <p>Set it also on any other request for the same access, for as long as such a request has not been prepared again: the access that is found
     * may be the lost grant's.
     *
     * @return by default {@code false}
     */
    @Value.Default
    public boolean mayHaveRun() {
        return false;
    }

    /**
     * Where the request comes from in the caller's own system.
     *
     * @return empty if the caller has nothing to say
     */
    public abstract Optional<RunContext> run();

    /**
     * The scope of the strategy that is meant, where a {@link StrategyRouter} has several for one type of target.
     *
     * @return empty if the type says it all
     */
    public abstract Optional<GrantScope> scope();

    /** Taken once, when the request is built: also what a target of somebody else's answers must be as a snapshot allows. */
    @Value.Derived
    @Value.Auxiliary
    TargetSnapshot snapshot() {
        return TargetSnapshot.of(target());
    }

    @Value.Check
    void check() {
        Limits.requireText("reason of the request", reason());
        Limits.requireDuration("duration", duration(), Limits.MAX_DURATION);
        Limits.requireDuration("maxWait", maxWait(), Limits.MAX_WAIT);
        Limits.requireInstant("requestedAt", requestedAt());
        Limits.requireInstant("notAfter", notAfter());
        lastEndedAt().ifPresent(instant -> Limits.requireInstant("lastEndedAt", instant));
        if (notAfter().isBefore(requestedAt())) {
            throw new IllegalArgumentException(
                    "notAfter must not be before requestedAt, but " + notAfter() + " is before " + requestedAt() + ".");
        }
    }

    /**
     * This request for another form of its target; for people who write strategies.
     *
     * @param <U> the class of the other target
     * @param other the target that the strategy settled on
     * @return the request
     */
    @SuppressWarnings({"unchecked", "ReferenceEquality"}) // If it is this very target, then this is a request for a U.
    public <U extends AccessTarget> AccessRequest<U> withTarget(U other) {
        if (target() == other) {
            return (AccessRequest<U>) this;
        }
        Builder<U> builder = builder(requester(), other);
        builder.id(id())
                .reason(reason())
                .duration(duration())
                .requestedAt(requestedAt())
                .notAfter(notAfter())
                .maxWait(maxWait())
                .actor(actor())
                .openGrants(openGrants())
                .lastEndedAt(lastEndedAt())
                .mayHaveRun(mayHaveRun())
                .run(run())
                .scope(scope());
        return builder.build();
    }

    /**
     * A builder that holds all of this request.
     *
     * @return a builder
     */
    public Builder<T> toBuilder() {
        Builder<T> builder = new Builder<>();
        builder.from(this);
        return builder;
    }

    /**
     * The request as JSON, with a version number; {@link #fromJson} reads it back, also in later versions of the library.
     *
     * @return the JSON, of at most 1,048,576 characters
     * @throws IllegalStateException if {@link #openGrants()} are so many that the JSON would be longer, and could not be read back
     */
    public String toJson() {
        return StrategyJson.write(this);
    }

    @Override
    public String toString() {
        return Printable.escape("AccessRequest{id=" + id() + ", requester=" + requester() + ", target=" + snapshot()
                + ", duration=" + duration() + "}");
    }

    /**
     * Collects the parts; not thread-safe.
     *
     * @param <T> the class of the target
     */
    public static final class Builder<T extends AccessTarget> extends ImmutableAccessRequest.Builder<T> {
        Builder() {}
    }
}
