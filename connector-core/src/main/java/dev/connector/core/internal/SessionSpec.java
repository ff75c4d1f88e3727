package dev.connector.core.internal;

import dev.connector.core.PolicyDocument;
import dev.connector.core.RoleArn;
import dev.connector.core.RoleAssumptionException.Hop;
import java.time.Duration;
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

    @Override
    public String toString() {
        return roleArn + " as " + sessionName;
    }
}
