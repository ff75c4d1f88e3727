package dev.connector.core.strategy;

import dev.connector.core.internal.Printable;
import dev.connector.core.internal.ValueStyle;
import java.util.Map;
import org.immutables.value.Value;

/**
 * What makes two grants be about the same access: type, scope, principal, and what identifies the target. The target's name and label are for people
 * and do not count.
 *
 * <p>Immutable.
 */
@ValueStyle
@Value.Immutable
public abstract class GrantKey {

    GrantKey() {}

    /**
     * The key of an access.
     *
     * @param scope where
     * @param principalId who, as the target system names them for good
     * @param target to what
     * @return the key
     */
    public static GrantKey of(GrantScope scope, String principalId, AccessTarget target) {
        return ImmutableGrantKey.builder()
                .type(target.type())
                .scope(scope)
                .principalId(principalId)
                .settings(target.settings())
                .build();
    }

    /**
     * The type of the target.
     *
     * @return for instance {@code aws_iam_group}
     */
    public abstract String type();

    /**
     * Where.
     *
     * @return the scope
     */
    public abstract GrantScope scope();

    /**
     * Who.
     *
     * @return the id by which the target system knows the principal for good
     */
    public abstract String principalId();

    /**
     * To what.
     *
     * @return the target's settings
     */
    public abstract Map<String, String> settings();

    @Override
    public String toString() {
        return Printable.escape(type() + settings() + " of " + principalId() + " in " + scope().accountId());
    }
}
