package dev.connector.testing.internal.iam;

import dev.connector.testing.SimulatedClock;
import dev.connector.testing.internal.auth.Policy;
import dev.connector.testing.internal.identity.Identity;
import dev.connector.testing.internal.identity.Ids;
import dev.connector.testing.internal.server.Printable;
import dev.connector.testing.internal.time.Timeline;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One account: what IAM knows of it, as it is and, for readers who see it late, as it was. Not thread-safe. */
public final class Account {

    static final int GROUPS_PER_USER = 10;

    private final String id;
    private final String partition;
    private final SimulatedClock clock;
    private final Ids ids;
    private final Timeline<Directory> directory = new Timeline<>(Directory.EMPTY);
    private final Map<String, Role> roles = new HashMap<>();
    private final Map<String, Map<String, Policy>> userPolicies = new HashMap<>();

    Account(String id, String partition, SimulatedClock clock, Ids ids) {
        this.id = id;
        this.partition = partition;
        this.clock = clock;
        this.ids = ids;
    }

    public String arn(String kind, String path, String name) {
        return "arn:" + partition + ":iam::" + id + ":" + kind + path + name;
    }

    String arn(User user) {
        return arn("user", user.path(), user.name());
    }

    String arn(Group group) {
        return arn("group", group.path(), group.name());
    }

    /** The users and groups as they are. */
    Directory directory() {
        return directory.latest();
    }

    /** The users and groups as they were, which is how a reader sees them. */
    Directory directory(Duration ago) {
        return directory.at(clock.nanos() - ago.toNanos());
    }

    void change(Directory changed) {
        directory.put(clock.nanos(), changed);
    }

    public User createUser(String path, String name) {
        Names.requirePath(path);
        Names.requireName(name, Names.USER_LENGTH);
        requireFree("user", directory().users().keySet(), name);
        User user = new User(ids.unique("AIDA", 21), path, name, clock.instant());
        change(directory().with(user));
        return user;
    }

    public void deleteUser(String name) {
        User user = requireUser(name);
        if (!directory().groupsOf(user).isEmpty()) {
            throw new IllegalStateException(
                    "Cannot delete entity, must remove user " + name + " from all groups first");
        }
        userPolicies.remove(user.id());
        change(directory().withoutUser(name));
    }

    public void renameUser(String from, String to) {
        User user = requireUser(from);
        Names.requireName(to, Names.USER_LENGTH);
        Directory rest = directory().withoutUser(from);
        requireFree("user", rest.users().keySet(), to);
        change(rest.with(user.named(to)));
    }

    public void createGroup(String path, String name) {
        Names.requirePath(path);
        Names.requireName(name, Names.GROUP_LENGTH);
        requireFree("group", directory().groups().keySet(), name);
        change(directory().with(new Group(ids.unique("AGPA", 21), path, name, clock.instant(), Set.of())));
    }

    public void deleteGroup(String name) {
        if (!requireGroup(name).memberIds().isEmpty()) {
            throw new IllegalStateException("Cannot delete entity, must remove users from group " + name + " first");
        }
        change(directory().withoutGroup(name));
    }

    public void renameGroup(String from, String to) {
        Group group = requireGroup(from);
        Names.requireName(to, Names.GROUP_LENGTH);
        Directory rest = directory().withoutGroup(from);
        requireFree("group", rest.groups().keySet(), to);
        change(rest.with(group.named(to)));
    }

    public void addUserToGroup(String userName, String groupName) {
        User user = requireUser(userName);
        Group group = requireGroup(groupName);
        if (isOverQuota(user, group)) {
            throw new IllegalStateException("Cannot exceed quota for GroupsPerUser: " + GROUPS_PER_USER);
        }
        change(directory().with(group.with(user)));
    }

    boolean isOverQuota(User user, Group group) {
        return !group.memberIds().contains(user.id())
                && directory().groupsOf(user).size() >= GROUPS_PER_USER;
    }

    public void removeUserFromGroup(String userName, String groupName) {
        User user = requireUser(userName);
        change(directory().with(requireGroup(groupName).without(user)));
    }

    public Collection<User> members(String groupName) {
        return directory().members(requireGroup(groupName));
    }

    public boolean hasMemberId(String groupName, String userId) {
        return requireGroup(groupName).memberIds().contains(userId);
    }

    public Collection<Group> groupsOf(String userName) {
        return directory().groupsOf(requireUser(userName));
    }

    public Role createRole(String path, String name, String trustPolicy, List<String> policies) {
        Names.requirePath(path);
        Names.requireName(name, Names.USER_LENGTH);
        requireFree("role", roles.keySet(), name);
        Role role = new Role(
                ids.unique("AROA", 21),
                arn("role", path, name),
                name,
                Policies.trust(trustPolicy),
                Policies.numbered(policies),
                Duration.ofHours(1));
        roles.put(name, role);
        return role;
    }

    public void putRolePolicy(String roleName, String policyName, String policy) {
        roles.put(roleName, requireRole(roleName).with(policyName, Policies.identity(policy)));
    }

    public void deleteRolePolicy(String roleName, String policyName) {
        Role role = requireRole(roleName);
        if (!role.policies().containsKey(policyName)) {
            throw new IllegalArgumentException("Role " + roleName + " has no policy " + Printable.escape(policyName));
        }
        roles.put(roleName, role.without(policyName));
    }

    public void maxSessionDuration(String roleName, Duration duration) {
        if (duration.compareTo(Duration.ofHours(1)) < 0 || duration.compareTo(Duration.ofHours(12)) > 0) {
            throw new IllegalArgumentException("A role's sessions last one to twelve hours at most, not " + duration);
        }
        roles.put(roleName, requireRole(roleName).withMaxSession(duration));
    }

    public void putUserPolicy(String userName, String policyName, String policy) {
        Policy parsed = Policies.identity(policy);
        userPolicies
                .computeIfAbsent(requireUser(userName).id(), id -> new HashMap<>())
                .put(policyName, parsed);
    }

    /** The role with exactly this ARN. */
    public Optional<Role> role(String arn) {
        return roles.values().stream().filter(role -> role.arn().equals(arn)).findFirst();
    }

    Optional<User> userByArn(String arn) {
        return directory().users().values().stream()
                .filter(user -> arn(user).equals(arn))
                .findFirst();
    }

    Collection<Policy> policiesOf(Identity identity) {
        return identity.session() == null
                ? userPolicies.getOrDefault(identity.entityId(), Map.of()).values()
                : role(identity.principalArn()).map(Role::allPolicies).orElse(List.of());
    }

    String id() {
        return id;
    }

    private User requireUser(String name) {
        return directory().user(name).orElseThrow(() -> missing("user", name));
    }

    private Group requireGroup(String name) {
        return directory().group(name).orElseThrow(() -> missing("group", name));
    }

    private Role requireRole(String name) {
        return Optional.ofNullable(roles.get(name)).orElseThrow(() -> missing("role", name));
    }

    private IllegalArgumentException missing(String kind, String name) {
        return new IllegalArgumentException("Account " + id + " has no " + kind + " " + Printable.escape(name));
    }

    private static void requireFree(String kind, Set<String> names, String name) {
        if (Directory.isTaken(names, name)) {
            throw new IllegalStateException("There is a " + kind + " " + name + " already; letter case does not count");
        }
    }
}
