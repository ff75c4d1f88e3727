package dev.connector.testkit;

import dev.connector.core.strategy.AccessTarget;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.Requester;
import dev.connector.testing.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Random histories of many grants, with foreign changes, faults, crashes and clock steps; one that shows a broken word is made shorter before it is shown.
 *
 * @param <T> the worlds' targets
 */
final class RandomHistories<T extends AccessTarget> {

    /** A process that starts has forgotten what it ended, but by then every reader knows of it. */
    private static final Duration START_TIME = Duration.ofMinutes(2);

    private static final Duration LATE = Duration.ofSeconds(10);

    private static final List<Fault> FAULTS = List.of(Fault.values());

    private final Runs<T> runs;
    private final long seed;
    private final int length;

    RandomHistories(Runs<T> runs, long seed, int length) {
        this.runs = runs;
        this.seed = seed;
        this.length = length;
    }

    Report.Section tellAll(int number) {
        List<Integer> numbers = IntStream.range(0, number).boxed().toList();
        Tally tally = InParallel.sum(numbers, this::tell, this::shortest);
        return Report.Section.tried(number + " random histories of " + length + " steps, seed " + seed, tally);
    }

    private Tally tell(int number) {
        return tell(number, steps(number));
    }

    private List<Step> steps(int number) {
        return Step.history(seed * 1_000_003 + number, length);
    }

    private Tally tell(int number, List<Step> steps) {
        String title = "random history " + number + " of seed " + seed + ", steps " + steps;
        return runs.tell(title, Plan.NOTHING, Story.Recovery.RESUME, story -> {
                    prepare(number, story);
                    steps.forEach(step -> take(step, story.service()));
                    endAll(story.service());
                })
                .tally();
    }

    /** Every other history has late reads, and every fourth one none at all. */
    private void prepare(int number, Story<T> story) {
        if (number % 2 == 0) {
            story.delay(LATE);
        }
        if (number % 4 == 0) {
            story.service()
                    .change(
                            Change.READS_DENIED,
                            story.service().person(0),
                            story.service().target(0));
        }
    }

    /** Leaves out half of the steps, then a quarter, and so on, for as long as the word is still broken. */
    private AssertionError shortest(int number, AssertionError broken) {
        AssertionError shown = broken;
        List<Step> rest = steps(number);
        for (int size = length / 2; size > 0; size /= 2) {
            for (int from = 0; from + size <= rest.size(); ) {
                List<Step> fewer = new ArrayList<>(rest);
                fewer.subList(from, from + size).clear();
                Optional<AssertionError> still = broken(number, fewer);
                if (still.isPresent()) {
                    rest = fewer;
                    shown = still.get();
                } else {
                    from += size;
                }
            }
        }
        return shown;
    }

    private Optional<AssertionError> broken(int number, List<Step> steps) {
        try {
            tell(number, steps);
            return Optional.empty();
        } catch (AssertionError broken) {
            return Optional.of(broken);
        }
    }

    private void take(Step step, Service<T> service) {
        Requester person = service.person(step.person());
        T target = service.target(step.target());
        int number = step.number();
        switch (step.kind()) {
            case ESCALATE -> {
                Held<T> held = service.ask(person, target, true);
                prepare(held, service);
                resume(held, service);
            }
            case PREPARE -> prepare(service.ask(person, target, true), service);
            case RESUME -> pick(number, service).ifPresent(held -> resume(held, service));
            case END -> pick(number, service).ifPresent(held -> end(held, service));
            case LOSE_GRANT ->
                pick(number, service).ifPresent(held -> {
                    held.loseGrant();
                    prepare(held, service);
                });
            case GIVE -> service.change(Change.ACCESS_GIVEN, person, target);
            case TAKE -> service.change(Change.ACCESS_TAKEN, person, target);
            case RENAME -> service.change(Change.PERSON_RENAMED, person, target);
            case DELETE -> service.change(Change.PERSON_DELETED, person, target);
            case REPLACE -> service.change(Change.PERSON_REPLACED, person, target);
            case FAULT -> service.wire().follow(Plan.fault(1 + number % 7, fault(number / 7)));
            case OUTAGE -> service.wire().follow(Plan.outage(1 + number % 7, fault(number / 7)));
            case CRASH -> service.wire().follow(Plan.crash(1 + number % 7, number % 2 == 0));
            case RESTART -> restart(service);
            case CLOCK_STEP -> service.step(Duration.ofSeconds((number - 500) * 7L));
            case WAIT -> service.pass(Duration.ofSeconds(number * 3L));
        }
    }

    private static Fault fault(int number) {
        return FAULTS.get(number % FAULTS.size());
    }

    private Optional<Held<T>> pick(int number, Service<T> service) {
        List<Held<T>> open = service.open();
        return open.isEmpty() ? Optional.empty() : Optional.of(open.get(number % open.size()));
    }

    private void restart(Service<T> service) {
        service.pass(START_TIME);
        service.restart();
    }

    private void prepare(Held<T> held, Service<T> service) {
        if (service.prepare(held).is(Answer.Kind.CRASHED)) {
            restart(service);
        }
        // What was not stored was not sent, unless an earlier grant of the same request was lost.
        if (!held.isStored() && !held.isLost()) {
            held.finish();
        }
    }

    /** Only what was prepared and not ended is given; what failed for certain is forgotten, if nothing else may have given it. */
    private void resume(Held<T> held, Service<T> service) {
        if (!held.isStored() || held.isEnding()) {
            return;
        }
        Answer<Grant> answer = service.resume(held);
        if (answer.is(Answer.Kind.FAILED) && !held.mayBeGiven() && !held.isLost()) {
            held.finish();
        }
        afterwards(answer, service);
    }

    private void end(Held<T> held, Service<T> service) {
        if (held.isStored()) {
            afterwards(service.end(held), service);
        }
    }

    /** An outage ends some time, and a process that has crashed is started again. */
    private void afterwards(Answer<?> answer, Service<T> service) {
        if (answer.is(Answer.Kind.CRASHED)) {
            restart(service);
        }
        if (!answer.is(Answer.Kind.RETURNED)) {
            service.wire().heal();
        }
    }

    private void endAll(Service<T> service) {
        service.wire().heal();
        for (Held<T> held : service.open()) {
            if (!held.isStored()) {
                prepare(held, service);
            }
            end(held, service);
        }
    }
}
