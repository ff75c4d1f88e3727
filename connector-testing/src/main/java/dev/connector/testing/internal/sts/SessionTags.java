package dev.connector.testing.internal.sts;

import dev.connector.testing.internal.identity.Identity;
import dev.connector.testing.internal.identity.Session;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Tag;

/**
 * The tags of a session that is about to start.
 *
 * @param all those of the request and those that come along the chain
 * @param transitive those that go on to further sessions
 */
record SessionTags(Map<String, String> all, Map<String, String> transitive) {

    static SessionTags of(AssumeRoleRequest request, Identity caller) {
        Map<String, String> requested = byKey();
        for (Tag tag : request.tags()) {
            requested.put(tag.key(), tag.value());
        }
        Session session = caller.session();
        Map<String, String> transitive = byKey();
        request.transitiveTagKeys().forEach(key -> transitive.put(key, requested.getOrDefault(key, "")));
        if (session != null) {
            transitive.putAll(session.transitiveTags());
        }
        Map<String, String> all = byKey();
        all.putAll(requested);
        all.putAll(transitive);
        return new SessionTags(all, transitive);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    private static Map<String, String> byKey() {
        return new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    }
}
