package dev.connector.core;

import dev.connector.core.RoleAssumptionException.Reason;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * The service's own credentials, at the head of the chain.
 *
 * <p>Thread-safe.
 */
final class ServiceCredentials {

    private final @Nullable AwsCredentialsProvider source;
    private final @Nullable String expected;
    private volatile boolean recognised;

    /**
     * Makes the object.
     *
     * @param source where they come from, or {@code null} to let the STS client sign with its own
     * @param expected a pattern of the caller's ARN, or {@code null} to take anybody's
     */
    ServiceCredentials(@Nullable AwsCredentialsProvider source, @Nullable String expected) {
        this.source = source;
        this.expected = expected;
    }

    RoleAssumer.Caller caller(RoleAssumer assumer, StsFailures failures) {
        return new RoleAssumer.Caller() {
            @Override
            public Optional<AwsCredentials> credentials() {
                Optional<AwsCredentials> credentials = resolve(failures);
                recognise(credentials, assumer, failures);
                return credentials;
            }

            @Override
            public void expired() {
                // Their source decides when to renew them; the next look may find new ones.
            }
        };
    }

    private Optional<AwsCredentials> resolve(StsFailures failures) {
        if (source == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(source.resolveCredentials());
        } catch (RuntimeException thrown) {
            throw failures.noSourceCredentials(thrown);
        }
    }

    /** Once is enough to notice that the service has fallen back to another source; a failed look is not remembered. */
    private void recognise(Optional<AwsCredentials> credentials, RoleAssumer assumer, StsFailures failures) {
        if (expected == null || recognised) {
            return;
        }
        String caller = assumer.callerIdentity(credentials, failures);
        if (!matches(expected, caller)) {
            throw failures.because(
                    Reason.UNEXPECTED_SOURCE,
                    "the service's own credentials are those of " + caller + ", but " + expected + " was expected");
        }
        recognised = true;
    }

    private static boolean matches(String pattern, String arn) {
        String regex = Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return arn.matches(regex);
    }
}
