package dev.connector.testing;

import dev.connector.testing.internal.iam.Account;
import dev.connector.testing.internal.iam.Group;
import dev.connector.testing.internal.iam.User;
import dev.connector.testing.internal.server.Simulator;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * IAM of one account, from the inside: what it is, and changes that somebody else makes to it. Nothing here is recorded as a
 * call, and nothing is delayed by {@link SimulatedAws#propagationDelay(Duration)}.
 *
 * <p>Names are found exactly as they are written, but two users, groups or roles may not have names that differ in letter case
 * only.
 *
 * <p>Every method throws {@link IllegalArgumentException} for a user, group or role that is not there, for a name or path that
 * IAM does not allow, and for a policy that AWS does not accept or the simulation does not know; and
 * {@link IllegalStateException} for a change that IAM refuses as things are.
 *
 * <p>Thread-safe.
 */
public final class SimulatedIam {

    private final Simulator simulator;
    private final Account account;

    SimulatedIam(Simulator simulator, Account account) {
        this.simulator = simulator;
        this.account = account;
    }

    /**
     * Makes a user with the path {@code /}.
     *
     * @param name the name
     * @return the unique id, which begins with {@code AIDA}
     * @throws IllegalStateException if there is a user of that name, in any letter case
     */
    public String createUser(String name) {
        return createUser("/", name);
    }

    /**
     * Makes a user.
     *
     * @param path the path, which begins and ends with a slash
     * @param name the name
     * @return the unique id, which begins with {@code AIDA}
     * @throws IllegalStateException if there is a user of that name, in any letter case
     */
    public String createUser(String path, String name) {
        return get(iam -> iam.createUser(path, name).id());
    }

    /**
     * Deletes a user. Access keys of the user no longer get anything allowed.
     *
     * @param name the name
     * @throws IllegalStateException if the user is in a group
     */
    public void deleteUser(String name) {
        change(iam -> iam.deleteUser(name));
    }

    /**
     * Gives a user another name; the unique id and the memberships stay.
     *
     * @param from the name
     * @param to the new name
     * @throws IllegalStateException if there is another user of the new name, in any letter case
     */
    public void renameUser(String from, String to) {
        change(iam -> iam.renameUser(from, to));
    }

    /**
     * Gives a user an inline policy, or replaces it.
     *
     * @param userName the user
     * @param policyName the policy's name
     * @param policyJson the policy
     */
    public void putUserPolicy(String userName, String policyName, String policyJson) {
        change(iam -> iam.putUserPolicy(userName, policyName, policyJson));
    }

    /**
     * Makes a group.
     *
     * @param path the path, which begins and ends with a slash
     * @param name the name
     * @throws IllegalStateException if there is a group of that name, in any letter case and under any path
     */
    public void createGroup(String path, String name) {
        change(iam -> iam.createGroup(path, name));
    }

    /**
     * Deletes a group.
     *
     * @param name the name
     * @throws IllegalStateException if it has members
     */
    public void deleteGroup(String name) {
        change(iam -> iam.deleteGroup(name));
    }

    /**
     * Gives a group another name; the members stay.
     *
     * @param from the name
     * @param to the new name
     * @throws IllegalStateException if there is another group of the new name, in any letter case
     */
    public void renameGroup(String from, String to) {
        change(iam -> iam.renameGroup(from, to));
    }

    /**
     * Adds a user to a group. Nothing happens if the user is a member.
     *
     * @param user the user's name
     * @param group the group's name
     * @throws IllegalStateException if the user is in ten other groups already
     */
    public void addUserToGroup(String user, String group) {
        change(iam -> iam.addUserToGroup(user, group));
    }

    /**
     * Removes a user from a group. Nothing happens if the user is no member.
     *
     * @param user the user's name
     * @param group the group's name
     */
    public void removeUserFromGroup(String user, String group) {
        change(iam -> iam.removeUserFromGroup(user, group));
    }

    /**
     * Who is in a group.
     *
     * @param group the group's name
     * @return the names of its members, as it is now; unmodifiable
     */
    public Set<String> members(String group) {
        return get(iam -> names(iam.members(group), User::name));
    }

    /**
     * Who is in a group, whatever they are called now.
     *
     * @param group the group's name
     * @return the unique ids of its members, as it is now; unmodifiable
     */
    public Set<String> memberIds(String group) {
        return get(iam -> names(iam.members(group), User::id));
    }

    /**
     * In which groups a user is.
     *
     * @param user the user's name
     * @return the names of the groups, as it is now; unmodifiable
     */
    public Set<String> groupsOf(String user) {
        return get(iam -> names(iam.groupsOf(user), Group::name));
    }

    /**
     * Whether a user is in a group.
     *
     * @param user the user's name; a user that is not there is in no group
     * @param group the group's name
     * @return whether there is a user of that name among the members, as it is now
     */
    public boolean isMember(String user, String group) {
        return members(group).contains(user);
    }

    /**
     * Whether a certain user is in a group, whatever the user is called now.
     *
     * @param group the group's name
     * @param userId the user's unique id
     * @return whether the user with this id is a member, as it is now
     */
    public boolean hasMemberId(String group, String userId) {
        return get(iam -> iam.hasMemberId(group, userId));
    }

    /**
     * Makes a role, whose sessions last an hour at most.
     *
     * @param path the path, which begins and ends with a slash
     * @param name the name
     * @param trustPolicyJson who may assume it
     * @param policyJsons what it may do, as inline policies {@code policy-1}, {@code policy-2} and so on
     * @return the ARN
     * @throws IllegalStateException if there is a role of that name, in any letter case
     */
    public String createRole(String path, String name, String trustPolicyJson, String... policyJsons) {
        return get(iam -> iam.createRole(path, name, trustPolicyJson, List.of(policyJsons))
                .arn());
    }

    /**
     * Gives a role an inline policy, or replaces it. Sessions that exist are bound by it at once.
     *
     * @param roleName the role
     * @param policyName the policy's name
     * @param policyJson the policy
     */
    public void putRolePolicy(String roleName, String policyName, String policyJson) {
        change(iam -> iam.putRolePolicy(roleName, policyName, policyJson));
    }

    /**
     * Takes an inline policy from a role. Sessions that exist lose it at once.
     *
     * @param roleName the role
     * @param policyName the policy's name
     * @throws IllegalArgumentException if the role has no such policy
     */
    public void deleteRolePolicy(String roleName, String policyName) {
        change(iam -> iam.deleteRolePolicy(roleName, policyName));
    }

    /**
     * Sets how long sessions of a role may last.
     *
     * @param roleName the role
     * @param duration one to twelve hours
     * @throws IllegalArgumentException if it is less or more than that
     */
    public void maxSessionDuration(String roleName, Duration duration) {
        change(iam -> iam.maxSessionDuration(roleName, duration));
    }

    private <T> T get(Function<Account, T> question) {
        return simulator.locked(() -> question.apply(account));
    }

    private void change(Consumer<Account> change) {
        simulator.locked(() -> {
            change.accept(account);
            return account;
        });
    }

    private static <T> Set<String> names(Collection<T> entities, Function<T, String> name) {
        return entities.stream().map(name).collect(Collectors.toUnmodifiableSet());
    }
}
