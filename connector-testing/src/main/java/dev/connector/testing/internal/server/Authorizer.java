package dev.connector.testing.internal.server;

import dev.connector.testing.internal.auth.Access;
import dev.connector.testing.internal.auth.Policy;
import dev.connector.testing.internal.auth.Verdict;
import dev.connector.testing.internal.identity.Identity;
import dev.connector.testing.internal.identity.Session;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Decides what a caller may do: what its user or role may, and where its session has a policy, what that one allows too. */
public final class Authorizer {

    private final PolicySource policies;

    public Authorizer(PolicySource policies) {
        this.policies = policies;
    }

    /** Why a caller may not do something, in AWS's words; empty if it may. */
    public Optional<String> refusal(Identity caller, Access access) {
        Verdict identity = identityVerdict(caller, access);
        Verdict session = sessionVerdict(caller, access);
        if (identity == Verdict.DENIED_EXPLICITLY) {
            return Optional.of("with an explicit deny in an identity-based policy");
        } else if (session == Verdict.DENIED_EXPLICITLY) {
            return Optional.of("with an explicit deny in a session policy");
        } else if (identity == Verdict.NOT_ALLOWED) {
            return Optional.of("because no identity-based policy allows the " + access.action() + " action");
        } else if (session == Verdict.NOT_ALLOWED) {
            return Optional.of("because no session policy allows the " + access.action() + " action");
        }
        return Optional.empty();
    }

    /** What the policies of the caller's user or role say. */
    public Verdict identityVerdict(Identity caller, Access access) {
        return Policy.evaluate(policies.policiesOf(caller), access);
    }

    /** What the policy of the caller's session says; everything is allowed where there is none. */
    public Verdict sessionVerdict(Identity caller, Access access) {
        Session session = caller.session();
        return session == null || session.policy() == null
                ? Verdict.ALLOWED
                : Policy.evaluate(List.of(session.policy()), access);
    }

    /** The condition keys that every call has. */
    public static Map<String, String> context(Identity caller, String region) {
        Map<String, String> context = new TreeMap<>();
        context.put("aws:PrincipalArn", caller.principalArn());
        context.put("aws:PrincipalAccount", caller.accountId());
        context.put("aws:userid", caller.userId());
        context.put("aws:RequestedRegion", region);
        context.put("aws:SecureTransport", "true");
        return context;
    }
}
