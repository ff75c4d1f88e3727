package dev.connector.core.strategy;

import dev.connector.core.internal.Printable;
import dev.connector.core.internal.ValueStyle;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * Why a grant is ended, and which other grants are still open.
 *
 * <p>Immutable.
 */
@ValueStyle
@Value.Immutable
public abstract class Ending {

    Ending() {}

    /**
     * The grant's time is over.
     *
     * @return the ending
     */
    public static Ending scheduled() {
        return ImmutableEnding.builder().type(Type.SCHEDULED).build();
    }

    /**
     * Somebody ends it before its time.
     *
     * @param actor who
     * @param reason why, any text
     * @return the ending
     */
    public static Ending revokedBy(Actor actor, String reason) {
        return ImmutableEnding.builder()
                .type(Type.REVOKE)
                .actor(actor)
                .reason(reason)
                .build();
    }

    /**
     * This ending, while other grants are open. If one of them is about the same access, the access is kept for it; the last one out takes it away.
     *
     * <p>The library stores nothing: of grants that are not named here it knows nothing, and the first end takes the access from all of them.
     *
     * <p>Mark the end of a grant in your store before you read which others are open: of two ends at the same time that each name the other grant, neither
     * would take the access away.
     *
     * @param grants the caller's open grants, which replace those of an earlier call; those of other people, targets or scopes, those in the state {@link
     *     GrantState#ENDING}, and the one that is ended, are ignored
     * @return the ending
     */
    public Ending whileOpen(Collection<Grant> grants) {
        return ImmutableEnding.builder().from(this).openGrants(grants).build();
    }

    /**
     * Whether its time was over or somebody ended it.
     *
     * @return the type
     */
    public abstract Type type();

    /**
     * Who ended it.
     *
     * @return empty if its time was over
     */
    public abstract Optional<Actor> actor();

    /**
     * Why it was ended.
     *
     * @return any text; empty if its time was over
     */
    public abstract Optional<String> reason();

    /**
     * Other grants that are open.
     *
     * @return as the caller gave them
     */
    public abstract List<Grant> openGrants();

    /**
     * An open grant for which the access must be kept; for people who write strategies.
     *
     * @param ended the grant that is ended
     * @return another grant of the same access whose end was not begun, or empty if there is none
     */
    public Optional<Grant> inUseBy(Grant ended) {
        if (openGrants().isEmpty()) {
            return Optional.empty();
        }
        GrantKey key = ended.key();
        return openGrants().stream()
                .filter(open -> open.state() != GrantState.ENDING)
                .filter(open -> !open.requestId().equals(ended.requestId()))
                .filter(open -> open.key().equals(key))
                .findFirst();
    }

    /**
     * How a grant ends whose access stays, because it was there before or another grant needs it; for people who write strategies.
     *
     * @param ended the grant that is ended
     * @param keepWhenPriorUnknown whether access stays of which nobody knows whether it was there before
     * @return the revocation, or empty if the access is to be taken away
     */
    public Optional<Revocation> kept(Grant ended, boolean keepWhenPriorUnknown) {
        // An end that was begun may have taken the access away already: nobody can say then that it stays.
        boolean keepsUnknown = keepWhenPriorUnknown && ended.state() != GrantState.ENDING;
        if (ended.prior() == Prior.PRESENT || (ended.prior() == Prior.UNKNOWN && keepsUnknown)) {
            return Optional.of(Revocation.of(ended, Revocation.Result.KEPT_PREEXISTING));
        }
        return inUseBy(ended)
                .map(open -> Revocation.builder(ended, Revocation.Result.KEPT_IN_USE)
                        .inUseBy(open.requestId())
                        .build());
    }

    @Override
    public String toString() {
        return Printable.escape("Ending{type=" + type() + ", actor="
                + actor().map(Actor::username).orElse("") + ", openGrants="
                + openGrants().size() + "}");
    }

    /** Why a grant is ended. */
    public enum Type {
        /** Its time is over. */
        SCHEDULED,
        /** Somebody ended it before its time. */
        REVOKE
    }
}
