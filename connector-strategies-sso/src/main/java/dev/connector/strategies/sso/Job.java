package dev.connector.strategies.sso;

import dev.connector.core.AwsFailure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One change in the scheduler's hands, and all who wait for it. Compared by identity; not thread-safe. */
final class Job {

    /** Where a change is. */
    enum State {
        /** Behind another change of the same assignment. */
        BEHIND,
        /** In its lane. */
        WAITING,
        /** Waiting until it is sent again; it holds no slot. */
        BACKING_OFF,
        /** Handed out to be sent. */
        SENDING,
        /** It may have been accepted, and is looked for. */
        LOOKING,
        /** AWS works on it. */
        ACCEPTED,
        DONE
    }

    private final AssignmentChange change;
    private final long arrival;
    private final List<Ticket> tickets = new ArrayList<>(1);

    Lane lane;
    State state = State.BEHIND;
    Slots.Use use = Slots.Use.NONE;

    @Nullable
    String requestId;

    @Nullable
    AwsFailure failure;

    /** Whether some attempt may have been accepted. */
    boolean uncertain;

    /** Whether its id came from outside, and AWS has not said yet that it is the id of this change. */
    boolean unverified;

    /** Whether AWS says that it has failed, and only the reason is missing. */
    boolean failed;

    /** Attempts that failed for another reason than a quota or a conflict. */
    int attempts;

    int conflicts;
    long firstConflict;

    /** When it was sent or, if nobody knows, taken up. */
    long since;

    /** When a read last told that it is in progress. */
    long seenAt;

    /** When it is looked for. */
    long lookAt;

    Job(AssignmentChange change, long arrival) {
        this.change = change;
        this.arrival = arrival;
        this.lane = isGrant() ? Lane.GRANT : change.lane();
    }

    AssignmentChange change() {
        return change;
    }

    AssignmentKey key() {
        return change.key();
    }

    Direction direction() {
        return change.direction();
    }

    boolean isGrant() {
        return direction() == Direction.GRANT;
    }

    /** Its place in the order of arrival. */
    long arrival() {
        return arrival;
    }

    List<Ticket> tickets() {
        return tickets;
    }

    boolean isAbandoned() {
        return tickets.isEmpty();
    }

    /** Who wants it to be sent; {@code null} if there is nobody. Others may wait who only want to see what becomes of it. */
    @Nullable
    Ticket sender() {
        for (Ticket ticket : tickets) {
            if (ticket.change().isToBeSent()) {
                return ticket;
            }
        }
        return null;
    }

    /** Whether it stays where it is for nobody. */
    boolean isUnwanted() {
        return change.isToBeSent() ? sender() == null : isAbandoned();
    }

    /** Whether no attempt is under way, nor was one accepted. It may have been before that, if {@link #uncertain}. */
    boolean isUnsent() {
        return state == State.BEHIND || state == State.WAITING || state == State.BACKING_OFF;
    }

    /** Whether nothing is known of it but what its caller says: this process has neither sent it nor seen it. */
    boolean isHearsay() {
        return unverified || (state == State.LOOKING && attempts == 0);
    }

    boolean isSameAs(AssignmentChange other) {
        return change.id().equals(other.id())
                && change.direction() == other.direction()
                && change.key().equals(other.key());
    }
}
