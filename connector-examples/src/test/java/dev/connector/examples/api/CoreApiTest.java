package dev.connector.examples.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.connector.core.AwsFailure;
import dev.connector.core.ConnectorClock;
import dev.connector.core.ConnectorException;
import dev.connector.core.ConnectorListener;
import dev.connector.core.ConnectorRole;
import dev.connector.core.InvalidSettingsException;
import dev.connector.core.PolicyDocument;
import dev.connector.core.Retries;
import dev.connector.core.RoleArn;
import dev.connector.core.RoleAssumptionException;
import dev.connector.core.RuntimeConnector;
import dev.connector.core.RuntimeConnectorSettings;
import dev.connector.core.TerraformOutput;
import dev.connector.testing.Fault;
import dev.connector.testing.RecordedCall;
import dev.connector.testing.SimulatedAws;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;

class CoreApiTest {

    private static final String RUNTIME_ROLE = "arn:aws:iam::111122223333:role/sym/SymRuntimeMain";
    private static final String IAM_ROLE = "arn:aws:iam::111122223333:role/sym/SymIAMMain";
    private static final String EXTERNAL_ID = "5f3c1b0e-external";
    private static final Map<String, String> SETTINGS = Map.of(
            "cloud", "aws",
            "region", "us-east-1",
            "role_arn", RUNTIME_ROLE,
            "external_id", EXTERNAL_ID,
            "account_id", "111122223333");

    private final SimulatedAws aws = SimulatedAws.create();

    @Test
    void connector_assumesTheRoleAsItWasTold() {
        List<ConnectorListener.Call> told = new ArrayList<>();
        try (RuntimeConnector connector = simulated(aws.runtimeConnector("main"))
                .sessionDuration(Duration.ofMinutes(30))
                .stsTimeout(Duration.ofSeconds(10))
                .sessionName("on-call-desk")
                .expectedSource("arn:aws:iam::*:user/service")
                .maxCachedSessions(1)
                .listener(listenerOf(told))
                .build()) {
            connector.credentialsProvider().resolveCredentials();

            assertThat(connector.roleArn()).hasToString(RUNTIME_ROLE);
            assertThat(connector.environment()).isEqualTo("main");
            assertThat(connector.region()).isEqualTo(Region.US_EAST_1);
        }
        assertThat(aws.calls("GetCallerIdentity")).hasSize(1);
        assertThat(aws.calls("AssumeRole"))
                .singleElement()
                .extracting(RecordedCall::parameters)
                .satisfies(parameters -> assertThat(parameters)
                        .containsEntry("RoleSessionName", "on-call-desk")
                        .containsEntry("DurationSeconds", "1800")
                        .containsEntry("ExternalId", "***"));
        assertThat(told)
                .extracting(ConnectorListener.Call::operation)
                .containsExactly("sts:GetCallerIdentity", "sts:AssumeRole");
    }

    @Test
    void connector_whoseSourceIsAnother_isRefused() {
        try (RuntimeConnector connector = simulated(aws.runtimeConnector("main"))
                .expectedSource("arn:aws:iam::*:user/other")
                .build()) {
            assertThatExceptionOfType(RoleAssumptionException.class)
                    .isThrownBy(connector.credentialsProvider()::resolveCredentials)
                    .returns(RoleAssumptionException.Reason.UNEXPECTED_SOURCE, RoleAssumptionException::reason);
        }
    }

    @Test
    void connector_retriesAsItWasTold() {
        aws.fault("AssumeRole", 1, Fault.THROTTLE);
        try (RuntimeConnector connector = simulated(aws.runtimeConnector("main"))
                .retries(Retries.builder().maxAttempts(1).build())
                .build()) {
            assertThatExceptionOfType(RoleAssumptionException.class)
                    .isThrownBy(connector.credentialsProvider()::resolveCredentials)
                    .returns(RoleAssumptionException.Reason.THROTTLED, RoleAssumptionException::reason);
        }
        assertThat(aws.calls("AssumeRole")).hasSize(1);
    }

    @Test
    void connector_opensOnlyRolesOfTheAccountsAndThePathThatItWasTold() {
        try (RuntimeConnector connector = RuntimeConnector.builder()
                .settings(RuntimeConnectorSettings.fromMap(SETTINGS))
                .environment("main")
                .stsClient(mock(StsClient.class))
                .allowedAccounts(List.of("111122223333", "444455556666"))
                .rolePathPrefix("/sym/")
                .build()) {
            ConnectorRole role = ConnectorRole.of("arn:aws:iam::444455556666:role/sym/SymIAMMain");

            assertThat(connector.session(role).roleArn()).isEqualTo(role.roleArn());
            assertThatExceptionOfType(InvalidSettingsException.class)
                    .isThrownBy(
                            () -> connector.session(ConnectorRole.of("arn:aws:iam::777788889999:role/sym/SymIAMMain")))
                    .withMessageContaining("777788889999");
            assertThatExceptionOfType(InvalidSettingsException.class)
                    .isThrownBy(() ->
                            connector.session(ConnectorRole.of("arn:aws:iam::111122223333:role/other/SymIAMMain")))
                    .withMessageContaining("/sym/");
        }
    }

    @Test
    void connector_ofSettingsOneByOne_usesTheClientThatItWasGiven() {
        StsClient sts = mock(StsClient.class);
        when(sts.assumeRole(any(AssumeRoleRequest.class))).thenReturn(session("AKIDMOCK"));
        try (RuntimeConnector connector = RuntimeConnector.builder()
                .roleArn(RUNTIME_ROLE)
                .externalId(EXTERNAL_ID)
                .environment("main")
                .region(Region.EU_WEST_1)
                .stsClient(sts)
                .build()) {
            assertThat(connector.credentialsProvider().resolveCredentials().accessKeyId())
                    .isEqualTo("AKIDMOCK");
            assertThat(connector.region()).isEqualTo(Region.EU_WEST_1);
        }
    }

    @Test
    void connector_callsAnotherHostOnlyIfItWasTold() {
        Map<String, String> settings = aws.runtimeConnector("main");
        aws.iamConnector("main");
        String ada = aws.iam().createUser("ada");

        assertThat(userIdByWayOf("simulator.example.com", simulated(settings).allowEndpoint("simulator.example.com")))
                .isEqualTo(ada);
        assertThatThrownBy(() -> userIdByWayOf("simulator.example.com", simulated(settings)))
                .hasMessageContaining("simulator.example.com");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RuntimeConnector.builder().allowEndpoint("https://simulator.example.com"))
                .withMessageContaining("without scheme");
    }

    private static String userIdByWayOf(String host, RuntimeConnector.Builder builder) {
        try (RuntimeConnector connector = builder.build();
                IamClient iam = connector
                        .session(ConnectorRole.of(IAM_ROLE))
                        .configure(IamClient.builder())
                        .endpointOverride(URI.create("https://" + host))
                        .build()) {
            return iam.getUser(GetUserRequest.builder().userName("ada").build())
                    .user()
                    .userId();
        }
    }

    @Test
    void connector_ofWrongSettings_namesAllOfThem() {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(RuntimeConnector.builder()
                        .roleArn("SymRuntimeMain")
                        .externalId("x")
                        .environment("")
                        .region(Region.of("nowhere"))
                        .sessionDuration(Duration.ofMinutes(1))
                        .stsTimeout(Duration.ofMinutes(2))
                        .allowedAccounts(Set.of())
                        .rolePathPrefix("sym")
                        .expectedSource("service")
                        .sessionName("?")
                        .maxCachedSessions(0)::build)
                .satisfies(refusal -> assertThat(refusal.problems())
                        .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                        .containsExactlyInAnyOrder(
                                "role_arn",
                                "external_id",
                                "environment",
                                "region",
                                "sessionDuration",
                                "stsTimeout",
                                "allowedAccounts",
                                "rolePathPrefix",
                                "expectedSource",
                                "sessionName",
                                "maxCachedSessions"));
    }

    @Test
    void settings_areReadFromEachSource() {
        RuntimeConnectorSettings settings = RuntimeConnectorSettings.builder()
                .roleArn(RUNTIME_ROLE)
                .externalId(EXTERNAL_ID)
                .region(Region.US_EAST_1)
                .accountId("111122223333")
                .environment("main")
                .build();

        assertThat(settings.roleArn()).isEqualTo(RoleArn.parse(RUNTIME_ROLE));
        assertThat(settings.externalId()).isEqualTo(EXTERNAL_ID);
        assertThat(settings.region()).isEqualTo(Region.US_EAST_1);
        assertThat(settings.accountId()).hasValue("111122223333");
        assertThat(settings.environment()).hasValue("main");
        assertThat(RuntimeConnectorSettings.builder()
                        .settings(SETTINGS)
                        .environment("main")
                        .build())
                .isEqualTo(settings);
        assertThat(RuntimeConnectorSettings.fromTerraformOutput(terraform(), "runtime_connector"))
                .isEqualTo(RuntimeConnectorSettings.fromMap(SETTINGS));
    }

    @Test
    void settings_thatAreMissing_areNamed() {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(RuntimeConnectorSettings.builder().accountId("111122223333")::build)
                .satisfies(refusal -> assertThat(refusal.problems()).hasSize(3));
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> RuntimeConnectorSettings.fromMap(Map.of("cloud", "other")))
                .withMessageContaining("cloud");
    }

    @Test
    void terraformOutput_isReadByItsName() {
        assertThat(TerraformOutput.read(terraform(), "runtime_connector")).isEqualTo(SETTINGS);
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> TerraformOutput.read(terraform(), "iam_connector"))
                .withMessageContaining("runtime_connector");
    }

    private static String terraform() {
        StringBuilder json = new StringBuilder("{\"runtime_connector\": {\"value\": {");
        for (Iterator<Map.Entry<String, String>> each = SETTINGS.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<String, String> setting = each.next();
            json.append('"').append(setting.getKey()).append("\": \"").append(setting.getValue());
            json.append(each.hasNext() ? "\", " : "\"");
        }
        return json.append("}}}").toString();
    }

    @Test
    void role_keepsWhatItWasTold() {
        PolicyDocument policy = PolicyDocument.of(
                PolicyDocument.Statement.allow(List.of("iam:GetUser"), List.of("arn:aws:iam::111122223333:user/*")));
        ConnectorRole role = ConnectorRole.builder(RUNTIME_ROLE)
                .roleArn(RoleArn.parse(IAM_ROLE))
                .externalId(EXTERNAL_ID)
                .sessionPolicy(policy)
                .sessionName("on-call-desk")
                .sessionDuration(Duration.ofMinutes(15))
                .build();

        assertThat(role.roleArn()).hasToString(IAM_ROLE);
        assertThat(role.externalId()).hasValue(EXTERNAL_ID);
        assertThat(role.sessionPolicy()).hasValue(policy);
        assertThat(role.sessionName()).hasValue("on-call-desk");
        assertThat(role.sessionDuration()).hasMinutes(15);
        assertThat(role.toBuilder().build()).isEqualTo(role);
        assertThat(role.toString()).doesNotContain(EXTERNAL_ID);
    }

    @Test
    void role_thatCannotBe_isRefused() {
        ConnectorRole.Builder tooLong = ConnectorRole.builder(IAM_ROLE).sessionDuration(Duration.ofHours(2));

        assertThatIllegalArgumentException().isThrownBy(() -> ConnectorRole.of("SymIAMMain"));
        assertThatIllegalArgumentException().isThrownBy(() -> ConnectorRole.builder("SymIAMMain"));
        assertThatIllegalArgumentException().isThrownBy(tooLong::build).withMessageContaining("sessionDuration");
    }

    @Test
    void roleArn_isTakenApart() {
        RoleArn role = RoleArn.parse("arn:aws-cn:iam::111122223333:role/sym/deep/SymIAMMain");

        assertThat(role.partition()).isEqualTo("aws-cn");
        assertThat(role.accountId()).isEqualTo("111122223333");
        assertThat(role.path()).isEqualTo("/sym/deep/");
        assertThat(role.name()).isEqualTo("SymIAMMain");
        assertThatIllegalArgumentException().isThrownBy(() -> RoleArn.parse("arn:aws:iam::111122223333:user/ada"));
    }

    @Test
    void policy_isWrittenAsIamReadsIt() {
        PolicyDocument.Statement statement = PolicyDocument.Statement.builder(
                        PolicyDocument.Effect.ALLOW, List.of("iam:GetUser"), List.of("*"))
                .effect(PolicyDocument.Effect.DENY)
                .actions(List.of("iam:GetGroup"))
                .resources(List.of(PolicyDocument.literal("why?")))
                .conditions(Map.of("StringEquals", Map.of("aws:RequestedRegion", List.of("us-east-1"))))
                .build();

        assertThat(PolicyDocument.of(statement).toJson())
                .isEqualTo(
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"iam:GetGroup\","
                                + "\"Resource\":\"why${?}\",\"Condition\":{\"StringEquals\":{\"aws:RequestedRegion\":\"us-east-1\"}}}]}");
        assertThatIllegalArgumentException()
                .isThrownBy(PolicyDocument::of)
                .withMessageContaining("at least one statement");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyDocument.Statement.allow(List.of(), List.of("*")))
                .withMessageContaining("at least one action");
    }

    @Test
    void retries_waitAsTheyWereTold_andTellOfIt() {
        List<ConnectorListener.Call> told = new ArrayList<>();
        Iterator<RuntimeException> failures = List.<RuntimeException>of(
                        iamError(400, "Throttling"), iamError(503, "ServiceUnavailable"))
                .iterator();
        Retries retries = Retries.builder()
                .clock(clock())
                .listener(listenerOf(told))
                .maxAttempts(3)
                .delays(Duration.ofSeconds(1), Duration.ofSeconds(8))
                .jitter(() -> 1.0)
                .build();

        String answer = retries.call("iam:GetUser", Duration.ofMinutes(1), () -> {}, () -> {
            if (failures.hasNext()) {
                throw failures.next();
            }
            return "ada";
        });

        assertThat(answer).isEqualTo("ada");
        assertThat(aws.clock().nanos()).isEqualTo(Duration.ofSeconds(3).toNanos());
        assertThat(told).extracting(call -> call.failure().isPresent()).containsExactly(true, true, false);
    }

    @Test
    void retries_thatCannotBe_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Retries.builder().maxAttempts(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Retries.builder().delays(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }

    @Test
    void clock_isMadeOfItsFourParts() throws InterruptedException {
        List<Duration> waits = new ArrayList<>();
        ConnectorClock clock = ConnectorClock.of(
                InstantSource.fixed(Instant.EPOCH), () -> 42, waits::add, (future, limit) -> future.isDone());

        clock.sleep(Duration.ofSeconds(3));

        assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
        assertThat(clock.nanos()).isEqualTo(42);
        assertThat(waits).containsExactly(Duration.ofSeconds(3));
        assertThat(clock.await(new CompletableFuture<>(), Duration.ZERO)).isFalse();
    }

    @Test
    void clock_ofTheMachine_goesOn() throws InterruptedException {
        ConnectorClock clock = ConnectorClock.system();
        long before = clock.nanos();

        clock.sleep(Duration.ofNanos(1));

        assertThat(clock.nanos()).isGreaterThan(before);
        assertThat(clock).isSameAs(ConnectorClock.system());
    }

    @Test
    void guardedListener_tellsAndDoesNotThrow() {
        List<String> told = new ArrayList<>();
        ConnectorListener guarded = ConnectorListener.guarded(new ConnectorListener() {
            @Override
            public void onWait(Wait wait) {
                told.add(wait.purpose() + " " + wait.duration());
                throw new IllegalStateException("broken metric");
            }

            @Override
            public void onQueue(Place place) {
                told.add(place.operation() + " " + place.position() + " " + place.timeToGo());
            }
        });

        guarded.onWait(ConnectorListener.Wait.of("the change to show", Duration.ofSeconds(2)));
        guarded.onQueue(ConnectorListener.Place.of("sso:CreateAccountAssignment", 3, Duration.ofSeconds(9)));

        assertThat(told).containsExactly("the change to show PT2S", "sso:CreateAccountAssignment 3 PT9S");
    }

    @Test
    void listenerOfNobody_isOne_andGuardedItself() {
        assertThat(ConnectorListener.none()).isSameAs(ConnectorListener.none());
        assertThat(ConnectorListener.guarded(ConnectorListener.none())).isSameAs(ConnectorListener.none());
    }

    @Test
    void failure_isOfTheKindThatAwsAnswered() {
        AwsFailure failure = AwsFailure.of("iam:GetUser", iamError(404, "NoSuchEntity"));

        assertThat(failure.kind()).isEqualTo(AwsFailure.Kind.REJECTED);
        assertThat(failure.operation()).isEqualTo("iam:GetUser");
        assertThat(failure.hasCode("NoSuchEntity")).isTrue();
        assertThat(failure.mayHaveTakenEffect()).isFalse();
    }

    @Test
    void exceptions_sayWhatTheyWereTold() {
        AwsFailure throttled = AwsFailure.of("iam:GetUser", iamError(400, "Throttling"));
        Throwable cause = new IllegalStateException("closed");

        assertThat(new ConnectorException("Cannot connect.", cause))
                .hasMessage("Cannot connect.")
                .hasCause(cause)
                .returns(false, ConnectorException::isRetryable);
        assertThat(new ConnectorException("Cannot connect.", throttled))
                .hasMessageStartingWith("Cannot connect. [operation=iam:GetUser")
                .returns(Optional.of("Throttling"), ConnectorException::awsErrorCode)
                .returns(true, ConnectorException::isRetryable);
        assertThat(new InvalidSettingsException("connect", List.of("region: is missing.")))
                .hasMessage("Cannot connect: 1 setting is wrong. region: is missing.")
                .returns(List.of("region: is missing."), InvalidSettingsException::problems);
        assertThatIllegalArgumentException().isThrownBy(() -> new InvalidSettingsException("connect", List.of()));
    }

    @Test
    void roleAssumptionExceptions_sayWhereAndWhy() {
        AwsFailure denied = AwsFailure.of("sts:AssumeRole", iamError(403, "AccessDenied"));

        assertThat(new RoleAssumptionException(
                        RoleAssumptionException.Hop.CONNECTOR,
                        IAM_ROLE,
                        RoleAssumptionException.Reason.DENIED,
                        "Cannot assume the role.",
                        denied))
                .hasMessageStartingWith("Cannot assume the role. [operation=sts:AssumeRole")
                .returns(RoleAssumptionException.Hop.CONNECTOR, RoleAssumptionException::hop)
                .returns(RoleAssumptionException.Reason.DENIED, RoleAssumptionException::reason);
        assertThat(new RoleAssumptionException(
                        RoleAssumptionException.Hop.RUNTIME,
                        RUNTIME_ROLE,
                        RoleAssumptionException.Reason.NO_SOURCE_CREDENTIALS,
                        "Cannot assume the role.",
                        new IllegalStateException("no credentials")))
                .hasRootCauseMessage("no credentials")
                .returns(RUNTIME_ROLE, RoleAssumptionException::roleArn)
                .returns(Optional.empty(), RoleAssumptionException::awsOperation);
    }

    private RuntimeConnector.Builder simulated(Map<String, String> settings) {
        return RuntimeConnector.builder()
                .settings(settings)
                .environment("main")
                .sourceCredentials(aws.serviceCredentials())
                .httpClient(aws.httpClient())
                .clock(clock());
    }

    private ConnectorClock clock() {
        return ConnectorClock.of(aws.clock(), aws.clock()::nanos, aws.clock()::sleep, aws.clock()::await);
    }

    private static ConnectorListener listenerOf(List<ConnectorListener.Call> told) {
        return new ConnectorListener() {
            @Override
            public void onCall(Call call) {
                told.add(call);
            }
        };
    }

    private static AssumeRoleResponse session(String accessKeyId) {
        AwsSessionCredentials made = AwsSessionCredentials.create(accessKeyId, "a-secret", "a-token");
        return AssumeRoleResponse.builder()
                .credentials(Credentials.builder()
                        .accessKeyId(made.accessKeyId())
                        .secretAccessKey(made.secretAccessKey())
                        .sessionToken(made.sessionToken())
                        .expiration(Instant.parse("2100-01-01T00:00:00Z"))
                        .build())
                .build();
    }

    private static AwsServiceException iamError(int status, String code) {
        return IamException.builder()
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
    }
}
