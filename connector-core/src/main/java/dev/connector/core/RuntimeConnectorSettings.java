package dev.connector.core;

import dev.connector.core.internal.AwsRegions;
import dev.connector.core.internal.Names;
import dev.connector.core.internal.Printable;
import dev.connector.core.internal.StsRules;
import dev.connector.core.internal.ValueStyle;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.immutables.value.Value;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;

/**
 * What the Terraform module of the runtime connector hands over: which role to assume, with which External ID, and where.
 *
 * <p>The module's map has the keys {@value #CLOUD}, {@value #REGION}, {@value #ROLE_ARN}, {@value #EXTERNAL_ID} and {@value #ACCOUNT_ID}. It does
 * not name the environment: set that here, as the key {@value #ENVIRONMENT}, or on the connector's builder. Further keys are ignored, since a
 * later version of the module may hand over more; a required key that is missing is reported together with those that were not known, so a
 * misspelt one is found.
 *
 * <p>Immutable. The External ID is not printed.
 */
@ValueStyle.WithoutBuilder
@Value.Immutable
public abstract class RuntimeConnectorSettings {

    static final String CLOUD = "cloud";
    static final String REGION = "region";
    static final String ROLE_ARN = "role_arn";
    static final String EXTERNAL_ID = "external_id";
    static final String ACCOUNT_ID = "account_id";
    static final String ENVIRONMENT = "environment";

    RuntimeConnectorSettings() {}

    /**
     * Starts from nothing.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads the map that the Terraform module hands over.
     *
     * @param settings the map
     * @return the settings
     * @throws InvalidSettingsException if any of them is wrong; it names every one that is
     */
    public static RuntimeConnectorSettings fromMap(Map<String, String> settings) {
        return builder().settings(settings).build();
    }

    /**
     * Reads the map out of what {@code terraform output -json} prints: the {@code value} of one output. An output that is marked as sensitive
     * is read like any other.
     *
     * @param json all that the command printed
     * @param outputName the output's name
     * @return the settings
     * @throws InvalidSettingsException if it is not strict JSON (a key twice, text behind its end), is larger than 1 MiB or nested more than 32
     *     levels deep, has no such output, or any setting is wrong; no External ID and no value of another output is repeated
     */
    public static RuntimeConnectorSettings fromTerraformOutput(String json, String outputName) {
        return fromMap(TerraformOutput.read(json, outputName));
    }

    /**
     * The role that the connector assumes first.
     *
     * @return its ARN, of the Region's partition
     */
    @Value.Parameter
    public abstract RoleArn roleArn();

    /**
     * What the role's trust policy demands as {@code sts:ExternalId}. It is not printed.
     *
     * @return 2 to 1,224 characters
     */
    @Value.Parameter
    @Value.Redacted
    public abstract String externalId();

    /**
     * The Region whose endpoints are used.
     *
     * @return one Region, never a global pseudo-Region
     */
    @Value.Parameter
    public abstract Region region();

    /**
     * The account of the role, if it was given. It is the one that the role's ARN names.
     *
     * @return 12 digits, or empty if it was not given
     */
    @Value.Parameter
    public abstract Optional<String> accountId();

    /**
     * The environment that the roles were made for, for instance {@code main}.
     *
     * @return its name, without control, format or line characters; empty if it was not given, and the connector's builder then needs it
     */
    @Value.Parameter
    public abstract Optional<String> environment();

    /** Collects settings, right or wrong; not thread-safe. Whatever is set again replaces what was set before. */
    public static final class Builder {

        private @Nullable String cloud;
        private @Nullable String roleArn;
        private @Nullable String externalId;
        private @Nullable String region;
        private @Nullable String accountId;
        private @Nullable String environment;
        private final Set<String> unknownKeys = new TreeSet<>();

        Builder() {}

        /**
         * Takes over those settings that a map has, under the Terraform module's names. Further keys are ignored.
         *
         * @param settings the map
         * @return this
         */
        public Builder settings(Map<String, String> settings) {
            settings.forEach((key, value) -> {
                switch (key) {
                    case CLOUD -> cloud = value;
                    case ROLE_ARN -> roleArn = value;
                    case EXTERNAL_ID -> externalId = value;
                    case REGION -> region = value;
                    case ACCOUNT_ID -> accountId = value;
                    case ENVIRONMENT -> environment = value;
                    default -> unknownKeys.add(key);
                }
            });
            return this;
        }

        Builder settings(RuntimeConnectorSettings settings) {
            roleArn = settings.roleArn().toString();
            externalId = settings.externalId();
            region = settings.region().id();
            accountId = settings.accountId().orElse(null);
            environment = settings.environment().orElse(environment);
            return this;
        }

        /**
         * The role to assume; required.
         *
         * @param value its ARN
         * @return this
         */
        public Builder roleArn(String value) {
            this.roleArn = Objects.requireNonNull(value, "roleArn");
            return this;
        }

        /**
         * What the role's trust policy demands as {@code sts:ExternalId}; required.
         *
         * @param value 2 to 1,224 letters, digits and characters of {@code _+=,.@:/-}
         * @return this
         */
        public Builder externalId(String value) {
            this.externalId = Objects.requireNonNull(value, "externalId");
            return this;
        }

        /**
         * The Region whose endpoints are used; required.
         *
         * @param value a Region of the role's partition
         * @return this
         */
        public Builder region(Region value) {
            this.region = value.id();
            return this;
        }

        /**
         * The account that the role must belong to; by default whichever its ARN names.
         *
         * @param value 12 digits
         * @return this
         */
        public Builder accountId(String value) {
            this.accountId = Objects.requireNonNull(value, "accountId");
            return this;
        }

        /**
         * The environment that the roles were made for; not in the module's map.
         *
         * @param value a name in Unicode's normal form C, of at most 1,024 characters, without control, format or line characters
         * @return this
         */
        public Builder environment(String value) {
            this.environment = Objects.requireNonNull(value, "environment");
            return this;
        }

        /**
         * Checks the settings and makes the value.
         *
         * @return the settings
         * @throws InvalidSettingsException if any of them is wrong; it names every one that is
         */
        public RuntimeConnectorSettings build() {
            SettingsProblems problems = new SettingsProblems();
            RuntimeConnectorSettings settings = build(problems);
            problems.throwIfAny("read the settings of the runtime connector");
            return Objects.requireNonNull(settings);
        }

        /** The settings, or {@code null} if one that every value needs is wrong. */
        @Nullable
        RuntimeConnectorSettings build(SettingsProblems problems) {
            problems.require(
                    cloud == null || cloud.equals("aws"),
                    CLOUD,
                    "must be 'aws' where it is given, but is '" + excerpt(cloud) + "'.");
            checkEnvironment(problems);
            if (roleArn == null) {
                problems.add(ROLE_ARN, missing());
            }
            RoleArn role = role(problems).orElse(null);
            Region where = region(problems);
            checkExternalId(problems);
            if (role != null) {
                problems.require(
                        accountId == null || accountId.equals(role.accountId()),
                        ACCOUNT_ID,
                        "must be the account of the role, " + role.accountId() + ", but is '" + excerpt(accountId)
                                + "'.");
            }
            if (role == null || where == null || externalId == null) {
                return null;
            }
            String partition = AwsRegions.partition(where);
            problems.require(
                    role.partition().equals(partition),
                    ROLE_ARN,
                    "must be of the partition of the Region " + where + ", '" + partition + "', but is '" + role
                            + "'.");
            return ImmutableRuntimeConnectorSettings.of(
                    role, externalId, where, Optional.ofNullable(accountId), Optional.ofNullable(environment));
        }

        boolean hasEnvironment() {
            return environment != null;
        }

        /** The role, if it can be read: other settings may be wrong. */
        Optional<RoleArn> role() {
            return role(new SettingsProblems());
        }

        private Optional<RoleArn> role(SettingsProblems problems) {
            try {
                return Optional.ofNullable(roleArn).map(RoleArn::parse);
            } catch (IllegalArgumentException wrong) {
                problems.add(ROLE_ARN, String.valueOf(wrong.getMessage()));
                return Optional.empty();
            }
        }

        private @Nullable Region region(SettingsProblems problems) {
            if (region == null) {
                problems.add(REGION, missing());
                return null;
            }
            if (!AwsRegions.isRegion(region)) {
                problems.add(
                        REGION, "must be a Region of AWS, for instance 'eu-west-1', but is '" + excerpt(region) + "'.");
                return null;
            }
            return Region.of(region);
        }

        private void checkEnvironment(SettingsProblems problems) {
            Optional.ofNullable(environment)
                    .flatMap(Names::problem)
                    .ifPresent(rule -> problems.add(ENVIRONMENT, rule + "."));
        }

        private void checkExternalId(SettingsProblems problems) {
            if (externalId == null) {
                problems.add(EXTERNAL_ID, missing());
            } else {
                problems.require(StsRules.isExternalId(externalId), EXTERNAL_ID, StsRules.EXTERNAL_ID_RULE);
            }
        }

        private static String excerpt(@Nullable String value) {
            return Printable.excerpt(String.valueOf(value));
        }

        private String missing() {
            return unknownKeys.isEmpty()
                    ? "is missing."
                    : "is missing. Not known are " + Printable.excerpts(unknownKeys) + ".";
        }
    }
}
