package dev.connector.testing.internal.iam;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The users and groups of an account at one moment, by name. Immutable: a change makes another one.
 *
 * @param users the users
 * @param groups the groups
 */
record Directory(Map<String, User> users, Map<String, Group> groups) {

    static final Directory EMPTY = new Directory(Map.of(), Map.of());

    Optional<User> user(String name) {
        return Optional.ofNullable(users.get(name));
    }

    Optional<Group> group(String name) {
        return Optional.ofNullable(groups.get(name));
    }

    boolean hasUserId(String id) {
        return users.values().stream().anyMatch(user -> user.id().equals(id));
    }

    boolean hasGroupId(String id) {
        return groups.values().stream().anyMatch(group -> group.id().equals(id));
    }

    /** The members of a group that exist here, by name. */
    List<User> members(Group group) {
        return users.values().stream()
                .filter(user -> group.memberIds().contains(user.id()))
                .sorted(Comparator.comparing(User::name))
                .toList();
    }

    /** The groups of a user, by name. */
    List<Group> groupsOf(User user) {
        return groups.values().stream()
                .filter(group -> group.memberIds().contains(user.id()))
                .sorted(Comparator.comparing(Group::name))
                .toList();
    }

    Directory with(User user) {
        return new Directory(put(users, user.name(), user), groups);
    }

    Directory with(Group group) {
        return new Directory(users, put(groups, group.name(), group));
    }

    Directory withoutUser(String name) {
        return new Directory(remove(users, name), groups);
    }

    Directory withoutGroup(String name) {
        return new Directory(users, remove(groups, name));
    }

    static boolean isTaken(Collection<String> names, String name) {
        return names.stream().anyMatch(name::equalsIgnoreCase);
    }

    private static <T> Map<String, T> put(Map<String, T> map, String name, T value) {
        Map<String, T> copy = new TreeMap<>(map);
        copy.put(name, value);
        return copy;
    }

    private static <T> Map<String, T> remove(Map<String, T> map, String name) {
        Map<String, T> copy = new TreeMap<>(map);
        copy.remove(name);
        return copy;
    }
}
