package dev.connector.strategies.sso;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Permission sets in accounts, as allow-lists name them.
 *
 * <p>In both parts {@code *} stands for any characters and {@code ?} for any one, as in policies. Letter case counts.
 *
 * <p>Immutable.
 */
public final class PermissionSetPattern {

    private static final Pattern ARN_PATTERN =
            Pattern.compile("arn:aws(-[a-z]+)*:sso:::permissionSet/[a-zA-Z0-9-./*?]+|\\*");
    private static final Pattern ACCOUNT_PATTERN = Pattern.compile("[0-9*?]{1,12}");

    private final String permissionSetArn;
    private final String accountId;
    private final Pattern sets;
    private final Pattern accounts;

    private PermissionSetPattern(String permissionSetArn, String accountId) {
        this.permissionSetArn = permissionSetArn;
        this.accountId = accountId;
        this.sets = regex(permissionSetArn);
        this.accounts = regex(accountId);
    }

    /**
     * Permission sets in accounts.
     *
     * @param permissionSetArn an ARN, or a pattern of ARNs
     * @param accountId twelve digits, or a pattern of them
     * @return the pattern
     * @throws IllegalArgumentException if nothing can match it
     */
    public static PermissionSetPattern of(String permissionSetArn, String accountId) {
        if (!ARN_PATTERN.matcher(permissionSetArn).matches()) {
            throw new IllegalArgumentException("A pattern of permission sets is an ARN such as"
                    + " arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef, maybe with * and ?; this one"
                    + " is none, and has " + permissionSetArn.length() + " characters.");
        }
        if (!ACCOUNT_PATTERN.matcher(accountId).matches()) {
            throw new IllegalArgumentException("A pattern of accounts is twelve digits, maybe with * and ?; this one is"
                    + " none, and has " + accountId.length() + " characters.");
        }
        return new PermissionSetPattern(permissionSetArn, accountId);
    }

    private static Pattern regex(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            String c = pattern.substring(i, i + 1);
            regex.append(c.equals("*") ? ".*" : c.equals("?") ? "." : Pattern.quote(c));
        }
        return Pattern.compile(regex.toString());
    }

    /**
     * Which permission sets.
     *
     * @return the pattern of ARNs
     */
    public String permissionSetArn() {
        return permissionSetArn;
    }

    /**
     * Which accounts.
     *
     * @return the pattern of account ids
     */
    public String accountId() {
        return accountId;
    }

    /**
     * Whether a permission set in an account is one of these.
     *
     * @param target the permission set in the account
     * @return whether both parts match
     */
    public boolean matches(PermissionSetTarget target) {
        return sets.matcher(target.permissionSetArn()).matches() && matchesAccount(target.accountId());
    }

    boolean matchesAccount(String account) {
        return accounts.matcher(account).matches();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PermissionSetPattern pattern
                && permissionSetArn.equals(pattern.permissionSetArn)
                && accountId.equals(pattern.accountId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(permissionSetArn, accountId);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s in %s", permissionSetArn, accountId);
    }
}
