package dev.connector.testkit;

import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.AccessTarget;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.Requester;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the service has stored about one request, and what the kit knows besides. For one thread.
 *
 * @param <T> the world's targets
 */
final class Held<T extends AccessTarget> {

    private final AccessRequest<T> request;
    private final boolean tellsOfOpenGrants;
    private @Nullable String stored;
    private @Nullable Access access;
    private boolean attempted;
    private boolean lost;
    private boolean ending;
    private boolean done;

    Held(AccessRequest<T> request, boolean tellsOfOpenGrants) {
        this.request = request;
        this.tellsOfOpenGrants = tellsOfOpenGrants;
    }

    AccessRequest<T> request() {
        return request;
    }

    About about() {
        return new About(request.requester().username(), request.target().name());
    }

    boolean isOf(Requester person, T target) {
        return about().equals(new About(person.username(), target.name()));
    }

    boolean tellsOfOpenGrants() {
        return tellsOfOpenGrants;
    }

    boolean isStored() {
        return stored != null;
    }

    /** What the service has stored, read back as another process would. */
    Grant grant() {
        if (stored == null) {
            throw new IllegalStateException("Nothing is stored of " + request);
        }
        return Grant.fromJson(stored);
    }

    void store(Grant grant) {
        stored = grant.toJson();
        access = Access.of(grant);
    }

    /** Another process may have given the access, and the stored grant does not tell. */
    void attempt() {
        attempted = true;
    }

    boolean mayBeGiven() {
        return attempted || (stored != null && grant().state() != GrantState.PREPARED);
    }

    /** Only the request has survived a crash. */
    void loseGrant() {
        stored = null;
        lost = true;
    }

    boolean isLost() {
        return lost;
    }

    /** The service marks the end in its store before it begins with it. */
    void markEnding() {
        ending = true;
    }

    boolean isEnding() {
        return ending;
    }

    /** The service has nothing to do about it any more. */
    void finish() {
        done = true;
    }

    boolean isOpen() {
        return !done;
    }

    /** What it was about when it was last stored, whether the service still knows that or not. */
    Optional<Access> access() {
        return Optional.ofNullable(access);
    }

    @Override
    public String toString() {
        return about().person() + ", " + about().target() + " #" + request.id().getLeastSignificantBits();
    }

    /** Who asks, by the name that they had then, and for what. */
    record About(String person, String target) {}
}
