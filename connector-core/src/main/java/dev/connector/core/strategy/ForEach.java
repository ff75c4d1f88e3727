package dev.connector.core.strategy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Does one thing to many grants; a failure of one does not keep the others from their turn. */
final class ForEach {

    private ForEach() {}

    static <R> List<Outcome<R>> of(Collection<Grant> grants, Function<Grant, R> verb, Consumer<Outcome<R>> onEach) {
        // The consumer may change the caller's collection: it is told so that it can keep a store.
        List<Grant> inOrder = List.copyOf(grants);
        List<Outcome<R>> outcomes = new ArrayList<>(inOrder.size());
        Telling<R> telling = new Telling<>(onEach);
        for (Grant grant : inOrder) {
            Outcome<R> outcome = outcomeOf(grant, verb);
            outcomes.add(outcome);
            telling.accept(outcome);
        }
        telling.throwWhatWasThrown();
        return List.copyOf(outcomes);
    }

    private static <R> Outcome<R> outcomeOf(Grant grant, Function<Grant, R> verb) {
        try {
            return Outcome.of(grant, verb.apply(grant));
        } catch (RuntimeException failure) {
            return Outcome.failed(grant, failure);
        }
    }
}
