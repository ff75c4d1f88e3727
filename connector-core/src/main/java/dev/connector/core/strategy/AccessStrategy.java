package dev.connector.core.strategy;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * Gives an existing person access to a target for a limited time, and takes it away again.
 *
 * <p>Implementations are thread-safe. A service may write its own, which get routing ({@link StrategyRouter}) like the library's.
 *
 * <p><b>To converge after any crash</b>, store what {@link #prepare} answers before calling {@link #resume}. After a restart resume every stored grant that is
 * {@link GrantState#PREPARED} or {@link GrantState#PENDING}, or end it; never {@link #resume} one after {@link #deescalate}: mark the end in your store first.
 * If only the request survived, set {@link AccessRequest#mayHaveRun()} and prepare it again.
 *
 * <p>Waiting is on the calling thread. Interrupting it leaves its flag set: before anything was sent it is a {@link StrategyException} with the reason {@link
 * StrategyException.Reason#NOT_STARTED}, after that an {@link OutcomeUnknownException}.
 *
 * @param <T> the class of its targets
 */
public interface AccessStrategy<T extends AccessTarget> extends AutoCloseable {

    /**
     * The type of target that it serves.
     *
     * @return the type
     */
    TargetType<T> targetType();

    /**
     * Where it gives access.
     *
     * @return the scope that all its grants have
     */
    GrantScope scope();

    /**
     * Finds out all that the change needs, and changes nothing: may the target be given, who is the requester in the target system, and was the access there
     * before. May be repeated.
     *
     * @param request what is asked for
     * @return a grant in the state {@link GrantState#PREPARED}, to be stored
     * @throws TargetNotAllowedException if the target is not on the strategy's list; before any call
     * @throws StrategyException if the requester or the target does not exist, AWS does not answer, or the request comes after {@link AccessRequest#notAfter()} and
     *     cannot have run before
     * @throws dev.connector.core.RoleAssumptionException if there is no session of the strategy's role
     * @throws IllegalArgumentException if the request is for another strategy
     */
    Grant prepare(AccessRequest<? extends T> request);

    /**
     * Gives the access that a grant prepares, and waits until that is final. May be repeated; a grant that was given already is answered as it is, without a call.
     *
     * <p>After {@link Grant#notAfter()} it gives nothing any more, and only finds out what is there. Access that is found then ends no later than if it had been
     * given at the last moment.
     *
     * @param grant a grant in the state {@link GrantState#PREPARED}, {@link GrantState#PENDING} or {@link GrantState#GRANTED}
     * @return the grant in the state {@link GrantState#GRANTED}, to be stored
     * @throws GrantRejectedException if the grant is another strategy's, or its end was begun; before any call
     * @throws TargetNotAllowedException if the target is not on the strategy's list; before any call
     * @throws StrategyException if the access was not given, for certain
     * @throws dev.connector.core.RoleAssumptionException if there is no session of the strategy's role, and the access was not given, for certain
     * @throws OutcomeUnknownException if it may have been given: store {@link OutcomeUnknownException#pending()} and resume that
     */
    Grant resume(Grant grant);

    /**
     * Takes the access away, and waits until that is final. May be repeated.
     *
     * @param grant a grant in any state
     * @param ending why, and which other grants are open
     * @return how it ended
     * @throws GrantRejectedException if the grant is another strategy's; before any call
     * @throws TargetNotAllowedException if the target is neither on the strategy's list nor on that of retired targets; before any call
     * @throws StrategyException if the access was not taken away, for certain
     * @throws dev.connector.core.RoleAssumptionException if there is no session of the strategy's role, and the access was not taken away, for certain
     * @throws OutcomeUnknownException if it may have been taken away: store {@link OutcomeUnknownException#pending()} and end that
     */
    Revocation deescalate(Grant grant, Ending ending);

    /**
     * {@link #prepare Prepares} and {@link #resume resumes} in one step, for callers that need not survive a crash in between.
     *
     * @param request what is asked for
     * @return the grant in the state {@link GrantState#GRANTED}, to be stored
     */
    default Grant escalate(AccessRequest<? extends T> request) {
        return resume(prepare(request));
    }

    /**
     * {@link #deescalate(Grant, Ending) Ends} a grant whose time is over.
     *
     * @param grant a grant in any state
     * @return how it ended
     */
    default Revocation deescalate(Grant grant) {
        return deescalate(grant, Ending.scheduled());
    }

    /**
     * {@link #resume Resumes} many grants, one after another unless the strategy knows better. A failure of one does not keep the others from being resumed.
     *
     * @param grants the grants
     * @param onEach told of each outcome as soon as it is there, on the calling thread; what it throws is thrown again when all is done
     * @return the outcomes, in the order of the grants
     */
    default List<Outcome<Grant>> resumeAll(Collection<Grant> grants, Consumer<Outcome<Grant>> onEach) {
        return ForEach.of(grants, this::resume, onEach);
    }

    /**
     * {@link #deescalate(Grant, Ending) Ends} many grants, one after another unless the strategy knows better. A failure of one does not keep the others from being ended.
     *
     * @param grants the grants
     * @param ending why, and which other grants are open
     * @param onEach told of each outcome as soon as it is there, on the calling thread; what it throws is thrown again when all is done
     * @return the outcomes, in the order of the grants
     */
    default List<Outcome<Revocation>> deescalateAll(
            Collection<Grant> grants, Ending ending, Consumer<Outcome<Revocation>> onEach) {
        return ForEach.of(grants, grant -> deescalate(grant, ending), onEach);
    }

    /** Closes what the strategy made, and nothing that it was given. Does nothing by default, and nothing the second time. */
    @Override
    default void close() {}
}
