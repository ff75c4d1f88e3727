package dev.connector.testing;

import dev.connector.testing.internal.auth.Policy;
import dev.connector.testing.internal.identity.Credential;
import dev.connector.testing.internal.identity.Credentials;
import dev.connector.testing.internal.identity.Identity;
import dev.connector.testing.internal.identity.Ids;
import dev.connector.testing.internal.server.Authorizer;
import dev.connector.testing.internal.server.CommonErrors;
import dev.connector.testing.internal.server.ErrorCode;
import dev.connector.testing.internal.server.Operation;
import dev.connector.testing.internal.server.Service;
import dev.connector.testing.internal.server.ServiceDefinition;
import dev.connector.testing.internal.server.SimulatedHttpClient;
import dev.connector.testing.internal.server.Simulator;
import dev.connector.testing.internal.time.VirtualTime;
import dev.connector.testing.internal.wire.Protocol;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;

/** A simulator of one service whose table is the test's own. */
final class TestServices {

    private final Simulator simulator;
    private final AwsCredentialsProvider credentials;

    TestServices(String name, String unsignedMark, Protocol protocol, Operation<?>... operations) {
        Ids ids = new Ids(1);
        Credentials keys = new Credentials(ids);
        Authorizer authorizer = new Authorizer(identity -> List.of(Policy.ofIdentity(Samples.allow("*", "*"))));
        Service service = new Service(protocol, errors(), List.of(operations));
        simulator = new Simulator(
                List.of(new ServiceDefinition(name, unsignedMark, Set.of(), () -> service)),
                new VirtualTime(Instant.parse("2026-01-01T00:00:00Z"), new SplittableRandom(1)),
                keys,
                authorizer,
                ids,
                new SplittableRandom(1));
        Credential key = keys.issue(Identity.ofUser("arn:aws:iam::111122223333:user/ada", "111122223333", "AIDAX"));
        credentials =
                StaticCredentialsProvider.create(AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
    }

    Simulator simulator() {
        return simulator;
    }

    <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configure(B builder) {
        return builder.httpClient(new SimulatedHttpClient(simulator))
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials)
                .overrideConfiguration(config -> config.retryStrategy(AwsRetryStrategy.doNotRetry()));
    }

    static ErrorCode error(String code, int status) {
        return new ErrorCode() {
            @Override
            public String code() {
                return code;
            }

            @Override
            public int status() {
                return status;
            }
        };
    }

    private static CommonErrors errors() {
        return new CommonErrors(
                error("AccessDeniedException", 400),
                error("MissingAuthenticationTokenException", 400),
                error("UnrecognizedClientException", 400),
                error("ExpiredTokenException", 400),
                error("ThrottlingException", 400),
                error("InternalServerException", 500),
                error("SerializationException", 400));
    }
}
