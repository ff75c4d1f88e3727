package dev.connector.core.strategy;

import dev.connector.core.internal.Printable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Several strategies as one: each request and each grant goes to the strategy of its target's type, and of its scope where several have one type. It is
 * what a service needs to end a grant that it reads from its database.
 *
 * <p>Thread-safe. It closes no strategy: whoever made them closes them.
 */
public final class StrategyRouter implements AccessStrategy<AccessTarget> {

    private final List<AccessStrategy<?>> strategies;

    private StrategyRouter(List<AccessStrategy<?>> strategies) {
        this.strategies = strategies;
    }

    /**
     * A router over strategies.
     *
     * @param strategies at least one; each with a type and scope of its own
     * @return the router
     * @throws IllegalArgumentException if there is none, or two have the same type and scope
     */
    public static StrategyRouter of(AccessStrategy<?>... strategies) {
        return of(Arrays.asList(strategies));
    }

    /**
     * A router over a list of strategies.
     *
     * @param strategies at least one; each with a type and scope of its own
     * @return the router
     * @throws IllegalArgumentException if there is none, or two have the same type and scope
     */
    public static StrategyRouter of(Collection<? extends AccessStrategy<?>> strategies) {
        if (strategies.isEmpty()) {
            throw new IllegalArgumentException("A StrategyRouter needs at least one strategy.");
        }
        Map<List<Object>, AccessStrategy<?>> routes = new LinkedHashMap<>();
        for (AccessStrategy<?> strategy : strategies) {
            String type = strategy.targetType().name();
            if (routes.putIfAbsent(List.of(type, strategy.scope()), strategy) != null) {
                throw new IllegalArgumentException("Two strategies have the type " + type + " and the scope "
                        + strategy.scope() + "; a grant could not tell which of them gave it.");
            }
        }
        return new StrategyRouter(List.copyOf(strategies));
    }

    /**
     * Every type.
     *
     * @return {@link TargetType#any()}
     */
    @Override
    public TargetType<AccessTarget> targetType() {
        return TargetType.any();
    }

    /**
     * The scope that all its strategies share.
     *
     * @return the scope
     * @throws UnsupportedOperationException if they have several
     */
    @Override
    public GrantScope scope() {
        List<GrantScope> scopes = strategies.stream()
                .<GrantScope>map(AccessStrategy::scope)
                .distinct()
                .toList();
        if (scopes.size() > 1) {
            throw new UnsupportedOperationException(
                    "The strategies of this router have " + scopes.size() + " scopes; ask each strategy for its own.");
        }
        return scopes.get(0);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException also if no strategy serves the target's type and the request's scope, or several do
     */
    @Override
    public Grant prepare(AccessRequest<? extends AccessTarget> request) {
        return prepareWith(strategyFor(request), request);
    }

    private AccessStrategy<?> strategyFor(AccessRequest<? extends AccessTarget> request) {
        List<AccessStrategy<?>> candidates = strategies.stream()
                .filter(strategy -> strategy.targetType().includes(request.target()))
                .filter(strategy ->
                        request.scope().map(strategy.scope()::equals).orElse(true))
                .toList();
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        String type = request.target().type();
        throw new IllegalArgumentException(Printable.escape(
                candidates.isEmpty()
                        ? "No strategy serves the type " + type + " in the request's scope; there are " + describe()
                                + "."
                        : "Several strategies serve the type " + type + "; set the request's scope to that of one of "
                                + describe() + "."));
    }

    private static <T extends AccessTarget> Grant prepareWith(
            AccessStrategy<T> strategy, AccessRequest<? extends AccessTarget> request) {
        return strategy.prepare(request.withTarget(strategy.targetType().read(request.target())));
    }

    @Override
    public Grant resume(Grant grant) {
        return strategyFor(grant).resume(grant);
    }

    @Override
    public Revocation deescalate(Grant grant, Ending ending) {
        return strategyFor(grant).deescalate(grant, ending);
    }

    private AccessStrategy<?> strategyFor(Grant grant) {
        return find(grant)
                .orElseThrow(() -> new GrantRejectedException("Cannot take up the grant " + grant.requestId()
                        + ": no strategy serves the type " + grant.target().type() + " in the scope " + grant.scope()
                        + "; there are "
                        + describe() + ". Add the strategy that gave it."));
    }

    private Optional<AccessStrategy<?>> find(Grant grant) {
        return strategies.stream()
                .filter(strategy -> strategy.targetType().includes(grant.target()))
                .filter(strategy -> strategy.scope().equals(grant.scope()))
                .findFirst();
    }

    private String describe() {
        return strategies.stream()
                .map(strategy -> strategy.targetType().name() + " in " + strategy.scope())
                .toList()
                .toString();
    }

    @Override
    public List<Outcome<Grant>> resumeAll(Collection<Grant> grants, Consumer<Outcome<Grant>> onEach) {
        return eachByItsStrategy(grants, onEach, AccessStrategy::resumeAll);
    }

    @Override
    public List<Outcome<Revocation>> deescalateAll(
            Collection<Grant> grants, Ending ending, Consumer<Outcome<Revocation>> onEach) {
        return eachByItsStrategy(grants, onEach, (strategy, part, tell) -> strategy.deescalateAll(part, ending, tell));
    }

    /** Hands each strategy all of its grants at once, since it may know better than to take them one by one. */
    private <R> List<Outcome<R>> eachByItsStrategy(
            Collection<Grant> grants, Consumer<Outcome<R>> onEach, VerbOfMany<R> verb) {
        List<Grant> inOrder = List.copyOf(grants);
        Telling<R> telling = new Telling<>(onEach);
        Map<Integer, Outcome<R>> outcomes = new TreeMap<>();
        Map<AccessStrategy<?>, List<Integer>> parts = new LinkedHashMap<>();
        for (int i = 0; i < inOrder.size(); i++) {
            try {
                parts.computeIfAbsent(strategyFor(inOrder.get(i)), strategy -> new ArrayList<>())
                        .add(i);
            } catch (GrantRejectedException nobodys) {
                Outcome<R> outcome = Outcome.failed(inOrder.get(i), nobodys);
                outcomes.put(i, outcome);
                telling.accept(outcome);
            }
        }
        parts.forEach((strategy, part) -> {
            List<Outcome<R>> answers =
                    answersOf(strategy, part.stream().map(inOrder::get).toList(), telling, verb);
            for (int i = 0; i < part.size(); i++) {
                outcomes.put(part.get(i), answers.get(i));
            }
        });
        telling.throwWhatWasThrown();
        return List.copyOf(outcomes.values());
    }

    /** A strategy that throws instead of answering for each grant must not keep the others from their turn. */
    private static <R> List<Outcome<R>> answersOf(
            AccessStrategy<?> strategy, List<Grant> part, Consumer<Outcome<R>> telling, VerbOfMany<R> verb) {
        List<Outcome<R>> told = new ArrayList<>();
        try {
            List<Outcome<R>> answers = verb.apply(strategy, part, outcome -> {
                told.add(outcome);
                telling.accept(outcome);
            });
            if (answers.size() != part.size()) {
                throw new IllegalStateException("The strategy of the type "
                        + strategy.targetType().name() + " answered " + answers.size() + " outcomes for " + part.size()
                        + " grants.");
            }
            return answers;
        } catch (RuntimeException failure) {
            return part.stream()
                    .map(grant -> toldOf(grant, told).orElseGet(() -> {
                        Outcome<R> failed = Outcome.failed(grant, failure);
                        telling.accept(failed);
                        return failed;
                    }))
                    .toList();
        }
    }

    private static <R> Optional<Outcome<R>> toldOf(Grant grant, List<Outcome<R>> told) {
        return told.stream().filter(outcome -> outcome.grant().equals(grant)).findFirst();
    }

    /** A verb of a strategy, for many grants. */
    @FunctionalInterface
    private interface VerbOfMany<R> {
        List<Outcome<R>> apply(AccessStrategy<?> strategy, Collection<Grant> grants, Consumer<Outcome<R>> onEach);
    }
}
