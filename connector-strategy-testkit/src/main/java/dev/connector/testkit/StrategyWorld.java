package dev.connector.testkit;

import dev.connector.core.strategy.AccessStrategy;
import dev.connector.core.strategy.AccessTarget;
import dev.connector.core.strategy.Requester;
import dev.connector.testing.SimulatedAws;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A simulated account with people and targets in it, and the strategy that is to be put through the kit: what the kit must know of a strategy, and all that it knows.
 *
 * <p>A world is made anew for each run, and used by one thread at a time. It must be the same each time: no random names, no clock but that of {@link #aws()}.
 *
 * @param <T> the strategy's targets
 */
public interface StrategyWorld<T extends AccessTarget> {

    /**
     * The simulation that all of it is in. The kit delays its reads, breaks its calls and moves its clock.
     *
     * @return always the same one
     */
    SimulatedAws aws();

    /**
     * People who may be given access.
     *
     * @return four or more, each an existing principal with a {@link Requester#username()} of their own, and none with access to any of the targets; always the
     *     same ones
     */
    List<Requester> people();

    /**
     * What they may be given access to.
     *
     * @return three or more existing targets, each with a {@link AccessTarget#name()} of its own; always the same ones
     */
    List<T> targets();

    /**
     * How long AWS may go on with a change that it has accepted. The kit lets that time pass before it looks at what a story has come to; and for that long it takes a change
     * for that of an earlier call which crashed or did not know how it ended, until the strategy says for certain how it is.
     *
     * @return the longest time that the simulation takes; by default zero, where a change is made when it is answered
     */
    default Duration provisioningTime() {
        return Duration.ZERO;
    }

    /**
     * Makes the strategy as the service makes it when it starts: the kit does so again after each crash, and whenever the service's lists change.
     *
     * @param process what the strategy is to be made with, so that it stops with its process and waits on the simulated clock
     * @return a strategy without a memory of an earlier one
     */
    AccessStrategy<T> start(ServiceProcess<T> process);

    /**
     * Who has access to a target now. It is what everything the strategy says is compared with, so it must come from the simulation's state and never from the strategy.
     *
     * @param target one of {@link #targets()}
     * @return the {@link dev.connector.core.strategy.Grant#principalId() principal ids} of all who have it; empty if the target is gone
     */
    Set<String> principals(T target);

    /**
     * Does something to the account that is not the strategy's doing. {@link Change#ACCESS_GIVEN} and {@link Change#ACCESS_TAKEN} must be possible.
     *
     * @param change what happens
     * @param person to whom; one of {@link #people()}
     * @param target to what; one of {@link #targets()}
     * @return whether it happened; {@code false} if there is no such thing in this world, so that the kit leaves such scenarios out and says so
     */
    boolean change(Change change, Requester person, T target);
}
