package dev.connector.testing;

import dev.connector.testing.internal.identitycenter.Assignment;
import dev.connector.testing.internal.identitycenter.CenterSettings;
import dev.connector.testing.internal.identitycenter.IdentityCenter;
import dev.connector.testing.internal.server.Simulator;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The instance of IAM Identity Center with its identity store, from the inside: what it is, changes that somebody else makes to it, and how AWS behaves where it is
 * free to. Nothing here is recorded as a call, and nothing that is made here takes time or counts against a quota.
 *
 * <p>Accounts need not be made: AWS accepts changes of assignments in any account, also in one that does not exist.
 *
 * <p>Every method throws {@link IllegalArgumentException} for a user, group or permission set that is not there, and for an account that has not twelve digits.
 *
 * <p>Thread-safe.
 */
public final class SimulatedIdentityCenter {

    private final Simulator simulator;
    private final IdentityCenter center;

    SimulatedIdentityCenter(Simulator simulator, IdentityCenter center) {
        this.simulator = simulator;
        this.center = center;
    }

    /**
     * The instance.
     *
     * @return its ARN, without Region and account
     */
    public String instanceArn() {
        return center.instanceArn();
    }

    /**
     * The identity store.
     *
     * @return its id, which begins with {@code d-}
     */
    public String identityStoreId() {
        return center.storeId();
    }

    /**
     * Makes a user, enabled.
     *
     * @param userName the user name
     * @param emails e-mail addresses
     * @return the id
     * @throws IllegalStateException if there is a user of that name, in any letter case
     */
    public String createUser(String userName, String... emails) {
        return get(all -> all.createUser(Objects.requireNonNull(userName, "userName"), List.of(emails)));
    }

    /**
     * Gives a user another name; the id stays.
     *
     * @param userId the user
     * @param userName the new name
     * @throws IllegalStateException if there is a user of that name, in any letter case
     */
    public void renameUser(String userId, String userName) {
        change(all -> all.renameUser(userId, userName));
    }

    /**
     * Keeps a user from signing in.
     *
     * @param userId the user
     */
    public void disableUser(String userId) {
        change(all -> all.enableUser(userId, false));
    }

    /**
     * Lets a user sign in again.
     *
     * @param userId the user
     */
    public void enableUser(String userId) {
        change(all -> all.enableUser(userId, true));
    }

    /**
     * Deletes a user with all memberships; account assignments stay listed.
     *
     * @param userId the user
     */
    public void deleteUser(String userId) {
        change(all -> all.deleteUser(userId));
    }

    /**
     * Makes a group.
     *
     * @param displayName its name
     * @return the id
     */
    public String createGroup(String displayName) {
        return get(all -> all.createGroup(Objects.requireNonNull(displayName, "displayName")));
    }

    /**
     * Deletes a group with all memberships.
     *
     * @param groupId the group
     */
    public void deleteGroup(String groupId) {
        change(all -> all.deleteGroup(groupId));
    }

    /**
     * Makes a user a member of a group.
     *
     * @param groupId the group
     * @param userId the user
     * @return the membership's id
     * @throws IllegalStateException if the user is a member already
     */
    public String addMember(String groupId, String userId) {
        return get(all -> all.addMember(groupId, userId));
    }

    /**
     * Takes a user out of a group.
     *
     * @param groupId the group
     * @param userId the user
     * @throws IllegalArgumentException if the user is no member
     */
    public void removeMember(String groupId, String userId) {
        change(all -> all.removeMember(groupId, userId));
    }

    /**
     * Who is in a group.
     *
     * @param groupId the group
     * @return the ids of its members, as it is now; unmodifiable
     */
    public Set<String> memberIds(String groupId) {
        return get(all -> Set.copyOf(all.memberIds(groupId)));
    }

    /**
     * Makes a permission set.
     *
     * @param name its name
     * @param sessionDuration how long sessions last
     * @return the ARN
     */
    public String createPermissionSet(String name, Duration sessionDuration) {
        Objects.requireNonNull(sessionDuration, "sessionDuration");
        return get(all -> all.createPermissionSet(Objects.requireNonNull(name, "name"), sessionDuration));
    }

    /**
     * Lets the sessions of a permission set last longer or shorter.
     *
     * @param permissionSetArn the permission set
     * @param sessionDuration how long from now on
     */
    public void sessionDuration(String permissionSetArn, Duration sessionDuration) {
        change(all ->
                all.sessionDuration(permissionSetArn, Objects.requireNonNull(sessionDuration, "sessionDuration")));
    }

    /**
     * Deletes a permission set.
     *
     * @param permissionSetArn the permission set
     */
    public void deletePermissionSet(String permissionSetArn) {
        change(all -> all.deletePermissionSet(permissionSetArn));
    }

    /**
     * Suspends an account: changes of assignments there are answered with a conflict.
     *
     * @param accountId the account
     */
    public void suspendAccount(String accountId) {
        change(all -> all.suspend(accountId, true));
    }

    /**
     * Takes a suspension back.
     *
     * @param accountId the account
     */
    public void reinstateAccount(String accountId) {
        change(all -> all.suspend(accountId, false));
    }

    /**
     * Assigns a user to a permission set in an account, at once. Nothing happens if that is so already.
     *
     * @param permissionSetArn the permission set
     * @param accountId the account
     * @param userId the user, who need not be there
     */
    public void assignUser(String permissionSetArn, String accountId, String userId) {
        change(all -> all.assign(assignment(permissionSetArn, accountId, userId, false)));
    }

    /**
     * Assigns a group to a permission set in an account, at once. Nothing happens if that is so already.
     *
     * @param permissionSetArn the permission set
     * @param accountId the account
     * @param groupId the group, which need not be there
     */
    public void assignGroup(String permissionSetArn, String accountId, String groupId) {
        change(all -> all.assign(assignment(permissionSetArn, accountId, groupId, true)));
    }

    /**
     * Takes a user's assignment away, at once. Nothing happens if there is none.
     *
     * @param permissionSetArn the permission set
     * @param accountId the account
     * @param userId the user
     */
    public void unassignUser(String permissionSetArn, String accountId, String userId) {
        change(all -> all.unassign(assignment(permissionSetArn, accountId, userId, false)));
    }

    /**
     * Takes a group's assignment away, at once. Nothing happens if there is none.
     *
     * @param permissionSetArn the permission set
     * @param accountId the account
     * @param groupId the group
     */
    public void unassignGroup(String permissionSetArn, String accountId, String groupId) {
        change(all -> all.unassign(assignment(permissionSetArn, accountId, groupId, true)));
    }

    private static Assignment assignment(String permissionSetArn, String accountId, String principal, boolean group) {
        return new Assignment(principal.toLowerCase(Locale.ROOT), group, permissionSetArn, accountId);
    }

    /**
     * Which users are assigned to a permission set in an account, not counting those that are in a group that is.
     *
     * @param permissionSetArn the permission set
     * @param accountId the account
     * @return their ids, as it is now; unmodifiable
     */
    public Set<String> assignedUsers(String permissionSetArn, String accountId) {
        return get(all -> all.assignments().stream()
                .filter(each -> !each.isGroup()
                        && each.permissionSetArn().equals(permissionSetArn)
                        && each.accountId().equals(accountId))
                .map(Assignment::principal)
                .collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * How long AWS takes for a change of an assignment once it has accepted it. The durations are log-normal and come from the seed.
     *
     * @param mean from nothing to an hour; 5 seconds by default
     * @throws IllegalArgumentException if it is less or more than that
     */
    public void provisioningTime(Duration mean) {
        set(settings -> settings.provisioningTime(mean));
    }

    /**
     * How much the times of changes differ: the standard deviation of their logarithm.
     *
     * @param sigma from 0, with which each takes the mean, to 2; 0.5 by default
     * @throws IllegalArgumentException if it is less or more than that
     */
    public void provisioningSpread(double sigma) {
        set(settings -> settings.provisioningSpread(sigma));
    }

    /**
     * How many calls SSO Admin bears in any second, over all operations. The Identity Store bears as many of each operation.
     *
     * @param limit one or more; 20 by default
     * @throws IllegalArgumentException if it is less than one
     */
    public void requestsPerSecond(int limit) {
        set(settings -> settings.requestsPerSecond(limit));
    }

    /**
     * How many changes of assignments AWS works on at one time.
     *
     * @param limit one or more; 10 by default
     * @throws IllegalArgumentException if it is less than one
     */
    public void outstandingLimit(int limit) {
        set(settings -> settings.outstandingLimit(limit));
    }

    /**
     * Whether creations and deletions are counted apart. AWS's pages leave that open.
     *
     * @param separate whether; not so by default
     */
    public void separateOutstandingLimits(boolean separate) {
        set(settings -> settings.separateOutstandingLimits(separate));
    }

    /**
     * How long AWS remembers what became of a change.
     *
     * @param retention from nothing to a year after its end; a day by default
     * @throws IllegalArgumentException if it is less or more than that
     */
    public void statusRetention(Duration retention) {
        set(settings -> settings.statusRetention(retention));
    }

    /**
     * Which account is the management account: who assigns there needs rights in IAM too.
     *
     * @param accountId the account; none by default
     */
    public void managementAccount(String accountId) {
        set(settings -> settings.managementAccount(accountId));
    }

    /**
     * Whether the instance is administered from a member account, which may assign nothing in the management account.
     *
     * @param delegated whether; not so by default
     */
    public void delegatedAdministrator(boolean delegated) {
        set(settings -> settings.delegatedAdministrator(delegated));
    }

    /**
     * The key that the instance is encrypted with: each caller needs {@code kms:Decrypt} on it.
     *
     * @param kmsKeyArn the key; a key of AWS's own by default, which needs nothing
     */
    public void customerKey(String kmsKeyArn) {
        set(settings -> settings.customerKey(Objects.requireNonNull(kmsKeyArn, "kmsKeyArn")));
    }

    private void set(Consumer<CenterSettings> change) {
        change(all -> change.accept(all.settings()));
    }

    private <T> T get(Function<IdentityCenter, T> question) {
        return simulator.locked(() -> question.apply(center));
    }

    private void change(Consumer<IdentityCenter> change) {
        simulator.locked(() -> {
            change.accept(center);
            return center;
        });
    }
}
