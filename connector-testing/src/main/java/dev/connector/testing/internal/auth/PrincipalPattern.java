package dev.connector.testing.internal.auth;

import dev.connector.testing.internal.identity.Identity;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One principal of a trust policy.
 *
 * @param kind what it names
 * @param value the ARN or account; of no meaning where it names everybody
 */
record PrincipalPattern(Kind kind, String value) {

    private static final Pattern ACCOUNT = Pattern.compile("(?:arn:[a-z-]+:iam::)?(\\d{12})(?::root)?");
    private static final Pattern USER_OR_ROLE = Pattern.compile("arn:[a-z-]+:iam::\\d{12}:(?:user|role)/[^*?]+");
    private static final Pattern SESSION = Pattern.compile("arn:[a-z-]+:sts::\\d{12}:assumed-role/[^*?/]+/[^*?/]+");

    enum Kind {
        EVERYBODY(Trust.PRINCIPAL),
        ACCOUNT(Trust.ACCOUNT),
        USER_OR_ROLE(Trust.PRINCIPAL),
        SESSION(Trust.SESSION),
        /** A service or an identity provider, none of which ever calls here. */
        OTHER(Trust.NONE);

        private final Trust trust;

        Kind(Trust trust) {
            this.trust = trust;
        }
    }

    static PrincipalPattern aws(String text) {
        Matcher account = ACCOUNT.matcher(text);
        if (text.equals("*")) {
            return new PrincipalPattern(Kind.EVERYBODY, text);
        } else if (account.matches()) {
            return new PrincipalPattern(Kind.ACCOUNT, account.group(1));
        } else if (USER_OR_ROLE.matcher(text).matches()) {
            return new PrincipalPattern(Kind.USER_OR_ROLE, text);
        } else if (SESSION.matcher(text).matches()) {
            return new PrincipalPattern(Kind.SESSION, text);
        }
        throw new PolicySyntaxException("Invalid principal in policy: \"AWS\":\"" + text + "\"");
    }

    /** How far a caller is trusted that this names. */
    Trust trust() {
        return kind.trust;
    }

    boolean matches(Identity identity) {
        return switch (kind) {
            case EVERYBODY -> true;
            case ACCOUNT -> value.equals(identity.accountId());
            case USER_OR_ROLE -> value.equals(identity.principalArn());
            case SESSION -> value.equals(identity.arn());
            case OTHER -> false;
        };
    }
}
