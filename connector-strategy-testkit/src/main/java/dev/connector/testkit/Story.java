package dev.connector.testkit;

import dev.connector.core.strategy.AccessTarget;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.Revocation;
import java.time.Duration;
import java.util.List;

/**
 * What a scenario is told in: one person, one target, and a service that goes on after whatever goes wrong.
 *
 * @param <T> the world's targets
 */
final class Story<T extends AccessTarget> {

    /** What the service does when it does not know whether access was given. */
    enum Recovery {
        /** It goes on to give it. */
        RESUME,
        /** It takes it away. */
        END,
        /** It has only the request left, and asks again. */
        ASK_AGAIN
    }

    private final Service<T> service;
    private final Recovery recovery;
    private boolean recovered;

    Story(Service<T> service, Recovery recovery) {
        this.service = service;
        this.recovery = recovery;
    }

    /** Whether it mattered which recovery there is. */
    boolean hasRecovered() {
        return recovered;
    }

    Service<T> service() {
        return service;
    }

    void delay(Duration delay) {
        service.truth().delay(delay);
    }

    void change(Change change) {
        if (!service.change(change, person(), target())) {
            throw new NotInThisWorld(change);
        }
    }

    void pass(Duration duration) {
        service.pass(duration);
    }

    /** The service starts anew, and its list does not have the target any more. */
    void shrinkList(boolean revocable) {
        List<T> rest = service.targets().stream()
                .filter(other -> !other.equals(target()))
                .toList();
        service.start(rest, revocable ? List.of(target()) : List.of());
    }

    Held<T> escalate() {
        Held<T> held = prepare(true);
        give(held);
        return held;
    }

    Held<T> prepare(boolean tellingOfOpenGrants) {
        Held<T> held = service.ask(person(), target(), tellingOfOpenGrants);
        prepare(held);
        return held;
    }

    /** What may have been given, and is on no list any more, can only be ended when somebody puts it back. */
    private void prepare(Held<T> held) {
        Answer<Grant> answer = service.prepare(held);
        if (answer.is(Answer.Kind.RETURNED)) {
            return;
        }
        if (!service.wire().isHealed()) {
            recover(held, answer);
            prepare(held);
        } else if (held.isLost() && service.hasShrunkLists()) {
            service.start(service.targets(), List.of());
            prepare(held);
        } else if (!held.isLost()) {
            held.finish();
        }
    }

    void give(Held<T> held) {
        if (!held.isOpen() || !held.isStored()) {
            return;
        }
        Answer<Grant> answer = service.resume(held);
        if (answer.is(Answer.Kind.RETURNED)) {
            return;
        }
        if (service.wire().isHealed()) {
            giveUp(held, answer);
            return;
        }
        recover(held, answer);
        goOn(held, answer);
    }

    /** Nothing goes wrong on the way, so calling again would not help. */
    private void giveUp(Held<T> held, Answer<Grant> answer) {
        if (answer.is(Answer.Kind.FAILED) && !held.mayBeGiven()) {
            held.finish();
        } else {
            end(held);
        }
    }

    private void goOn(Held<T> held, Answer<Grant> answer) {
        if (!held.isStored()) {
            prepare(held);
        }
        if (recovery == Recovery.END && !answer.is(Answer.Kind.FAILED)) {
            end(held);
        } else {
            give(held);
        }
    }

    void requireAnswersWithoutACall(Held<T> held) {
        if (held.isOpen() && held.isStored() && held.grant().state() == GrantState.GRANTED) {
            service.requireAnswersWithoutACall(held);
        }
    }

    void end(Held<T> held) {
        if (!held.isOpen() || !held.isStored()) {
            return;
        }
        Answer<Revocation> answer = service.end(held);
        if (answer.is(Answer.Kind.RETURNED) || service.wire().isHealed()) {
            return;
        }
        recover(held, answer);
        if (!held.isStored()) {
            prepare(held);
        }
        end(held);
    }

    private void recover(Held<T> held, Answer<?> answer) {
        service.wire().heal();
        recovered = recovered || !answer.is(Answer.Kind.FAILED);
        if (answer.is(Answer.Kind.CRASHED)) {
            service.restart();
            if (recovery == Recovery.ASK_AGAIN) {
                held.loseGrant();
            }
        }
    }

    private Requester person() {
        return service.person(0);
    }

    private T target() {
        return service.target(0);
    }
}
