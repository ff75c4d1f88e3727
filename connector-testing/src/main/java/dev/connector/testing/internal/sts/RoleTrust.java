package dev.connector.testing.internal.sts;

import dev.connector.testing.internal.auth.Access;
import dev.connector.testing.internal.auth.Trust;
import dev.connector.testing.internal.auth.Verdict;
import dev.connector.testing.internal.iam.Role;
import dev.connector.testing.internal.identity.Identity;
import dev.connector.testing.internal.server.Authorizer;

/**
 * Whether a caller may assume a role. The role must trust the caller in any case. Within one account that is enough where the
 * trust policy names the caller's user or role; where it trusts the account, and from another account, the caller's own policies
 * must allow it too.
 */
final class RoleTrust {

    private final Authorizer authorizer;

    RoleTrust(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    boolean allows(Identity caller, Role role, Access access) {
        Trust trust = role.trust().trustIn(caller, access);
        Verdict own = authorizer.identityVerdict(caller, access);
        Verdict session = authorizer.sessionVerdict(caller, access);
        if (trust == Trust.DENIED_EXPLICITLY
                || own == Verdict.DENIED_EXPLICITLY
                || session == Verdict.DENIED_EXPLICITLY) {
            return false;
        }
        boolean ownAllows = own == Verdict.ALLOWED && session == Verdict.ALLOWED;
        return isSameAccount(caller, role)
                ? switch (trust) {
                    case SESSION -> true;
                    case PRINCIPAL -> session == Verdict.ALLOWED;
                    case ACCOUNT -> ownAllows;
                    case NONE, DENIED_EXPLICITLY -> false;
                }
                : trust != Trust.NONE && ownAllows;
    }

    private static boolean isSameAccount(Identity caller, Role role) {
        return role.arn().contains("::" + caller.accountId() + ":");
    }
}
