package dev.connector.testing.internal.identity;

import org.jspecify.annotations.Nullable;

/**
 * What an access key stands for.
 *
 * @param arn the user, or the role's session
 * @param principalArn the user or the role
 * @param accountId the account
 * @param entityId the unique id of the user or role
 * @param session the session; null for a user
 */
public record Identity(
        String arn,
        String principalArn,
        String accountId,
        String entityId,
        @Nullable Session session) {

    public static Identity ofUser(String arn, String accountId, String userId) {
        return new Identity(arn, arn, accountId, userId, null);
    }

    /** The id that AWS calls the caller's user id. */
    public String userId() {
        return session == null ? entityId : entityId + ":" + session.name();
    }

    public @Nullable String roleArn() {
        return session == null ? null : principalArn;
    }
}
