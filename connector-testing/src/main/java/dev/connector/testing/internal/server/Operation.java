package dev.connector.testing.internal.server;

import dev.connector.testing.internal.wire.Route;
import dev.connector.testing.internal.wire.Shape;
import java.util.Set;

/**
 * One operation of a service.
 *
 * @param route how its requests are known
 * @param shape how they are read
 * @param secrets the parameters that are not to be shown
 * @param handler what it does
 * @param <I> the SDK's class of its requests
 */
public record Operation<I>(Route route, Shape<I> shape, Set<String> secrets, Handler<I> handler) {

    /**
     * What an operation does: checks, authorises, acts, and returns the SDK's response object.
     *
     * @param <I> the SDK's class of its requests
     */
    @FunctionalInterface
    public interface Handler<I> {
        /** Handles one call; throws {@link ServiceFailure} for an error. */
        Object handle(I request, Call call);
    }

    /** An operation whose name is on the wire. */
    public static <I> Operation<I> named(String name, Shape<I> shape, Handler<I> handler) {
        return new Operation<>(Route.named(name), shape, Set.of(), handler);
    }

    public Operation<I> withSecrets(String... parameters) {
        return new Operation<>(route, shape, Set.of(parameters), handler);
    }

    String name() {
        return route.operation();
    }
}
