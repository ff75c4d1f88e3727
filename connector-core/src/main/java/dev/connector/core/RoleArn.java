package dev.connector.core;

import dev.connector.core.internal.Printable;
import dev.connector.core.internal.ValueStyle;
import java.util.regex.Pattern;
import org.immutables.value.Value;

/**
 * The ARN of one IAM role, taken apart once and checked, so that nothing later has to trust a string.
 *
 * <p>Immutable; compared by value, in which letter case counts, as it does for AWS.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html">IAM identifiers</a>
 */
@ValueStyle.WithoutBuilder
@Value.Immutable
public abstract class RoleArn {

    private static final Pattern PARTITION = Pattern.compile("aws(-[a-z]+)*");
    private static final Pattern ACCOUNT_ID = Pattern.compile("[0-9]{12}");
    private static final Pattern PATH = Pattern.compile("/([!-~&&[^/]][!-~]{0,509}/)?");
    private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]{1,64}");
    private static final String ROLE = "role/";

    RoleArn() {}

    /**
     * Reads an ARN, for instance {@code arn:aws:iam::111122223333:role/sym/SymRuntimeMain}.
     *
     * @param arn six fields: {@code arn}, a partition, {@code iam}, no Region, an account of 12 digits, and {@code role/}, path and name; no
     *     wildcard
     * @return the ARN
     * @throws IllegalArgumentException if it is anything else; the message names the part that is wrong
     */
    public static RoleArn parse(String arn) {
        String[] fields = arn.split(":", -1);
        require(
                fields.length == 6,
                arn,
                "it must have six fields with colons between them, but has " + fields.length + ".");
        require(fields[0].equals("arn"), arn, "it must begin with 'arn:'.");
        require(
                PARTITION.matcher(fields[1]).matches(),
                arn,
                "its partition must be 'aws' or one that begins with 'aws-', but is '" + Printable.excerpt(fields[1])
                        + "'.");
        require(
                fields[2].equals("iam"),
                arn,
                "its service must be 'iam', but is '" + Printable.excerpt(fields[2]) + "'.");
        require(
                fields[3].isEmpty(),
                arn,
                "its Region must be empty, as IAM has none, but is '" + Printable.excerpt(fields[3]) + "'.");
        require(
                isAccountId(fields[4]),
                arn,
                "its account must have 12 digits, but is '" + Printable.excerpt(fields[4]) + "'.");
        require(
                fields[5].startsWith(ROLE),
                arn,
                "its resource must begin with 'role/', but is '" + Printable.excerpt(fields[5])
                        + "'. The ARN of a session" + " ('assumed-role/…') cannot be assumed; its role can.");
        require(
                fields[5].indexOf('*') < 0 && fields[5].indexOf('?') < 0,
                arn,
                "it must name one role, without a wildcard.");

        int afterPath = fields[5].lastIndexOf('/') + 1;
        String path = fields[5].substring(ROLE.length() - 1, afterPath);
        String name = fields[5].substring(afterPath);
        require(
                PATH.matcher(path).matches(),
                arn,
                "its path must begin and end with '/', and have at most 512 visible ASCII characters, but is '"
                        + Printable.excerpt(path) + "'.");
        require(
                NAME.matcher(name).matches(),
                arn,
                "its role's name must have 1 to 64 letters, digits and characters of '+=,.@_-', but is '"
                        + Printable.excerpt(name) + "'.");
        return ImmutableRoleArn.of(fields[1], fields[4], path, name);
    }

    static boolean isAccountId(String text) {
        return ACCOUNT_ID.matcher(text).matches();
    }

    private static void require(boolean rule, String arn, String otherwise) {
        if (!rule) {
            throw new IllegalArgumentException(
                    "'" + Printable.excerpt(arn) + "' is not the ARN of an IAM role: " + otherwise);
        }
    }

    /**
     * The partition.
     *
     * @return for instance {@code aws} or {@code aws-us-gov}
     */
    @Value.Parameter
    public abstract String partition();

    /**
     * The account that owns the role.
     *
     * @return 12 digits
     */
    @Value.Parameter
    public abstract String accountId();

    /**
     * The role's path.
     *
     * @return for instance {@code /sym/}; {@code /} for a role without one
     */
    @Value.Parameter
    public abstract String path();

    /**
     * The role's name, without its path.
     *
     * @return for instance {@code SymRuntimeMain}
     */
    @Value.Parameter
    public abstract String name();

    /**
     * The ARN as AWS writes it.
     *
     * @return what {@link #parse(String)} has read
     */
    @Override
    public final String toString() {
        return "arn:" + partition() + ":iam::" + accountId() + ":role" + path() + name();
    }
}
