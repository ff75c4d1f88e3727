package dev.connector.strategies.sso;

import org.jspecify.annotations.Nullable;

/**
 * A change of an account assignment that somebody wants to be made, or to be seen to its end.
 *
 * @param id the access request's or grant's own id: the same id, key and direction are the same change, which is made once
 * @param key what is changed
 * @param direction which way
 * @param lane how urgent it is; a grant is always in {@link Lane#GRANT}
 * @param start where it is taken up
 * @param requestId AWS's id of it, where it is followed; else {@code null}
 */
record AssignmentChange(
        String id,
        AssignmentKey key,
        Direction direction,
        Lane lane,
        Start start,
        @Nullable String requestId) {

    /** Where a change is taken up. */
    enum Start {
        /** It was never sent. */
        SEND,
        /** It may have been sent, for instance by a process that has crashed: it is looked for, and sent if it is not in progress. */
        LOOK_THEN_SEND,
        /** It may have been sent, and must not be sent now: it is looked for, and followed if it is in progress. */
        LOOK_ONLY,
        /** AWS has accepted it, its id is known. */
        FOLLOW
    }

    /** Whether it may be sent. */
    boolean isToBeSent() {
        return start == Start.SEND || start == Start.LOOK_THEN_SEND;
    }

    /** A new assignment. */
    static AssignmentChange grant(String id, AssignmentKey key) {
        return new AssignmentChange(id, key, Direction.GRANT, Lane.GRANT, Start.SEND, null);
    }

    /** The end of one whose time is over. */
    static AssignmentChange revocation(String id, AssignmentKey key) {
        return new AssignmentChange(id, key, Direction.REVOKE, Lane.SCHEDULED_REVOCATION, Start.SEND, null);
    }

    /** The end of one that somebody wants gone now. */
    static AssignmentChange urgentRevocation(String id, AssignmentKey key) {
        return new AssignmentChange(id, key, Direction.REVOKE, Lane.URGENT_REVOCATION, Start.SEND, null);
    }

    /** The same, if it may have been sent before. */
    AssignmentChange lookingFirst() {
        return new AssignmentChange(id, key, direction, lane, Start.LOOK_THEN_SEND, null);
    }

    /** The same, if it may have been sent before and must not be sent now. */
    AssignmentChange onlyLooking() {
        return new AssignmentChange(id, key, direction, lane, Start.LOOK_ONLY, null);
    }

    /** The same, if AWS has accepted it. */
    AssignmentChange following(String acceptedAs) {
        return new AssignmentChange(id, key, direction, lane, Start.FOLLOW, acceptedAs);
    }
}
