package dev.connector.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.core.PolicyDocument.Statement;
import dev.connector.core.strategy.StrategySession;
import dev.connector.testing.Canary;
import dev.connector.testing.Decision;
import dev.connector.testing.Fault;
import dev.connector.testing.RecordedCall;
import dev.connector.testing.SimulatedAws;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * No External ID, key or token shows in what the library prints about its sessions: logs at every level, exceptions, events, and the text of every value. The
 * External IDs have characters that look different when they are encoded.
 */
class SecretsTest {

    private static final String RUNTIME_EXTERNAL_ID = "runtime/role=external+id@17";
    private static final String NARROW_EXTERNAL_ID = "narrow/role=external+id@42";
    private static final int CALLS = 10;

    private final SimulatedAws aws = SimulatedAws.create();
    private final String service = role("/", "Service", "arn:aws:iam::111122223333:root", Optional.empty());
    private final String runtime = role("/sym/", "Runtime", service, Optional.of(RUNTIME_EXTERNAL_ID));
    private final ConnectorRole narrow = ConnectorRole.builder(
                    role("/sym/", "Narrow", runtime, Optional.of(NARROW_EXTERNAL_ID)))
            .externalId(NARROW_EXTERNAL_ID)
            .sessionPolicy(PolicyDocument.of(Statement.allow(List.of("iam:GetUser"), List.of("*"))))
            .build();
    private final Canary canary = aws.canary()
            .secret("the External ID of the runtime role", RUNTIME_EXTERNAL_ID)
            .secret("the External ID of the narrow role", NARROW_EXTERNAL_ID);
    private final CapturedLog log = new CapturedLog();
    private final Told told = new Told();
    private final List<Object> printed = new ArrayList<>();

    @AfterEach
    void release() {
        log.close();
        aws.close();
    }

    @Test
    void sessions_whenAllGoesWell_printNoSecret() {
        runThroughTheLifeOfSessions(connector(client(Optional.empty())));

        assertNothingShows();
        assertThat(aws.calls())
                .hasSize(CALLS)
                .extracting(RecordedCall::decision)
                .containsOnly(Decision.ALLOWED);
        assertThat(canary.secrets())
                .contains("the session token of arn:aws:sts::111122223333:assumed-role/Narrow/connector-main");
        assertThat(log.messages())
                .anyMatch(line -> line.startsWith("Opened a session."))
                .anyMatch(line -> line.startsWith("A ConnectorListener threw"));
        assertThat(told.all()).hasAtLeastOneElementOfType(ConnectorListener.Refresh.class);
    }

    static Stream<Arguments> faultsAtEachCall() {
        return Stream.of(Fault.values())
                .flatMap(fault -> IntStream.rangeClosed(1, CALLS).mapToObj(nth -> Arguments.of(fault, nth)));
    }

    @ParameterizedTest
    @MethodSource("faultsAtEachCall")
    void sessions_whenACallGoesWrong_printNoSecret(Fault fault, int nth) {
        aws.fault(nth, fault);

        runThroughTheLifeOfSessions(connector(client(Optional.empty())));

        assertNothingShows();
        assertThat(aws.calls()).anySatisfy(call -> assertThat(call.fault()).contains(fault));
    }

    static Stream<Arguments> answersToEachRole() {
        return Stream.of(Repeating.values())
                .flatMap(answer -> Stream.of("Runtime", "Narrow").map(role -> Arguments.of(answer, role)));
    }

    /** AWS's words, the exception of the SDK that carries them, what an interceptor says: none of it is the library's own, all of it goes through its hands. */
    @ParameterizedTest
    @MethodSource("answersToEachRole")
    void sessions_whenTheAnswerRepeatsTheRequest_printNoSecret(Repeating answer, String role) {
        runThroughTheLifeOfSessions(connector(client(Optional.of(answer.to(role)))));

        assertNothingShows();
        assertThat(told.all()).hasAtLeastOneElementOfType(AwsFailure.class);
        assertThat(printed).hasAtLeastOneElementOfType(RoleAssumptionException.class);
    }

    @ParameterizedTest
    @EnumSource(Repeating.class)
    void expectedSource_whenTheAnswerRepeatsTheRequest_printsNoSecret(Repeating answer) {
        runThroughTheLifeOfSessions(connector(client(Optional.of(answer)))
                .expectedSource("arn:aws:sts::111122223333:assumed-role/Service/*"));

        assertNothingShows();
        assertThat(printed).hasAtLeastOneElementOfType(RoleAssumptionException.class);
    }

    @Test
    void sessions_whenTheExternalIdIsWrong_printNoSecret() {
        runThroughTheLifeOfSessions(connector(client(Optional.empty())).externalId("another/external+id"));

        assertNothingShows();
        assertThat(canary.secrets()).contains("the parameter ExternalId");
        assertThat(printed).hasAtLeastOneElementOfType(RoleAssumptionException.class);
    }

    @Test
    void sessions_whenThePolicyIsTooLargeOncePacked_printNoSecret() {
        aws.packedPolicyLimit(10);

        runThroughTheLifeOfSessions(connector(client(Optional.empty())));

        assertNothingShows();
        assertThat(printed).hasAtLeastOneElementOfType(RoleAssumptionException.class);
    }

    static Stream<String> wrongExternalIds() {
        return Stream.of(
                RUNTIME_EXTERNAL_ID + "\n",
                " " + RUNTIME_EXTERNAL_ID,
                RUNTIME_EXTERNAL_ID.repeat(50),
                "\u202e" + RUNTIME_EXTERNAL_ID,
                "{\"external_id\": \"" + RUNTIME_EXTERNAL_ID + "\"}");
    }

    /** Whoever mends a setting knows its value; whoever reads the log need not. */
    @ParameterizedTest
    @MethodSource("wrongExternalIds")
    void settings_whenTheExternalIdIsWrong_areRefusedWithoutIt(String wrong) {
        Map<String, String> settings = new HashMap<>(settings());
        settings.put("external_id", wrong);
        settings.put("region", "nowhere");
        String terraform = "{\"runtime\": {\"value\": {\"external_id\": \"" + wrong + "\", \"role_arn\": [1]}}}";

        attempt(() -> RuntimeConnectorSettings.fromMap(settings));
        attempt(() -> RuntimeConnector.builder().settings(settings).build());
        attempt(() -> RuntimeConnectorSettings.fromTerraformOutput(terraform, "runtime"));
        attempt(() -> narrow.toBuilder().externalId(wrong).build());

        assertThat(printed).hasSize(4);
        assertNothingShows();
    }

    /** Opens both sessions, uses the narrow one, replaces it in time and after its end, and lets everything print itself. */
    private void runThroughTheLifeOfSessions(RuntimeConnector.Builder builder) {
        try (RuntimeConnector connector = builder.build()) {
            RoleSession session = connector.session(narrow);
            StsClient client = session.configure(StsClient.builder()).build();
            printed.addAll(List.of(
                    connector,
                    connector.credentialsProvider(),
                    connector.listener(),
                    narrow,
                    session,
                    session.credentialsProvider(),
                    StrategySession.clientsOwn(),
                    RuntimeConnectorSettings.fromMap(settings())));
            attempt(client::getCallerIdentity);
            attempt(session::refresh);
            aws.clock().advance(Duration.ofMinutes(57));
            attempt(client::getCallerIdentity);
            aws.clock().advance(Duration.ofHours(2));
            attempt(session.credentialsProvider()::resolveCredentials);
            session.evict();
            attempt(session::refresh);
        }
    }

    private void attempt(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException thrown) {
            printed.add(thrown);
        }
    }

    private void assertNothingShows() {
        canary.check("the log", log.all());
        canary.check("what the listener was told", told.all());
        canary.check("what was printed or thrown", printed);
        canary.check("the simulator's trace", List.of(aws.printCalls(), aws.calls(), aws));
    }

    private RuntimeConnector.Builder connector(StsClient sts) {
        return RuntimeConnector.builder()
                .settings(settings())
                .environment("main")
                .sourceCredentials(aws.credentialsOf(service))
                .stsClient(sts)
                .httpClient(aws.httpClient())
                .clock(ConnectorClock.of(aws.clock(), aws.clock()::nanos, aws.clock()::sleep, aws.clock()::await))
                .rolePathPrefix("/")
                .listener(told);
    }

    private Map<String, String> settings() {
        return Map.of("cloud", "aws", "region", "us-east-1", "role_arn", runtime, "external_id", RUNTIME_EXTERNAL_ID);
    }

    private StsClient client(Optional<ExecutionInterceptor> answer) {
        ClientOverrideConfiguration.Builder configuration = ClientOverrideConfiguration.builder();
        answer.ifPresent(configuration::addExecutionInterceptor);
        return aws.configure(StsClient.builder().overrideConfiguration(configuration.build()))
                .build();
    }

    private String role(String path, String name, String trusted, Optional<String> externalId) {
        String condition = externalId
                .map(id -> ", \"Condition\": {\"StringEquals\": {\"sts:ExternalId\": \"" + id + "\"}}")
                .orElse("");
        return aws.iam().createRole(path, name, """
                {"Version": "2012-10-17", "Statement": [{
                    "Effect": "Allow", "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole"%s}]}
                """.formatted(trusted, condition), """
                {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:*", "Resource": "*"}]}
                """);
    }
}
