package dev.connector.testing.internal.iam;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * A group.
 *
 * @param id the unique id, which no other group ever has
 * @param path the path
 * @param name the name
 * @param created when it was made
 * @param memberIds the unique ids of its members, which stay when users are renamed
 */
public record Group(String id, String path, String name, Instant created, Set<String> memberIds) {

    public Group {
        memberIds = Set.copyOf(memberIds);
    }

    Group named(String other) {
        return new Group(id, path, other, created, memberIds);
    }

    Group with(User user) {
        Set<String> members = new HashSet<>(memberIds);
        members.add(user.id());
        return new Group(id, path, name, created, members);
    }

    Group without(User user) {
        Set<String> members = new HashSet<>(memberIds);
        members.remove(user.id());
        return new Group(id, path, name, created, members);
    }
}
