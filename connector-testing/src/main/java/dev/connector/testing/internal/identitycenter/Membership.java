package dev.connector.testing.internal.identitycenter;

import java.time.Instant;

/**
 * A user's membership of a group; made anew it is another one.
 *
 * @param id a UUID
 * @param groupId the group
 * @param userId the user
 * @param createdAt when it was made
 */
record Membership(String id, String groupId, String userId, Instant createdAt) {

    boolean isOf(String group, String user) {
        return groupId.equals(group) && userId.equals(user);
    }
}
