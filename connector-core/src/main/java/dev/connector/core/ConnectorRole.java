package dev.connector.core;

import dev.connector.core.internal.StsRules;
import dev.connector.core.internal.ValueStyle;
import java.time.Duration;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * A narrow role that the runtime role assumes for one kind of work, and how its session is to be.
 *
 * <p>By default the session lasts an hour, the most that AWS gives to a role that was assumed from a role; it has no session policy, so that
 * the role's own policy bounds it; and no External ID is sent, since such a role trusts the runtime role by name.
 *
 * <p>Immutable. Two equal values share one session.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AWS STS: AssumeRole</a>
 */
@ValueStyle
@Value.Immutable
public abstract class ConnectorRole {

    /** The most characters that AWS takes for a session policy; a policy of fewer may still be too large once AWS has packed it. */
    public static final int MAX_SESSION_POLICY_LENGTH = 2_048;

    ConnectorRole() {}

    /**
     * A role with the defaults.
     *
     * @param roleArn its ARN
     * @return the role
     * @throws IllegalArgumentException if it is not the ARN of a role
     */
    public static ConnectorRole of(String roleArn) {
        return builder(roleArn).build();
    }

    /**
     * Starts from the defaults.
     *
     * @param roleArn the role's ARN
     * @return a builder
     * @throws IllegalArgumentException if it is not the ARN of a role
     */
    public static Builder builder(String roleArn) {
        Builder builder = new Builder();
        builder.roleArn(RoleArn.parse(roleArn));
        return builder;
    }

    /**
     * The role.
     *
     * @return its ARN
     */
    public abstract RoleArn roleArn();

    /**
     * What the role's trust policy demands as {@code sts:ExternalId}. It is not printed.
     *
     * @return 2 to 1,224 characters; empty if none is sent
     */
    @Value.Redacted
    public abstract Optional<String> externalId();

    /**
     * What the session may do at most, on top of the role's own policy: it can only take away.
     *
     * @return a policy of at most {@value #MAX_SESSION_POLICY_LENGTH} characters as {@linkplain PolicyDocument#toJson() JSON}; empty if only
     *     the role's own policy counts
     */
    public abstract Optional<PolicyDocument> sessionPolicy();

    /**
     * The name that the account's trail shows for the session.
     *
     * @return 2 to 64 characters; empty for the connector's own name
     */
    public abstract Optional<String> sessionName();

    /**
     * How long AWS lets the session live.
     *
     * @return 15 minutes to an hour, default an hour, in whole seconds
     */
    @Value.Default
    public Duration sessionDuration() {
        return StsRules.MAX_CHAINED_SESSION;
    }

    @Value.Check
    void check() {
        if (!externalId().map(StsRules::isExternalId).orElse(true)) {
            throw new IllegalArgumentException("externalId of " + roleArn() + " " + StsRules.EXTERNAL_ID_RULE);
        }
        if (!sessionName().map(StsRules::isSessionName).orElse(true)) {
            throw new IllegalArgumentException("sessionName of " + roleArn() + " " + StsRules.SESSION_NAME_RULE);
        }
        if (!StsRules.isDuration(sessionDuration(), StsRules.MAX_CHAINED_SESSION)) {
            throw new IllegalArgumentException(
                    "sessionDuration of " + roleArn() + " must be 15 minutes to 1 hour in whole"
                            + " seconds, as AWS ends a session that was opened from another after an hour, but is "
                            + sessionDuration() + ".");
        }
        sessionPolicy().map(PolicyDocument::toJson).ifPresent(this::checkPolicy);
    }

    private void checkPolicy(String json) {
        if (json.length() > MAX_SESSION_POLICY_LENGTH) {
            throw new IllegalArgumentException("sessionPolicy of " + roleArn() + " must have at most "
                    + MAX_SESSION_POLICY_LENGTH + " characters, but has " + json.length() + ".");
        }
        if (!StsRules.isPolicyText(json)) {
            throw new IllegalArgumentException("sessionPolicy of " + roleArn()
                    + " must have no characters beyond Latin-1, and no control characters.");
        }
    }

    /**
     * A builder that holds all of this role.
     *
     * @return a builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.from(this);
        return builder;
    }

    /** Collects the parts of a role; not thread-safe. What is wrong is told by {@code build()}, as an {@link IllegalArgumentException}. */
    public static final class Builder extends ImmutableConnectorRole.Builder {
        Builder() {}
    }
}
