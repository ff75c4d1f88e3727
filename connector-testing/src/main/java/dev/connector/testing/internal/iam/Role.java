package dev.connector.testing.internal.iam;

import dev.connector.testing.internal.auth.Policy;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * A role.
 *
 * @param id the unique id
 * @param arn the ARN
 * @param name the name
 * @param trust who may assume it
 * @param policies what it may do, by the policies' names
 * @param maxSession how long its sessions may be
 */
public record Role(
        String id, String arn, String name, Policy trust, Map<String, Policy> policies, Duration maxSession) {

    public Role {
        policies = Map.copyOf(policies);
    }

    Role with(String policyName, Policy policy) {
        Map<String, Policy> all = new HashMap<>(policies);
        all.put(policyName, policy);
        return new Role(id, arn, name, trust, all, maxSession);
    }

    Role without(String policyName) {
        Map<String, Policy> rest = new HashMap<>(policies);
        rest.remove(policyName);
        return new Role(id, arn, name, trust, rest, maxSession);
    }

    Role withMaxSession(Duration duration) {
        return new Role(id, arn, name, trust, policies, duration);
    }

    Collection<Policy> allPolicies() {
        return policies.values();
    }
}
