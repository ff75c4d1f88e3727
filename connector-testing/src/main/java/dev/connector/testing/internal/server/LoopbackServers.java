package dev.connector.testing.internal.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The servers of a simulation, each on a port of its own, until it is closed. Thread-safe. */
public final class LoopbackServers implements AutoCloseable {

    private final Simulator simulator;
    // Both are read and written under the simulator's lock.
    private final List<LoopbackServer> running = new ArrayList<>();
    private boolean closed;

    public LoopbackServers(Simulator simulator) {
        this.simulator = simulator;
    }

    /** Starts one; 0 is any port. */
    public URI start(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("A port is from 1 to 65535, or 0 for any that is free, not " + port);
        }
        return simulator.locked(() -> {
            if (closed) {
                throw new IllegalStateException("This simulation is closed, and serves no more");
            }
            LoopbackServer server = open(port);
            running.add(server);
            return server.uri();
        });
    }

    private LoopbackServer open(int port) {
        try {
            return new LoopbackServer(simulator, port);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on port " + port + " of this machine: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        List<LoopbackServer> stopped = simulator.locked(() -> {
            closed = true;
            List<LoopbackServer> all = List.copyOf(running);
            running.clear();
            return all;
        });
        stopped.forEach(LoopbackServer::close);
    }
}
