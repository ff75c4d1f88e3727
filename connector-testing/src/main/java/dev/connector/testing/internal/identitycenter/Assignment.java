package dev.connector.testing.internal.identitycenter;

/**
 * What an account assignment is, since it has no id.
 *
 * @param principal the user's or group's id, in lower case
 * @param isGroup which of the two
 * @param permissionSetArn the permission set
 * @param accountId the account
 */
public record Assignment(String principal, boolean isGroup, String permissionSetArn, String accountId) {

    boolean isIn(String permissionSet, String account) {
        return permissionSetArn.equals(permissionSet) && accountId.equals(account);
    }
}
