package dev.connector.testing.internal.auth;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to do.
 *
 * @param action such as {@code iam:GetUser}
 * @param resource the ARN; null where the name that was given stands for nothing, so that there is no ARN to authorise on
 * @param context the values of the condition keys, whose names are found in any letter case
 */
public record Access(String action, @Nullable String resource, Map<String, String> context) {

    public Access {
        Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(context);
        context = copy;
    }

    public Access withAction(String other) {
        return new Access(other, resource, context);
    }
}
