package dev.connector.strategies.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.connector.core.AwsFailure;
import dev.connector.core.ConnectorException;
import dev.connector.core.RuntimeConnector;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.Actor;
import dev.connector.core.strategy.Ending;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.Outcome;
import dev.connector.core.strategy.OutcomeUnknownException;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.StrategyException;
import dev.connector.testing.Canary;
import dev.connector.testing.Decision;
import dev.connector.testing.Fault;
import dev.connector.testing.RecordedCall;
import dev.connector.testing.SimulatedAws;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.IamException;

/**
 * No External ID, key or token shows in what the strategy prints while it gives and takes access: logs at every level, exceptions, events, grants and revocations,
 * their JSON, and the text of every value.
 */
class SecretsTest {

    private static final String EXTERNAL_ID = "narrow/role=external+id@42";
    private static final String ROLE_POLICY = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:*", "Resource": "*"}]}
            """;

    /** How many calls the verbs make when all goes well, with the reads that are allowed. */
    enum Reads {
        OF_GROUPS("iam:ListGroupsForUser", 15),
        OF_USERS("iam:GetGroup", 19);

        private final String denied;
        private final int calls;

        Reads(String denied, int calls) {
            this.denied = denied;
            this.calls = calls;
        }
    }

    private final SimulatedAws aws = SimulatedAws.create();
    private final Canary canary = aws.canary().secret("the External ID of the narrow role", EXTERNAL_ID);
    private final CapturedLog log = new CapturedLog();
    private final Told told = new Told();
    private final List<Object> printed = new ArrayList<>();
    private final RuntimeConnector connector = RuntimeConnector.builder()
            .settings(aws.runtimeConnector("main"))
            .environment("main")
            .sourceCredentials(aws.serviceCredentials())
            .httpClient(aws.httpClient())
            .clock(Account.clockOf(aws.clock()))
            .listener(told)
            .build();

    SecretsTest() {
        aws.iam().createUser(Account.USER);
        aws.iam().createGroup("/sym/", Account.GROUP);
        aws.iam().createRole("/sym/", "Narrow", """
                {"Version": "2012-10-17", "Statement": [{
                    "Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole",
                    "Condition": {"StringEquals": {"sts:ExternalId": "%s"}}}]}
                """.formatted(connector.roleArn(), EXTERNAL_ID), ROLE_POLICY);
    }

    @AfterEach
    void release() {
        connector.close();
        log.close();
        aws.close();
    }

    @ParameterizedTest
    @EnumSource(Reads.class)
    void verbs_whenAllGoesWell_printNoSecret(Reads reads) {
        allow(reads);

        runThroughTheLifeOfAGrant(strategy());

        assertNothingShows();
        assertThat(aws.calls()).hasSize(reads.calls);
        assertThat(printed).hasAtLeastOneElementOfType(Revocation.class);
        assertThat(canary.secrets())
                .contains(
                        "the external ID of a runtime role",
                        "the session token of arn:aws:sts::111122223333:assumed-role/Narrow/connector-main");
        assertThat(log.messages())
                .anyMatch(line -> line.startsWith("Opened a session."))
                .anyMatch(line -> line.startsWith("A ConnectorListener threw"));
    }

    static Stream<Arguments> faultsAtEachCall() {
        return Stream.of(Reads.values())
                .flatMap(reads -> Stream.of(Fault.values())
                        .flatMap(fault -> IntStream.rangeClosed(1, reads.calls)
                                .mapToObj(nth -> Arguments.of(reads, fault, nth))));
    }

    @ParameterizedTest
    @MethodSource("faultsAtEachCall")
    void verbs_whenACallGoesWrong_printNoSecret(Reads reads, Fault fault, int nth) {
        allow(reads);
        aws.fault(nth, fault);

        runThroughTheLifeOfAGrant(strategy());

        assertNothingShows();
        assertThat(told.all()).isNotEmpty();
    }

    /** AWS says in its answer to a wrong signature what it would have signed, and the session token stands in there. */
    @Test
    void verbs_whenAwsRepeatsTheToken_printNoSecret() {
        runThroughTheLifeOfAGrant(strategy().iamClient(repeatingTheToken()));

        assertNothingShows();
        assertThat(printed).hasAtLeastOneElementOfType(StrategyException.class);
        assertThat(told.all()).hasAtLeastOneElementOfType(AwsFailure.class);
    }

    @Test
    void verbs_whenTheExternalIdIsWrong_printNoSecret() {
        runThroughTheLifeOfAGrant(strategy().externalId("another/external+id"));

        assertNothingShows();
        assertThat(canary.secrets()).contains("the parameter ExternalId");
        assertThat(printed).hasAtLeastOneElementOfType(ConnectorException.class);
        assertThat(aws.calls()).extracting(RecordedCall::decision).contains(Decision.DENIED);
    }

    @Test
    void verbs_whenThePolicyIsTooLargeOncePacked_printNoSecret() {
        aws.packedPolicyLimit(10);

        runThroughTheLifeOfAGrant(strategy());

        assertNothingShows();
        assertThat(printed).hasAtLeastOneElementOfType(ConnectorException.class);
    }

    static Stream<String> wrongExternalIds() {
        return Stream.of(EXTERNAL_ID + "\n", EXTERNAL_ID.repeat(50), "\u202e" + EXTERNAL_ID);
    }

    @ParameterizedTest
    @MethodSource("wrongExternalIds")
    void build_whenTheExternalIdIsWrong_printsNoSecret(String wrong) {
        IamGroupStrategy.Builder withoutConnector =
                IamGroupStrategy.builder().settings(Map.of("role_arn", "arn", "external_id", wrong));

        assertThat(attempt(strategy().externalId(wrong)::build)).isEmpty();
        assertThat(attempt(withoutConnector.externalId(wrong)::build)).isEmpty();

        assertNothingShows();
    }

    /** Gives and takes access, once in peace and once over a day in which the sessions end, and lets everything print itself. */
    private void runThroughTheLifeOfAGrant(IamGroupStrategy.Builder builder) {
        try (IamGroupStrategy strategy = builder.build()) {
            AccessRequest<IamGroupTarget> request = request();
            printed.addAll(List.of(strategy, strategy.scope(), strategy.targetType(), request, request.toJson()));
            Optional<Grant> prepared = attempt(() -> strategy.prepare(request));
            Optional<Grant> granted = prepared.flatMap(grant -> attempt(() -> strategy.resume(grant)));
            aws.clock().advance(Duration.ofHours(2));
            granted.or(() -> prepared)
                    .ifPresent(grant -> attempt(() -> strategy.deescalate(
                            grant,
                            Ending.revokedBy(Actor.of("grace@example.com"), "over")
                                    .whileOpen(List.of(grant)))));
            printed.addAll(strategy.deescalateAll(prepared.stream().toList(), Ending.scheduled(), this::keep));
        }
    }

    private void keep(Outcome<Revocation> outcome) {
        printed.add(outcome);
        outcome.value().ifPresent(this::keep);
        outcome.failure().ifPresent(this::keep);
    }

    private <T> Optional<T> attempt(Supplier<T> verb) {
        try {
            T answer = verb.get();
            keep(answer);
            return Optional.of(answer);
        } catch (RuntimeException thrown) {
            keep(thrown);
            return Optional.empty();
        }
    }

    private void keep(Object answer) {
        printed.add(answer);
        if (answer instanceof Grant grant) {
            printed.addAll(List.of(grant.toJson(), grant.key(), grant.target()));
        } else if (answer instanceof Revocation revocation) {
            printed.addAll(List.of(revocation.toJson(), revocation.remaining()));
        } else if (answer instanceof OutcomeUnknownException unknown) {
            keep(unknown.pending());
        }
    }

    private void assertNothingShows() {
        canary.check("the log", log.all());
        canary.check("what the listener was told", told.all());
        canary.check("what was printed or thrown", printed);
        canary.check("the simulator's trace", List.of(aws.printCalls(), aws.calls(), aws));
    }

    private void allow(Reads reads) {
        aws.iam().putRolePolicy("Narrow", "reads", """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "%s", "Resource": "*"}]}
                """.formatted(reads.denied));
    }

    private IamGroupStrategy.Builder strategy() {
        return IamGroupStrategy.builder()
                .connector(connector)
                .roleArn("arn:aws:iam::111122223333:role/sym/Narrow")
                .externalId(EXTERNAL_ID)
                .allowedGroups(IamGroupPattern.of("/sym/", "*"));
    }

    private AccessRequest<IamGroupTarget> request() {
        return AccessRequest.builder(Requester.of(Account.USER), Account.TARGET)
                .reason("INC-42")
                .duration(Duration.ofHours(1))
                .requestedAt(aws.clock().instant())
                .build();
    }

    private static IamClient repeatingTheToken() {
        IamClient client = mock(IamClient.class);
        when(client.getUser(any(GetUserRequest.class))).thenAnswer(call -> {
            throw wrongSignature(tokenOf(call.getArgument(0)));
        });
        return client;
    }

    private static String tokenOf(GetUserRequest request) {
        AwsCredentialsProvider provider = request.overrideConfiguration()
                .flatMap(AwsRequestOverrideConfiguration::credentialsProvider)
                .orElseThrow();
        return ((AwsSessionCredentials) provider.resolveCredentials()).sessionToken();
    }

    private static Exception wrongSignature(String token) {
        return IamException.builder()
                .statusCode(403)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode("SignatureDoesNotMatch")
                        .errorMessage("The Canonical String for this request should have been\n'POST\n/\n\nhost:iam\n"
                                + "x-amz-security-token:" + token + "\n\nhost;x-amz-security-token\n0123'")
                        .build())
                .build();
    }
}
