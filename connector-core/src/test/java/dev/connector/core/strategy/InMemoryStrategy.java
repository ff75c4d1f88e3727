package dev.connector.core.strategy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A strategy that gives access in memory, and keeps what it was asked to do. */
final class InMemoryStrategy<T extends AccessTarget> implements AccessStrategy<T> {

    final List<String> calls = new ArrayList<>();
    final List<AccessRequest<? extends T>> requests = new ArrayList<>();
    final List<List<UUID>> batches = new ArrayList<>();
    final Set<GrantKey> open = new HashSet<>();
    final Map<UUID, RuntimeException> failures = new HashMap<>();
    Optional<RuntimeException> failureOfBatches = Optional.empty();
    boolean forgetsLastOfBatch;

    private final TargetType<T> type;
    private final GrantScope scope;

    InMemoryStrategy(TargetType<T> type, GrantScope scope) {
        this.type = type;
        this.scope = scope;
    }

    @Override
    public TargetType<T> targetType() {
        return type;
    }

    @Override
    public GrantScope scope() {
        return scope;
    }

    @Override
    public Grant prepare(AccessRequest<? extends T> request) {
        calls.add("prepare");
        requests.add(request);
        return Grant.prepared(request, scope, request.requester().username(), Prior.ABSENT);
    }

    @Override
    public Grant resume(Grant grant) {
        call("resume", grant);
        open.add(grant.key());
        return grant.granted(grant.requestedAt());
    }

    @Override
    public Revocation deescalate(Grant grant, Ending ending) {
        call("deescalate " + ending.type(), grant);
        open.remove(grant.key());
        return Revocation.of(grant, Revocation.Result.REVOKED);
    }

    private void call(String verb, Grant grant) {
        calls.add(verb);
        RuntimeException failure = failures.get(grant.requestId());
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public List<Outcome<Grant>> resumeAll(Collection<Grant> grants, Consumer<Outcome<Grant>> onEach) {
        return batch(grants, () -> AccessStrategy.super.resumeAll(grants, onEach));
    }

    @Override
    public List<Outcome<Revocation>> deescalateAll(
            Collection<Grant> grants, Ending ending, Consumer<Outcome<Revocation>> onEach) {
        return batch(grants, () -> AccessStrategy.super.deescalateAll(grants, ending, onEach));
    }

    private <R> List<Outcome<R>> batch(Collection<Grant> grants, Supplier<List<Outcome<R>>> eachInTurn) {
        batches.add(grants.stream().map(Grant::requestId).toList());
        if (failureOfBatches.isPresent()) {
            throw failureOfBatches.get();
        }
        List<Outcome<R>> outcomes = eachInTurn.get();
        return forgetsLastOfBatch ? outcomes.subList(0, outcomes.size() - 1) : outcomes;
    }

    @Override
    public void close() {
        calls.add("close");
    }
}
