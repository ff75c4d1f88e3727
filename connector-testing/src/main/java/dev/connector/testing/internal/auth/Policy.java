package dev.connector.testing.internal.auth;

import dev.connector.testing.internal.identity.Identity;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** A policy, read and checked. Immutable. */
public final class Policy {

    private final List<Statement> statements;

    Policy(List<Statement> statements) {
        this.statements = statements;
    }

    /**
     * Reads a policy of a user or role, or one that a session is limited by.
     *
     * @throws PolicySyntaxException if it is malformed, or has something that the simulation does not know
     */
    public static Policy ofIdentity(String json) {
        return new Policy(new PolicyParser(false).parse(json));
    }

    /**
     * Reads the policy that says who may assume a role.
     *
     * @throws PolicySyntaxException if it is malformed, or has something that the simulation does not know
     */
    public static Policy ofTrust(String json) {
        return new Policy(new PolicyParser(true).parse(json));
    }

    /** What these policies together say: a Deny in one of them wins, then an Allow in one of them. */
    public static Verdict evaluate(Collection<Policy> policies, Access access) {
        List<Statement> applying = policies.stream()
                .flatMap(policy -> policy.statements.stream())
                .filter(statement -> statement.applies(access))
                .toList();
        if (applying.isEmpty()) {
            return Verdict.NOT_ALLOWED;
        }
        return applying.stream().allMatch(Statement::allows) ? Verdict.ALLOWED : Verdict.DENIED_EXPLICITLY;
    }

    /** What this trust policy says of a caller. */
    public Trust trustIn(Identity caller, Access access) {
        List<Statement> applying = statements.stream()
                .filter(statement -> statement.principals().stream().anyMatch(principal -> principal.matches(caller)))
                .filter(statement -> statement.applies(access))
                .toList();
        if (!applying.stream().allMatch(Statement::allows)) {
            return Trust.DENIED_EXPLICITLY;
        }
        return applying.stream()
                .flatMap(statement -> statement.principals().stream())
                .filter(principal -> principal.matches(caller))
                .map(PrincipalPattern::trust)
                .max(Comparator.naturalOrder())
                .orElse(Trust.NONE);
    }
}
