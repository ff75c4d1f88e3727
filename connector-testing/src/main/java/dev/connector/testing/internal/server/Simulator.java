package dev.connector.testing.internal.server;

import dev.connector.testing.Fault;
import dev.connector.testing.internal.identity.Credentials;
import dev.connector.testing.internal.identity.Ids;
import dev.connector.testing.internal.time.VirtualTime;
import dev.connector.testing.internal.wire.WireRequest;
import dev.connector.testing.internal.wire.WireResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers requests, one at a time, and keeps the record of them. Thread-safe: one lock is round everything but the waiting. */
public final class Simulator {

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Service> tables = new HashMap<>();
    private final List<CallRecord> calls = new ArrayList<>();
    private final Faults faults = new Faults();
    private final List<ServiceDefinition> services;
    private final VirtualTime time;
    private final Latency latency;
    private final Credentials credentials;
    private final Authorizer authorizer;
    private final Ids requestIds;

    public Simulator(
            List<ServiceDefinition> services,
            VirtualTime time,
            Credentials credentials,
            Authorizer authorizer,
            Ids requestIds,
            SplittableRandom latencies) {
        this.services = List.copyOf(services);
        this.time = time;
        this.credentials = credentials;
        this.authorizer = authorizer;
        this.requestIds = requestIds;
        this.latency = new Latency(latencies);
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

    /** Nobody waits under the lock: while a call is under way, others are answered. */
    WireResponse answer(WireRequest request) throws IOException, InterruptedException {
        Latency.Trip trip = locked(latency::next);
        travel(trip.there());
        Answer answer = locked(() -> new Exchange(this, request).answer());
        travel(trip.back());
        return answer.take();
    }

    private void travel(Duration way) throws InterruptedException {
        if (!way.isZero()) {
            time.sleep(way);
        }
    }

    /** Sets how long calls are under way. */
    public void latency(Duration min, Duration max) {
        locked(() -> {
            latency.set(min, max);
            return null;
        });
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

    VirtualTime time() {
        return time;
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
            throw new IllegalArgumentException("SimulatedAws knows no operation " + Printable.escape(operation));
        }
    }
}
