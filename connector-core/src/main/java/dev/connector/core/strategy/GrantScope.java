package dev.connector.core.strategy;

import dev.connector.core.internal.Names;
import dev.connector.core.internal.Printable;
import dev.connector.core.internal.ValueStyle;
import java.util.Optional;
import java.util.regex.Pattern;
import org.immutables.value.Value;

/**
 * Where a strategy gives access: a grant is taken up and ended only by a strategy of exactly the same scope.
 *
 * <p>Immutable.
 */
@ValueStyle
@Value.Immutable
public abstract class GrantScope {

    private static final Pattern ACCOUNT_ID = Pattern.compile("[0-9]{12}");

    GrantScope() {}

    /**
     * An account, and nothing more.
     *
     * @param partition for instance {@code aws}
     * @param accountId 12 digits
     * @return the scope
     * @throws IllegalArgumentException if the partition is blank or the account id is not of 12 digits
     */
    public static GrantScope of(String partition, String accountId) {
        return builder(partition, accountId).build();
    }

    /**
     * Starts from an account.
     *
     * @param partition for instance {@code aws}
     * @param accountId 12 digits
     * @return a builder
     */
    public static Builder builder(String partition, String accountId) {
        Builder builder = new Builder();
        builder.partition(partition);
        builder.accountId(accountId);
        return builder;
    }

    /**
     * AWS's partition.
     *
     * @return {@code aws}, {@code aws-cn}, {@code aws-us-gov} …
     */
    public abstract String partition();

    /**
     * The account that the strategy works in.
     *
     * @return 12 digits
     */
    public abstract String accountId();

    /**
     * The IAM Identity Center instance.
     *
     * @return its ARN, or empty if the strategy has none
     */
    public abstract Optional<String> instanceArn();

    /**
     * The identity store.
     *
     * @return its id, or empty if the strategy has none
     */
    public abstract Optional<String> identityStoreId();

    /**
     * The role that the strategy works with.
     *
     * @return its ARN, or empty if the strategy was given a client instead
     */
    public abstract Optional<String> roleArn();

    @Value.Check
    void check() {
        Names.require("partition of the scope", partition());
        if (!ACCOUNT_ID.matcher(accountId()).matches()) {
            throw new IllegalArgumentException("The account id of the scope must have 12 digits, but is \""
                    + Printable.excerpt(accountId()) + "\".");
        }
        Limits.requireShortText("instance ARN of the scope", instanceArn());
        Limits.requireShortText("identity store of the scope", identityStoreId());
        Limits.requireShortText("role ARN of the scope", roleArn());
    }

    @Override
    public String toString() {
        return Printable.escape("GrantScope{partition=" + partition() + ", accountId=" + accountId()
                + instanceArn().map(arn -> ", instanceArn=" + arn).orElse("")
                + identityStoreId().map(id -> ", identityStoreId=" + id).orElse("")
                + roleArn().map(arn -> ", roleArn=" + arn).orElse("")
                + "}");
    }

    /** Collects the parts; not thread-safe. */
    public static final class Builder extends ImmutableGrantScope.Builder {
        Builder() {}
    }
}
