package dev.connector.strategies.sso;

import dev.connector.core.AwsFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a look for a membership showed.
 *
 * @param kind whether there was anything to see
 * @param membership what was seen; {@code null} unless {@link Kind#PRESENT}
 * @param failure why the read failed; {@code null} if none did
 */
record MembershipLook(
        Kind kind,
        @Nullable MembershipView membership,
        @Nullable AwsFailure failure) {

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
        return seen.map(membership -> new MembershipLook(Kind.PRESENT, membership, null))
                .orElseGet(() -> new MembershipLook(Kind.ABSENT, null, null));
    }

    static MembershipLook notReadable() {
        return new MembershipLook(Kind.NOT_READABLE, null, null);
    }

    static MembershipLook unread() {
        return new MembershipLook(Kind.UNREAD, null, null);
    }

    static MembershipLook failed(AwsFailure failure) {
        return new MembershipLook(Kind.UNREAD, null, failure);
    }

    boolean is(Kind other) {
        return kind == other;
    }

    /** Why the read failed, to be put behind what is said of it; nothing if it did not. */
    String why() {
        return failure == null ? "" : ": " + failure.description();
    }

    /** What the read threw; {@code null} if it did not fail. */
    @Nullable
    Throwable cause() {
        return failure == null ? null : failure.cause();
    }

    /** Whether it is a membership with another id than this. */
    boolean isAnotherThan(String membershipId) {
        return membership != null && !membership.id().equals(membershipId);
    }
}
