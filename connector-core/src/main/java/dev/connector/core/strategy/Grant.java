package dev.connector.core.strategy;

import dev.connector.core.internal.Names;
import dev.connector.core.internal.Printable;
import dev.connector.core.internal.ValueStyle;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.immutables.value.Value;

/**
 * One access, from the moment before it is given until it is ended. It holds everything that ending it needs, so store it: whoever has a stored grant can
 * end the access, in this process or another.
 *
 * <p>A stored grant is a capability: whoever can change it in the store decides whose access is taken away, within the allow-list of the strategy.
 *
 * <p>Immutable. Its JSON form ({@link #toJson()}) holds no secret.
 */
@ValueStyle
@Value.Immutable
public abstract class Grant {

    Grant() {}

    /**
     * What {@link AccessStrategy#prepare} answers; for people who write strategies.
     *
     * @param request what was asked for; its target must be the one that the strategy settled on
     * @param scope the scope of the strategy
     * @param principalId the id by which the target system knows the requester for good
     * @param prior whether the access was there before
     * @return a grant in the state {@link GrantState#PREPARED}
     */
    public static Grant prepared(
            AccessRequest<? extends AccessTarget> request, GrantScope scope, String principalId, Prior prior) {
        return preparing(request, scope, principalId, prior).build();
    }

    /**
     * What {@link AccessStrategy#prepare} answers, to add to it what a strategy needs to know besides; for people who write strategies.
     *
     * @param request what was asked for; its target must be the one that the strategy settled on
     * @param scope the scope of the strategy
     * @param principalId the id by which the target system knows the requester for good
     * @param prior whether the access was there before
     * @return a builder of a grant in the state {@link GrantState#PREPARED}
     */
    public static Builder preparing(
            AccessRequest<? extends AccessTarget> request, GrantScope scope, String principalId, Prior prior) {
        return builder()
                .requestId(request.id())
                .requester(request.requester())
                .target(request.snapshot())
                .reason(request.reason())
                .duration(request.duration())
                .requestedAt(request.requestedAt())
                .notAfter(request.notAfter())
                .maxWait(request.maxWait())
                .actor(request.actor())
                .run(request.run())
                .scope(scope)
                .state(GrantState.PREPARED)
                .principalId(principalId)
                .prior(prior);
    }

    /**
     * Starts with nothing.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads what {@link #toJson()} wrote, in this version of the library or an earlier one.
     *
     * @param json the JSON
     * @return the grant
     * @throws GrantRejectedException if a newer version of the library wrote it
     * @throws IllegalArgumentException if it is not the JSON of a grant
     */
    public static Grant fromJson(String json) {
        return StrategyJson.readGrant(json);
    }

    /**
     * The request's id: the key under which to store the grant.
     *
     * @return the id of the run
     */
    public abstract UUID requestId();

    /**
     * How far the grant has come.
     *
     * @return the state
     */
    public abstract GrantState state();

    /**
     * Who has the access.
     *
     * @return the requester
     */
    public abstract Requester requester();

    /**
     * To what.
     *
     * @return the target, as the strategy settled on it
     */
    public abstract TargetSnapshot target();

    /**
     * Why, in the requester's words.
     *
     * @return any text of at most 8,192 characters, or empty if none was given
     */
    public abstract Optional<String> reason();

    /**
     * How long the access is to last.
     *
     * @return from when it is given
     */
    public abstract Duration duration();

    /**
     * When the request was made.
     *
     * @return an instant of the caller's clock
     */
    public abstract Instant requestedAt();

    /**
     * Until when the access may be given.
     *
     * @return an instant of the caller's clock
     */
    public abstract Instant notAfter();

    /**
     * How long each verb may take.
     *
     * @return from the verb's start
     */
    public abstract Duration maxWait();

    /**
     * Who caused the request.
     *
     * @return empty if it was the requester
     */
    public abstract Optional<Actor> actor();

    /**
     * Where the request comes from in the caller's own system.
     *
     * @return empty if the caller had nothing to say
     */
    public abstract Optional<RunContext> run();

    /**
     * Where the access is: only a strategy of this scope takes the grant.
     *
     * @return the scope
     */
    public abstract GrantScope scope();

    /**
     * Who has the access, as the target system knows them for good.
     *
     * @return for instance an IAM user's {@code UserId}
     */
    public abstract String principalId();

    /**
     * The principal's name in the target system when the grant was prepared, where its calls take a name.
     *
     * @return for instance an IAM user's name; empty if the id is enough
     */
    public abstract Optional<String> principalName();

    /**
     * The id by which the target system knows the target for good, where its calls take a name.
     *
     * @return for instance an IAM group's {@code GroupId}; empty if the name is enough, or the strategy's role may not read it
     */
    public abstract Optional<String> targetId();

    /**
     * The id of the membership that was made, where the target system gives one.
     *
     * @return empty if it gives none, or none was made yet
     */
    public abstract Optional<String> membershipId();

    /**
     * AWS's id of the change that is under way, where a change is not done when the call returns.
     *
     * @return empty if there is none
     */
    public abstract Optional<String> awsRequestId();

    /**
     * How long a session lasts that is begun with the access, as it was when the grant was prepared: such a session outlives the grant.
     *
     * @return empty if there are no such sessions, or nobody knows
     */
    public abstract Optional<Duration> sessionDuration();

    /**
     * Whether the access was there before; fixed when the grant is prepared, and never read again.
     *
     * @return what the end of the grant goes by
     */
    public abstract Prior prior();

    /**
     * When the access was given.
     *
     * @return an instant of the strategy's clock; {@link #notAfter()} if the access was only found after it; empty if it was not given, as far as this
     *     grant tells
     */
    public abstract Optional<Instant> grantedAt();

    /**
     * Whether a read showed the access after it was given.
     *
     * @return {@code false} if the strategy's role may not read, or the access was not given yet
     */
    @Value.Default
    public boolean confirmed() {
        return false;
    }

    @Value.Check
    void check() {
        Names.require("principal id of the grant", principalId());
        Limits.requireShortText("principal name of the grant", principalName());
        Limits.requireShortText("target id of the grant", targetId());
        Limits.requireShortText("membership id of the grant", membershipId());
        Limits.requireShortText("AWS request id of the grant", awsRequestId());
        Limits.requireText("reason of the grant", reason());
        Limits.requireDuration("duration", duration(), Limits.MAX_DURATION);
        Limits.requireDuration("maxWait", maxWait(), Limits.MAX_WAIT);
        sessionDuration().ifPresent(session -> Limits.requireDuration("sessionDuration", session, Limits.MAX_DURATION));
        Limits.requireInstant("requestedAt", requestedAt());
        Limits.requireInstant("notAfter", notAfter());
        grantedAt().ifPresent(instant -> Limits.requireInstant("grantedAt", instant));
        boolean given = state() == GrantState.GRANTED;
        boolean notYet = state() == GrantState.PREPARED || state() == GrantState.PENDING;
        if ((given && grantedAt().isEmpty()) || (notYet && grantedAt().isPresent())) {
            throw new IllegalArgumentException(
                    "A grant has grantedAt if it was given, and only then; this one is " + state() + ".");
        }
        if (confirmed() && grantedAt().isEmpty()) {
            throw new IllegalArgumentException("A grant without grantedAt cannot be confirmed.");
        }
    }

    /**
     * When the access is to be ended, at the latest. Every grant has an end, so a stored one that was never heard of again is ended too.
     *
     * @return {@link #grantedAt()} plus {@link #duration()}; before that {@link #notAfter()} plus {@link #duration()}
     */
    public Instant endsAt() {
        return grantedAt().orElse(notAfter()).plus(duration());
    }

    /**
     * What two grants of the same access have in common.
     *
     * @return the key
     */
    public GrantKey key() {
        return GrantKey.of(scope(), principalId(), target());
    }

    /**
     * This grant, given; for people who write strategies.
     *
     * @param instant when
     * @return a grant in the state {@link GrantState#GRANTED}, not confirmed
     * @throws GrantRejectedException if its end was begun
     */
    public Grant granted(Instant instant) {
        return granted(instant, false);
    }

    /**
     * This grant, given; for people who write strategies.
     *
     * @param instant when
     * @param confirmed whether a read has shown it
     * @return a grant in the state {@link GrantState#GRANTED}
     * @throws GrantRejectedException if its end was begun
     */
    public Grant granted(Instant instant, boolean confirmed) {
        requireNotEnding();
        return toBuilder()
                .state(GrantState.GRANTED)
                .grantedAt(instant)
                .confirmed(confirmed)
                .build();
    }

    /**
     * This grant, of which nobody knows whether it was given; for people who write strategies.
     *
     * @return a grant in the state {@link GrantState#PENDING}
     * @throws IllegalArgumentException if it was given already
     * @throws GrantRejectedException if its end was begun
     */
    public Grant pending() {
        requireNotEnding();
        return toBuilder().state(GrantState.PENDING).build();
    }

    /**
     * This grant, of which nobody knows whether it was ended; for people who write strategies.
     *
     * @return a grant in the state {@link GrantState#ENDING}
     */
    public Grant ending() {
        return toBuilder().state(GrantState.ENDING).build();
    }

    /**
     * Requires that the grant is a strategy's own; for people who write strategies.
     *
     * @param expected the scope of the strategy
     * @return this
     * @throws GrantRejectedException if it is of another scope
     */
    public Grant requireScope(GrantScope expected) {
        if (!scope().equals(expected)) {
            throw new GrantRejectedException("Cannot take up the grant " + requestId() + ": it is of the scope "
                    + scope() + ", but this strategy is of " + expected
                    + ". Hand it to the strategy that gave it, or to a StrategyRouter.");
        }
        return this;
    }

    /**
     * Requires that the grant's end was not begun; for people who write strategies.
     *
     * @return this
     * @throws GrantRejectedException if it was
     */
    public Grant requireNotEnding() {
        if (state() == GrantState.ENDING) {
            throw new GrantRejectedException("Cannot resume the grant " + requestId()
                    + ": its end was begun. Call deescalate with it; to give the access anew, make a new request.");
        }
        return this;
    }

    /**
     * Requires that the grant's target is of a strategy's type; for people who write strategies.
     *
     * @param <T> the class of the target
     * @param expected the type that the strategy serves
     * @return the target, read back
     * @throws GrantRejectedException if it is of another type, or its settings cannot be read
     */
    public <T extends AccessTarget> T requireTarget(TargetType<T> expected) {
        try {
            return expected.read(target());
        } catch (IllegalArgumentException unreadable) {
            String whatToDo = expected.includes(target())
                    ? " The stored grant is damaged: end the access by hand."
                    : " Hand it to the strategy that gave it, or to a StrategyRouter.";
            throw new GrantRejectedException(
                    "Cannot take up the grant " + requestId() + ": " + unreadable.getMessage() + whatToDo, unreadable);
        }
    }

    /**
     * A builder that holds all of this grant.
     *
     * @return a builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.from(this);
        return builder;
    }

    /**
     * The grant as JSON, with a version number; {@link #fromJson} reads it back, also in later versions of the library.
     *
     * @return the JSON
     */
    public String toJson() {
        return StrategyJson.write(this);
    }

    @Override
    public String toString() {
        return Printable.escape(
                "Grant{requestId=" + requestId() + ", state=" + state() + ", requester=" + requester() + ", principal="
                        + principalId() + ", target=" + target() + ", prior=" + prior() + ", endsAt=" + endsAt() + "}");
    }

    /** Collects the parts; not thread-safe. */
    public static final class Builder extends ImmutableGrant.Builder {
        Builder() {}
    }
}
