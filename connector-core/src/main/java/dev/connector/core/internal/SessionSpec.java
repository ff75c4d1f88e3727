package dev.connector.core.internal;

import dev.connector.core.PolicyDocument;
import dev.connector.core.RoleArn;
import dev.connector.core.RoleAssumptionException.Hop;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Which session of which role: whatever has the same parts shares one.
 *
 * @param hop which link of the chain
 * @param roleArn the role
 * @param externalId what its trust policy demands, never printed
 * @param policy what the session may do at most
 * @param sessionName its name in the account's trail
 * @param duration how long AWS lets it live
 */
public record SessionSpec(
        Hop hop,
        RoleArn roleArn,
        Optional<String> externalId,
        Optional<PolicyDocument> policy,
        String sessionName,
        Duration duration) {

    /** Written out: a record's own is put together when it is first used, which a service's start would wait for. */
    @Override
    public boolean equals(Object other) {
        return other instanceof SessionSpec spec
                && hop == spec.hop
                && roleArn.equals(spec.roleArn)
                && externalId.equals(spec.externalId)
                && policy.equals(spec.policy)
                && sessionName.equals(spec.sessionName)
                && duration.equals(spec.duration);
    }

    @Override
    public int hashCode() {
        return Objects.hash(hop, roleArn, externalId, policy, sessionName, duration);
    }

    @Override
    public String toString() {
        return roleArn + " as " + sessionName;
    }
}
