package dev.connector.strategies.sso;

import java.util.Locale;

/** Changes to try things with. */
final class Samples {

    private static final String PERMISSION_SET = "arn:aws:sso:::permissionSet/ssoins-1111222233334444/ps-1";

    private Samples() {}

    /** A user's assignment. */
    static AssignmentKey key(int user) {
        return new AssignmentKey(
                String.format(Locale.ROOT, "00000000-0000-0000-0000-%012d", user), PERMISSION_SET, "111122223333");
    }

    static AssignmentChange grant(int user) {
        return AssignmentChange.grant("grant-" + user, key(user));
    }

    static AssignmentChange revocation(int user) {
        return AssignmentChange.revocation("grant-" + user, key(user));
    }

    static AssignmentChange urgentRevocation(int user) {
        return AssignmentChange.urgentRevocation("grant-" + user, key(user));
    }
}
