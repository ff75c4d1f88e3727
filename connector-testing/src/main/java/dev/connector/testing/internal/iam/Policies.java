package dev.connector.testing.internal.iam;

import dev.connector.testing.internal.auth.Policy;
import dev.connector.testing.internal.auth.PolicySyntaxException;
import dev.connector.testing.internal.server.Printable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Policies that a test gives: what is wrong with them is the test's fault. */
final class Policies {

    private Policies() {}

    static Policy identity(String json) {
        return orIllegal(() -> Policy.ofIdentity(json));
    }

    static Policy trust(String json) {
        return orIllegal(() -> Policy.ofTrust(json));
    }

    static Map<String, Policy> numbered(List<String> jsons) {
        Map<String, Policy> policies = new HashMap<>();
        jsons.forEach(json -> policies.put("policy-" + (policies.size() + 1), identity(json)));
        return policies;
    }

    private static Policy orIllegal(Supplier<Policy> parse) {
        try {
            return parse.get();
        } catch (PolicySyntaxException e) {
            // Without the cause, which may repeat the policy as it is.
            throw new IllegalArgumentException(
                    "Not a policy that AWS accepts: " + Printable.escape(String.valueOf(e.getMessage())));
        }
    }
}
