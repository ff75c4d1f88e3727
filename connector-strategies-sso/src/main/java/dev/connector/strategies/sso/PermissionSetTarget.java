package dev.connector.strategies.sso;

import dev.connector.core.internal.ValueStyle;
import dev.connector.core.strategy.AccessTarget;
import dev.connector.core.strategy.Srn;
import dev.connector.core.strategy.TargetSnapshot;
import dev.connector.core.strategy.TargetType;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.immutables.value.Value;

/**
 * One permission set of IAM Identity Center in one account.
 *
 * <p>Immutable. ARNs are compared to the letter, as AWS does.
 *
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreateAccountAssignment.html">CreateAccountAssignment</a>
 */
@ValueStyle
@Value.Immutable
public abstract class PermissionSetTarget implements AccessTarget {

    /** The type of these targets: {@code aws_sso_permission_set}. Its settings are {@code permission_set_arn} and {@code account_id}. */
    public static final TargetType<PermissionSetTarget> TYPE =
            TargetType.of("aws_sso_permission_set", PermissionSetTarget.class, PermissionSetTarget::fromSnapshot);

    private static final String PERMISSION_SET = "permission_set_arn";
    private static final String ACCOUNT = "account_id";

    /** As AWS's service model states it. */
    private static final Pattern PERMISSION_SET_ARN =
            Pattern.compile("arn:aws(-[a-z]+)*:sso:::permissionSet/(sso)?ins-[a-zA-Z0-9-.]{16}/ps-[a-zA-Z0-9-./]{16}");

    private static final Pattern ACCOUNT_ID = Pattern.compile("[0-9]{12}");

    PermissionSetTarget() {}

    /**
     * A permission set in an account.
     *
     * @param permissionSetArn the permission set's ARN
     * @param accountId the account, 12 digits
     * @return the target
     * @throws IllegalArgumentException if one of them cannot be that
     */
    public static PermissionSetTarget of(String permissionSetArn, String accountId) {
        return builder(permissionSetArn, accountId).build();
    }

    /**
     * Starts from the permission set and the account.
     *
     * @param permissionSetArn the permission set's ARN
     * @param accountId the account, 12 digits
     * @return a builder
     */
    public static Builder builder(String permissionSetArn, String accountId) {
        Builder builder = new Builder();
        builder.permissionSetArn(permissionSetArn).accountId(accountId);
        return builder;
    }

    private static PermissionSetTarget fromSnapshot(TargetSnapshot snapshot) {
        return builder(snapshot.requireSetting(PERMISSION_SET), snapshot.requireSetting(ACCOUNT))
                .name(snapshot.name())
                .label(snapshot.label())
                .srn(snapshot.srn())
                .build();
    }

    /**
     * The permission set.
     *
     * @return its ARN, without Region and account
     */
    public abstract String permissionSetArn();

    /**
     * The account that it gives access to.
     *
     * @return 12 digits
     */
    public abstract String accountId();

    @Override
    public String type() {
        return TYPE.name();
    }

    /**
     * A short name, unique among the caller's targets.
     *
     * @return by default the permission set's own id and the account's, for instance {@code ps-0123456789abcdef-111122223333}
     */
    @Override
    @Value.Default
    public String name() {
        return permissionSetArn().substring(permissionSetArn().lastIndexOf("/ps-") + 1) + "-" + accountId();
    }

    @Override
    public abstract Optional<String> label();

    @Override
    public abstract Optional<Srn> srn();

    @Override
    public Map<String, String> settings() {
        return Map.of(PERMISSION_SET, permissionSetArn(), ACCOUNT, accountId());
    }

    @Value.Check
    void check() {
        if (!PERMISSION_SET_ARN.matcher(permissionSetArn()).matches()) {
            throw new IllegalArgumentException("The ARN of a permission set looks like"
                    + " arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef; this one does not, and has "
                    + permissionSetArn().length() + " characters.");
        }
        if (!ACCOUNT_ID.matcher(accountId()).matches()) {
            throw new IllegalArgumentException(
                    "An account has 12 digits; this one has " + accountId().length() + " characters.");
        }
    }

    /**
     * The permission set and the account.
     *
     * @return for instance {@code arn:aws:sso:::permissionSet/ssoins-0123456789abcdef/ps-0123456789abcdef in 111122223333}
     */
    @Override
    public String toString() {
        return permissionSetArn() + " in " + accountId();
    }

    /** Collects the parts; not thread-safe. */
    public static final class Builder extends ImmutablePermissionSetTarget.Builder {
        Builder() {}
    }
}
