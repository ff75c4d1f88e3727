package dev.connector.testkit;

import dev.connector.core.strategy.AccessTarget;
import dev.connector.core.strategy.Requester;
import dev.connector.testing.RecordedCall;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Tells a story in a world of its own, and holds the strategy to its word. Thread-safe.
 *
 * @param worlds makes the world of each run
 * @param <T> the worlds' targets
 */
record Runs<T extends AccessTarget>(Supplier<? extends StrategyWorld<T>> worlds) {

    private static final Duration BEFORE_THE_STORY = Duration.ofDays(1);

    /** A run that has gone well. */
    record Run(Tally tally, Supplier<List<Integer>> strikes, boolean recovered) {}

    /** Without a call that the kit sees, nothing could go wrong, and everything would seem to be right. */
    void requireCalls() {
        List<Integer> calls = undisturbed(Scenario.<T>simple().get(0)).orElseThrow();
        require(
                !calls.isEmpty(),
                "start(...) must make the strategy's clients with the process it is given, but no call came.");
    }

    /** At which calls something may go wrong in a scenario; empty if it cannot happen in this world. */
    Optional<List<Integer>> undisturbed(Scenario<T> scenario) {
        try {
            return Optional.of(tell(scenario.name(), Plan.NOTHING, Story.Recovery.RESUME, scenario.told())
                    .strikes()
                    .get());
        } catch (NotInThisWorld missing) {
            return Optional.empty();
        }
    }

    Run tell(String title, Plan plan, Story.Recovery recovery, Consumer<Story<T>> told) {
        StrategyWorld<T> world = settled(worlds.get());
        Service<T> service = new Service<>(world);
        Story<T> story = new Story<>(service, recovery);
        service.wire().follow(plan);
        try {
            told.accept(story);
            service.requireAllEnded();
        } catch (BrokenWord broken) {
            throw failure(title + "; " + plan + "; then " + recovery, broken, service, world);
        } finally {
            service.close();
        }
        service.tally().run();
        return new Run(service.tally(), () -> strikes(service.wire().calls(), world), story.hasRecovered());
    }

    /** Where AWS takes its time the strategy asks again and again. */
    private List<Integer> strikes(int calls, StrategyWorld<T> world) {
        if (world.provisioningTime().isZero()) {
            return Strikes.atEach(calls);
        }
        List<RecordedCall> all = world.aws().calls();
        return Strikes.withoutRepetitions(all.subList(all.size() - calls, all.size()).stream()
                .map(RecordedCall::operation)
                .toList());
    }

    /** A world whose changes every reader knows of, in which others have access too. */
    private StrategyWorld<T> settled(StrategyWorld<T> world) {
        require(world.people().size() >= 4, "people() must answer four or more.");
        require(world.targets().size() >= 3, "targets() must answer three or more.");
        Requester first = world.people().get(0);
        Requester second = world.people().get(1);
        give(world, first, world.targets().get(1));
        give(world, second, world.targets().get(0));
        world.aws().clock().advance(BEFORE_THE_STORY);
        return world;
    }

    private void give(StrategyWorld<T> world, Requester person, T target) {
        require(world.principals(target).isEmpty(), "principals() must be empty at first, also of " + target.name());
        require(
                world.change(Change.ACCESS_GIVEN, person, target)
                        && world.principals(target).size() == 1,
                "ACCESS_GIVEN must give access, and principals() must then answer whose: of " + target.name()
                        + " it was " + world.principals(target));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("The strategy's world is not as the kit needs it: " + otherwise);
        }
    }

    private AssertionError failure(String title, BrokenWord broken, Service<T> service, StrategyWorld<T> world) {
        String text = "The strategy has broken its word: " + broken.getMessage() + "\n  in: " + title
                + "\n  what happened:\n    " + String.join("\n    ", service.history()) + "\n  calls:\n"
                + world.aws().printCalls();
        return new AssertionError(text, broken);
    }
}
