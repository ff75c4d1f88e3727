package dev.connector.strategies.sso;

import java.util.Locale;

/**
 * One account assignment of a user; AWS has no id for it.
 *
 * @param principalId the user's id in the Identity Store, kept in lower case: AWS takes both cases for the same user
 * @param permissionSetArn the permission set; AWS tells letter cases apart
 * @param accountId the account, twelve digits
 */
record AssignmentKey(String principalId, String permissionSetArn, String accountId) {

    AssignmentKey {
        principalId = principalId.toLowerCase(Locale.ROOT);
    }
}
