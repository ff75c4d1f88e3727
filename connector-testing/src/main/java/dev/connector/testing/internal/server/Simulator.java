package dev.connector.testing.internal.server;

import dev.connector.testing.Fault;
import dev.connector.testing.SimulatedClock;
import dev.connector.testing.internal.identity.Credentials;
import dev.connector.testing.internal.identity.Ids;
import dev.connector.testing.internal.wire.WireRequest;
import dev.connector.testing.internal.wire.WireResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers requests, one at a time, and keeps the record of them. Thread-safe: one lock is round everything. */
public final class Simulator {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Service> tables = new HashMap<>();
    private final List<CallRecord> calls = new ArrayList<>();
    private final Faults faults = new Faults();
    private final List<ServiceDefinition> services;
    private final SimulatedClock clock;
    private final Credentials credentials;
    private final Authorizer authorizer;
    private final Ids requestIds;

    public Simulator(
            List<ServiceDefinition> services,
            SimulatedClock clock,
            Credentials credentials,
            Authorizer authorizer,
            Ids requestIds) {
        this.services = List.copyOf(services);
        this.clock = clock;
        this.credentials = credentials;
        this.authorizer = authorizer;
        this.requestIds = requestIds;
    }

    /** Does something with the state while no request is being answered. */
    public <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    WireResponse answer(WireRequest request) throws IOException {
        lock.lock();
        try {
            return new Exchange(this, request).answer();
        } finally {
            lock.unlock();
        }
    }

    /** Lets the nth call of an operation from now on go wrong. */
    public void fault(String operation, int nth, Fault fault) {
        requireKnown(operation);
        add(operation, nth, fault);
    }

    /** Lets the nth call from now on go wrong, of whatever operation. */
    public void fault(int nth, Fault fault) {
        add(null, nth, fault);
    }

    private void add(@Nullable String operation, int nth, Fault fault) {
        if (nth < 1) {
            throw new IllegalArgumentException("Calls are counted from 1, not " + nth);
        }
        locked(() -> {
            faults.add(operation, nth, fault);
            return null;
        });
    }

    /** What was called so far, or what of an operation. */
    public List<CallRecord> calls() {
        return locked(() -> List.copyOf(calls));
    }

    /** What was called of an operation so far. */
    public List<CallRecord> calls(String operation) {
        requireKnown(operation);
        return calls().stream()
                .filter(call ->
                        operation.equals(call.operation()) || operation.equals(call.service() + ":" + call.operation()))
                .toList();
    }

    public void clearCalls() {
        locked(() -> {
            calls.clear();
            return null;
        });
    }

    void record(CallRecord call) {
        calls.add(call);
    }

    List<ServiceDefinition> services() {
        return services;
    }

    Service table(ServiceDefinition service) {
        return tables.computeIfAbsent(service.name(), name -> service.table().get());
    }

    Faults faults() {
        return faults;
    }

    SimulatedClock clock() {
        return clock;
    }

    Credentials credentials() {
        return credentials;
    }

    Authorizer authorizer() {
        return authorizer;
    }

    String newRequestId() {
        return requestIds.uuid();
    }

    private void requireKnown(String operation) {
        boolean known = services.stream()
                .flatMap(service -> service.operations().stream()
                        .filter(name -> operation.equals(name) || operation.equals(service.name() + ":" + name)))
                .findAny()
                .isPresent();
        if (!known) {
            throw new IllegalArgumentException("SimulatedAws knows no operation " + operation);
        }
    }
}
