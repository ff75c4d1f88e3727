package dev.connector.testing.internal.server;

import dev.connector.testing.internal.wire.WireResponse;
import java.io.IOException;

/** What comes back to the caller, who takes it outside of the simulator's lock, since it may be long in coming. */
@FunctionalInterface
interface Answer {

    /** Waits for it, if need be. */
    WireResponse take() throws IOException, InterruptedException;

    static Answer of(WireResponse response) {
        return () -> response;
    }
}
