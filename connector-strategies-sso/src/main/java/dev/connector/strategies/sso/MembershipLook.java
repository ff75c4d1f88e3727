package dev.connector.strategies.sso;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a look for a membership showed.
 *
 * @param kind whether there was anything to see
 * @param membership what was seen; {@code null} unless {@link Kind#PRESENT}
 */
record MembershipLook(Kind kind, @Nullable MembershipView membership) {

    /** Whether there was anything to see. */
    enum Kind {
        PRESENT,
        ABSENT,
        /** The role may not read. */
        NOT_READABLE,
        /** This read failed; another one may not. */
        UNREAD
    }

    static MembershipLook of(Optional<MembershipView> seen) {
        return seen.map(membership -> new MembershipLook(Kind.PRESENT, membership))
                .orElseGet(() -> new MembershipLook(Kind.ABSENT, null));
    }

    static MembershipLook notReadable() {
        return new MembershipLook(Kind.NOT_READABLE, null);
    }

    static MembershipLook unread() {
        return new MembershipLook(Kind.UNREAD, null);
    }

    boolean is(Kind other) {
        return kind == other;
    }

    /** Whether it is a membership with another id than this. */
    boolean isAnotherThan(String membershipId) {
        return membership != null && !membership.id().equals(membershipId);
    }
}
