package dev.connector.testing.internal.server;

import dev.connector.testing.internal.wire.Protocol;
import dev.connector.testing.internal.wire.Route;
import java.util.List;
import java.util.Optional;

/**
 * A service: its protocol and the table of its operations.
 *
 * @param protocol how it writes
 * @param errors what it calls the errors that every service has
 * @param operations what it can do
 */
public record Service(Protocol protocol, CommonErrors errors, List<Operation<?>> operations) {

    List<Route> routes() {
        return operations.stream().<Route>map(Operation::route).toList();
    }

    Optional<Operation<?>> operation(String name) {
        return operations.stream()
                .filter(operation -> operation.name().equals(name))
                .findFirst();
    }
}
