package dev.connector.testkit;

import dev.connector.core.strategy.AccessTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Something that happens to a service, to be told again and again with other faults.
 *
 * @param name what it is called
 * @param told what happens
 * @param <T> the world's targets
 */
record Scenario<T extends AccessTarget>(String name, Consumer<Story<T>> told) {

    /** Less than any sensible settle time, and more than a few calls take. */
    private static final Duration LATE = Duration.ofSeconds(10);

    static <T extends AccessTarget> List<Scenario<T>> all() {
        List<Scenario<T>> all = new ArrayList<>(simple());
        all.addAll(of(Scenarios.eventful(), "", story -> {}));
        Map<String, Consumer<Story<T>>> plots = Scenarios.simple();
        plots.putAll(Scenarios.eventful());
        all.addAll(of(plots, ", without reads", story -> story.change(Change.READS_DENIED)));
        all.addAll(of(Scenarios.withLateReads(), "", story -> story.delay(LATE)));
        return all;
    }

    /** Those in which a single grant is given and ended, with the right to read. */
    static <T extends AccessTarget> List<Scenario<T>> simple() {
        return of(Scenarios.simple(), "", story -> {});
    }

    private static <T extends AccessTarget> List<Scenario<T>> of(
            Map<String, Consumer<Story<T>>> plots, String suffix, Consumer<Story<T>> first) {
        return plots.entrySet().stream()
                .map(plot -> new Scenario<>(plot.getKey() + suffix, first.andThen(plot.getValue())))
                .toList();
    }
}
