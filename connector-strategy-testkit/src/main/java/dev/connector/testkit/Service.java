package dev.connector.testkit;

import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.AccessStrategy;
import dev.connector.core.strategy.AccessTarget;
import dev.connector.core.strategy.Ending;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantRejectedException;
import dev.connector.core.strategy.GrantScope;
import dev.connector.core.strategy.Prior;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.TargetNotAllowedException;
import dev.connector.testing.SimulatedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A service that uses a strategy as its documentation says, with a store that survives crashes. Each verb is put to the {@link Witness}. For one thread.
 *
 * @param <T> the world's targets
 */
final class Service<T extends AccessTarget> {

    private final StrategyWorld<T> world;
    private final SimulatedClock clock;
    private final Wire wire;
    private final Truth<T> truth;
    private final Witness<T> witness;
    private final Tally tally = new Tally();
    private final List<String> history = new ArrayList<>();
    private final List<Held<T>> store = new ArrayList<>();
    private final Map<Held.About, Instant> lastEnds = new HashMap<>();
    private final Set<String> changed = new HashSet<>();

    private ServiceProcess<T> process;
    private AccessStrategy<T> strategy;

    Service(StrategyWorld<T> world) {
        this.world = world;
        this.clock = world.aws().clock();
        this.wire = new Wire(world.aws());
        this.truth = new Truth<>(world);
        this.witness = new Witness<>(truth, world.provisioningTime());
        this.process = new ServiceProcess<>(world.aws(), wire, world.targets(), List.of());
        this.strategy = world.start(process);
        process.closeWith(strategy);
    }

    Wire wire() {
        return wire;
    }

    Truth<T> truth() {
        return truth;
    }

    Tally tally() {
        return tally;
    }

    List<String> history() {
        return history;
    }

    /** What the service has not finished with, oldest first. */
    List<Held<T>> open() {
        return store.stream().filter(Held::isOpen).toList();
    }

    T target(int number) {
        return world.targets().get(number);
    }

    List<T> targets() {
        return world.targets();
    }

    Requester person(int number) {
        return world.people().get(number);
    }

    void start(List<T> allowed, List<T> revocable) {
        process.end();
        wire.revive();
        process = new ServiceProcess<>(world.aws(), wire, allowed, revocable);
        strategy = world.start(process);
        process.closeWith(strategy);
        history.add("the service starts");
    }

    boolean hasShrunkLists() {
        return !process.allowed().containsAll(world.targets());
    }

    /** Another process, with the same lists. */
    void restart() {
        start(process.allowed(), process.revocable());
    }

    void close() {
        process.end();
    }

    void pass(Duration duration) {
        advance(duration);
        history.add(duration + " pass");
    }

    /** What AWS was left to do is done in the first part of a long time, and seen then. */
    private void advance(Duration duration) {
        Duration first = duration.compareTo(world.provisioningTime()) < 0 ? duration : world.provisioningTime();
        clock.advance(first);
        witness.meanwhile();
        clock.advance(duration.minus(first));
    }

    void step(Duration duration) {
        clock.set(clock.instant().plus(duration));
        history.add("the wall clock steps by " + duration);
    }

    /** Something that somebody else does, long enough ago for every reader to know of it. */
    boolean change(Change change, Requester person, T target) {
        witness.meanwhile();
        if (!world.change(change, person, target)) {
            return false;
        }
        history.add(person.username() + ", " + target.name() + ": " + change);
        boolean given = change == Change.ACCESS_GIVEN;
        truth.updateOfOthers(access -> given && isGrantedHere(access, person, target));
        note(change, person, target);
        advance(truth.delay());
        return true;
    }

    private boolean isGrantedHere(Access access, Requester person, T target) {
        return store.stream()
                .filter(held -> held.isOf(person, target))
                .anyMatch(held -> held.access().filter(access::equals).isPresent());
    }

    private void note(Change change, Requester person, T target) {
        switch (change) {
            case READS_DENIED -> witness.denyReads();
            case TARGET_DELETED -> changed.add(target.name());
            case PERSON_RENAMED, PERSON_DELETED, PERSON_REPLACED -> changed.add(person.username());
            case ACCESS_GIVEN, ACCESS_TAKEN -> {}
        }
    }

    /** A new request, not sent yet. */
    Held<T> ask(Requester person, T target, boolean tellingOfOpenGrants) {
        UUID id = new UUID(0, store.size() + 1L);
        AccessRequest.Builder<T> request = AccessRequest.builder(person, target)
                .id(id)
                .reason("request " + id.getLeastSignificantBits())
                .duration(Duration.ofHours(1))
                .requestedAt(clock.instant());
        if (!world.provisioningTime().isZero()) {
            // Longer than AWS takes; in an outage more waiting would only repeat the same calls.
            request.maxWait(world.provisioningTime().multipliedBy(2));
        }
        Held<T> held = new Held<>(request.build(), tellingOfOpenGrants);
        store.add(held);
        return held;
    }

    Answer<Grant> prepare(Held<T> held) {
        AccessRequest<T> request = told(held);
        Moment before = moment();
        Answer<Grant> answer = Answer.of(wire, () -> strategy.prepare(request));
        happened("prepare", held, answer);
        witness.prepared(request, strategy.scope(), before, answer, !held.tellsOfOpenGrants());
        requireGuard(isAllowed(held), answer, before);
        requireSuccess(held, answer, before);
        if (answer.is(Answer.Kind.RETURNED)) {
            held.store(answer.returned());
        }
        return answer;
    }

    private AccessRequest<T> told(Held<T> held) {
        AccessRequest.Builder<T> request = held.request().toBuilder().mayHaveRun(mayHaveRun(held));
        if (held.tellsOfOpenGrants()) {
            request.openGrants(grants(open()));
        }
        Instant lastEnd = lastEnds.get(held.about());
        if (lastEnd != null) {
            request.lastEndedAt(lastEnd);
        }
        return request.build();
    }

    /** A request whose grant was lost may have run; so nobody can tell either what it has left for a later one. */
    private boolean mayHaveRun(Held<T> held) {
        return held.isLost()
                || open().stream()
                        .anyMatch(other -> other.isLost()
                                && !other.isStored()
                                && other.about().equals(held.about()));
    }

    Answer<Grant> resume(Held<T> held) {
        Grant grant = held.grant();
        Moment before = moment();
        Answer<Grant> answer = Answer.of(wire, () -> strategy.resume(grant));
        happened("resume", held, answer);
        witness.resumed(grant, before, answer);
        requireGuard(isAllowed(held), answer, before);
        if (!clock.instant().isAfter(grant.notAfter())) {
            requireSuccess(held, answer, before);
        }
        switch (answer.kind()) {
            case RETURNED -> held.store(answer.returned());
            case UNKNOWN -> held.store(answer.unknown().pending());
            case FAILED -> {}
            case CRASHED -> held.attempt();
        }
        tally.count(Tally.ofResume(answer));
        prove();
        return answer;
    }

    Answer<Revocation> end(Held<T> held) {
        held.markEnding();
        Grant grant = held.grant();
        Ending ending = Ending.scheduled().whileOpen(grants(inUse()));
        Moment before = moment();
        lastEnds.put(held.about(), clock.instant());
        Answer<Revocation> answer = Answer.of(wire, () -> strategy.deescalate(grant, ending));
        lastEnds.put(held.about(), clock.instant());
        happened("deescalate", held, answer);
        witness.ended(grant, ending, before, answer);
        requireGuard(isAllowed(held) || isRevocable(held), answer, before);
        requireSuccess(held, answer, before);
        switch (answer.kind()) {
            case RETURNED -> finish(held, answer.returned());
            case UNKNOWN -> held.store(answer.unknown().pending());
            case FAILED, CRASHED -> {}
        }
        tally.count(Tally.ofEnd(answer));
        prove();
        return answer;
    }

    /** What is said for certain must still be so when AWS has done all that it was left to do. */
    private void prove() {
        if (witness.isUnproven()) {
            pass(world.provisioningTime());
        }
    }

    /** What was there before the grant, and is kept at its end, stays for good. */
    private void finish(Held<T> held, Revocation revocation) {
        held.finish();
        if (revocation.result() == Revocation.Result.KEPT_PREEXISTING
                && held.grant().prior() == Prior.PRESENT) {
            held.access().ifPresent(access -> keep(access, held.grant()));
        }
    }

    private void keep(Access access, Grant grant) {
        truth.keep(access);
        if (witness.isGiving(grant)) {
            truth.expect(access, world.provisioningTime());
        }
    }

    void requireAllEnded() {
        advance(world.provisioningTime());
        witness.meanwhile();
        Set<Access> stillOpen = open().stream()
                .filter(this::isDisturbed)
                .flatMap(held -> held.access().stream())
                .collect(Collectors.toSet());
        witness.allEnded(stillOpen);
    }

    private List<Held<T>> inUse() {
        return open().stream().filter(held -> !held.isEnding()).toList();
    }

    private static <T extends AccessTarget> List<Grant> grants(List<Held<T>> some) {
        return some.stream().filter(Held::isStored).map(Held::grant).toList();
    }

    private Moment moment() {
        witness.meanwhile();
        return new Moment(clock.nanos(), clock.instant(), truth.now(), wire.sent(), wire.troubles());
    }

    private void happened(String verb, Held<T> held, Answer<?> answer) {
        history.add(verb + " " + held + " -> " + answer);
        truth.update();
    }

    /** What is not on the list is refused before any call, whatever else may go wrong. */
    private void requireGuard(boolean listed, Answer<?> answer, Moment before) {
        if (!listed) {
            Witness.require(
                    answer.thrown() instanceof TargetNotAllowedException,
                    "the target is not on the list, but it answered " + answer);
            requireNoCall(before, "the target is not on the list");
        }
    }

    /** What needs no call to be answered: a grant that was given, one whose end was begun, and another strategy's. */
    void requireAnswersWithoutACall(Held<T> held) {
        Grant given = held.grant();
        Grant foreign =
                given.toBuilder().scope(GrantScope.of("aws", "000000000000")).build();
        Moment before = moment();
        Answer<Grant> again = Answer.of(wire, () -> strategy.resume(given));
        Witness.require(
                again.is(Answer.Kind.RETURNED) && again.returned().equals(given),
                "a grant that was given is resumed as it is, but it answered " + again);
        requireRejected(() -> strategy.resume(given.ending()), "the end was begun, but resume answered ");
        requireRejected(() -> strategy.resume(foreign), "the grant is of another account, but resume answered ");
        requireRejected(
                () -> strategy.deescalate(foreign, Ending.scheduled()),
                "the grant is of another account, but deescalate answered ");
        requireNoCall(before, "a grant must be looked at first");
        truth.update();
        witness.unchanged(before, "who has access was changed without a reason");
    }

    private void requireRejected(Supplier<?> verb, String otherwise) {
        Answer<?> answer = Answer.of(wire, verb);
        Witness.require(answer.thrown() instanceof GrantRejectedException, otherwise + answer);
    }

    private void requireNoCall(Moment before, String why) {
        Witness.require(wire.sent() == before.sent(), why + ", but there was a call to AWS");
    }

    /** Where nothing went wrong, and nobody changed what it is about, a verb has no reason to fail. */
    private void requireSuccess(Held<T> held, Answer<?> answer, Moment before) {
        boolean undisturbed = wire.troubles() == before.troubles() && !isDisturbed(held);
        Witness.require(
                !undisturbed || answer.is(Answer.Kind.RETURNED), "nothing went wrong, but it answered " + answer);
    }

    private boolean isDisturbed(Held<T> held) {
        T target = held.request().target();
        return changed.contains(target.name())
                || changed.contains(held.request().requester().username())
                || !isAllowed(held);
    }

    private boolean isAllowed(Held<T> held) {
        return process.allowed().contains(held.request().target());
    }

    private boolean isRevocable(Held<T> held) {
        return process.revocable().contains(held.request().target());
    }
}
