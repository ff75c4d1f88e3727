package dev.connector.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.connector.core.PolicyDocument.Statement;
import dev.connector.core.RoleAssumptionException.Hop;
import dev.connector.core.RoleAssumptionException.Reason;
import dev.connector.core.internal.SessionNames;
import dev.connector.testing.AwsFact;
import dev.connector.testing.Decision;
import dev.connector.testing.Fault;
import dev.connector.testing.RecordedCall;
import dev.connector.testing.SimulatedAws;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.StsException;

/** The chain of roles as AWS sees it: real clients of the SDK, and behind them trust policies, sessions that end, and faults. */
class SessionChainTest {

    private final SimulatedAws aws = SimulatedAws.create();
    private final Map<String, String> runtime = aws.runtimeConnector("main");
    private final String runtimeRole = roleOf(runtime);
    private final String iamRole = roleOf(aws.iamConnector("main"));
    private final ConnectorClock clock =
            ConnectorClock.of(aws.clock(), aws.clock()::nanos, aws.clock()::sleep, aws.clock()::await);

    @AwsFact(4)
    @Test
    void session_whenRolesAreAsTheModulesMakeThem_actsAsTheNarrowRole() {
        StsClient client = client(connector().build().session(ConnectorRole.of(iamRole)));

        assertThat(whoAmI(client)).isEqualTo("arn:aws:sts::111122223333:assumed-role/SymIAMMain/connector-main");
        assertThat(aws.calls("AssumeRole"))
                .hasSize(2)
                .allSatisfy(call -> assertThat(call.decision()).isEqualTo(Decision.ALLOWED));
        assertThat(aws.calls("AssumeRole"))
                .extracting(RecordedCall::caller)
                .containsExactly(
                        "arn:aws:iam::111122223333:user/service",
                        "arn:aws:sts::111122223333:assumed-role/SymRuntimeMain/connector-main");
    }

    @Test
    void credentials_whenRetriesAreGiven_waitAsTheseSay() {
        Retries retries = Retries.builder().clock(clock).jitter(() -> 1).build();
        aws.fault("AssumeRole", 1, Fault.THROTTLE);
        aws.fault("AssumeRole", 2, Fault.THROTTLE);
        long before = clock.nanos();

        connector().retries(retries).build().credentialsProvider().resolveCredentials();

        assertThat(Duration.ofNanos(clock.nanos() - before)).isEqualTo(Duration.ofMillis(200 + 400));
    }

    /** In a container or a function the service's own credentials are a role's session, so that the first link is chained already. */
    @AwsFact(1)
    @Test
    void session_whenServiceHasARoleAndAsksForMoreThanAnHour_saysWhatIsTooLong() {
        String service = aws.iam().createRole("/", "Task", trust("arn:aws:iam::111122223333:root"), allow("*"));
        String role = aws.iam().createRole("/sym/", "Long", trust(service), allow("sts:AssumeRole"));
        aws.iam().maxSessionDuration("Long", Duration.ofHours(12));
        RuntimeConnector.Builder chained = connector().roleArn(role).sourceCredentials(aws.credentialsOf(service));

        RoleAssumptionException thrown = catchThrowableOfType(
                RoleAssumptionException.class,
                () -> chained.sessionDuration(Duration.ofHours(2))
                        .build()
                        .credentialsProvider()
                        .resolveCredentials());

        assertThat(thrown.reason()).isEqualTo(Reason.SESSION_TOO_LONG);
        assertThat(thrown.hop()).isEqualTo(Hop.RUNTIME);
        assertThat(thrown).hasMessageContaining("1 hour session limit").hasMessageContaining("sessionDuration");
        assertThat(chained.sessionDuration(Duration.ofHours(1))
                        .build()
                        .credentialsProvider()
                        .resolveCredentials())
                .isNotNull();
    }

    @AwsFact(1)
    @Test
    void session_whenServiceIsAUserAndTheRoleAllowsIt_lastsLonger() {
        aws.iam().maxSessionDuration("SymRuntimeMain", Duration.ofHours(12));
        RuntimeConnector connector =
                connector().sessionDuration(Duration.ofHours(12)).build();

        connector.credentialsProvider().resolveCredentials();
        aws.clock().advance(Duration.ofHours(11));
        client(connector.session(ConnectorRole.of(iamRole))).getCallerIdentity(request());

        assertThat(aws.calls("AssumeRole")).hasSize(2);
    }

    @AwsFact(2)
    @Test
    void session_whenNamedAfterARequester_showsTheMappedNameInTheAccount() {
        String name = SessionNames.of("Ada Lovelace <ada@example.com>");
        RoleSession session = connector()
                .build()
                .session(ConnectorRole.builder(iamRole).sessionName(name).build());

        assertThat(whoAmI(client(session)))
                .isEqualTo("arn:aws:sts::111122223333:assumed-role/SymIAMMain/" + name)
                .contains("/Ada-Lovelace--ada@example.com--");
    }

    @AwsFact({3, 67})
    @Test
    void session_whenPolicyIsTooLargeOncePacked_saysSo() {
        aws.packedPolicyLimit(50);
        PolicyDocument policy = PolicyDocument.of(Statement.allow(List.of("iam:GetUser"), List.of("*")));
        RoleSession session = connector()
                .build()
                .session(ConnectorRole.builder(iamRole).sessionPolicy(policy).build());

        RoleAssumptionException thrown = catchThrowableOfType(RoleAssumptionException.class, session::refresh);

        assertThat(thrown.reason()).isEqualTo(Reason.PACKED_POLICY_TOO_LARGE);
        assertThat(thrown.hop()).isEqualTo(Hop.CONNECTOR);
        assertThat(thrown.isRetryable()).isFalse();
    }

    /** A suspended machine: its monotonic clock stood still, and AWS has ended both sessions meanwhile. */
    @AwsFact(6)
    @Test
    void evict_whenServiceCallsTheSessionExpired_theWholeChainIsOpenedAnew() {
        RuntimeConnector connector = connector().build();
        RoleSession session = connector.session(ConnectorRole.of(iamRole));
        StsClient client = client(session);
        client.getCallerIdentity(request());
        aws.clock().set(aws.clock().instant().plus(Duration.ofHours(2)));
        aws.clearCalls();
        Retries retries = Retries.builder().clock(clock).build();

        retries.call(
                "sts:GetCallerIdentity",
                Duration.ofSeconds(5),
                session::evict,
                () -> client.getCallerIdentity(request()));

        assertThat(aws.calls())
                .extracting(RecordedCall::operation, call -> call.errorCode().isPresent())
                .containsExactly(
                        tuple("GetCallerIdentity", true),
                        tuple("AssumeRole", true),
                        tuple("AssumeRole", false),
                        tuple("AssumeRole", false),
                        tuple("GetCallerIdentity", false));
    }

    /** The SDK repeats no call whose session has expired; the library is to replace it before. */
    @AwsFact({6, 7})
    @Test
    void session_whenUsedForHours_isReplacedBeforeItsEnd() {
        StsClient client = client(connector().build().session(ConnectorRole.of(iamRole)));

        for (int minute = 0; minute < 300; minute++) {
            client.getCallerIdentity(request());
            aws.clock().advance(Duration.ofMinutes(1));
        }

        assertThat(aws.calls("GetCallerIdentity"))
                .hasSize(300)
                .allSatisfy(call -> assertThat(call.errorCode()).isEmpty());
        assertThat(aws.calls("AssumeRole")).hasSize(12);
    }

    @AwsFact(8)
    @Test
    void session_whenRefreshIsDenied_isToldApartFromADeniedCall() {
        RoleSession session = connector().build().session(ConnectorRole.of(iamRole));
        StsClient client = client(session);
        AssumeRoleRequest forbidden = AssumeRoleRequest.builder()
                .roleArn(iamRole)
                .roleSessionName("test")
                .build();

        assertThatThrownBy(() -> client.assumeRole(forbidden))
                .isInstanceOfSatisfying(
                        StsException.class,
                        thrown ->
                                assertThat(thrown.awsErrorDetails().errorCode()).isEqualTo("AccessDenied"));

        aws.fault("AssumeRole", 1, Fault.ACCESS_DENIED);
        session.evict();
        assertThatThrownBy(() -> client.assumeRole(forbidden))
                .isInstanceOfSatisfying(RoleAssumptionException.class, thrown -> {
                    assertThat(thrown.reason()).isEqualTo(Reason.DENIED);
                    assertThat(thrown.roleArn()).isEqualTo(iamRole);
                });
    }

    @Test
    void session_whenExternalIdIsNotTheRoles_isDeniedAtTheFirstLink() {
        RoleSession session = connector().externalId("another-id").build().session(ConnectorRole.of(iamRole));

        RoleAssumptionException thrown = catchThrowableOfType(RoleAssumptionException.class, session::refresh);

        assertThat(thrown.reason()).isEqualTo(Reason.DENIED);
        assertThat(thrown.hop()).isEqualTo(Hop.RUNTIME);
        assertThat(thrown).hasMessageContaining("External ID").hasMessageNotContaining("another-id");
    }

    @Test
    void session_whenRoleDoesNotTrustTheRuntimeRole_isDeniedAtTheSecondLink() {
        String foreign = aws.iam().createRole("/sym/", "Foreign", trust("arn:aws:iam::111122223333:user/service"));
        RoleSession session = connector().build().session(ConnectorRole.of(foreign));

        RoleAssumptionException thrown = catchThrowableOfType(RoleAssumptionException.class, session::refresh);

        assertThat(thrown.reason()).isEqualTo(Reason.DENIED);
        assertThat(thrown.hop()).isEqualTo(Hop.CONNECTOR);
        assertThat(thrown).hasMessageContaining("runtime_role_arns").hasMessageContaining("No External ID was sent");
    }

    @AwsFact(9)
    @Test
    void session_whenFirstUseFailed_nextUseTriesAgain() {
        RoleSession session = connector().build().session(ConnectorRole.of(iamRole));
        aws.fault("AssumeRole", 1, Fault.ACCESS_DENIED);

        assertThatThrownBy(session::refresh).isInstanceOf(RoleAssumptionException.class);

        assertThat(session.credentialsProvider().resolveCredentials()).isNotNull();
    }

    @AwsFact(11)
    @Test
    void session_whenStsIsAwayUntilTheEnd_isNeverUsedBeyondIt() {
        RoleSession session = connector().build().session(ConnectorRole.of(iamRole));
        StsClient client = client(session);
        client.getCallerIdentity(request());
        aws.clock().advance(Duration.ofMinutes(56));
        for (int call = 1; call <= 500; call++) {
            aws.fault("AssumeRole", call, Fault.SERVER_ERROR_BEFORE);
        }

        client.getCallerIdentity(request());
        aws.clock().advance(Duration.ofMinutes(4));

        assertThatThrownBy(() -> client.getCallerIdentity(request()))
                .isInstanceOfSatisfying(RoleAssumptionException.class, thrown -> {
                    assertThat(thrown.reason()).isEqualTo(Reason.UNAVAILABLE);
                    assertThat(thrown.isRetryable()).isTrue();
                });
        assertThat(aws.calls("GetCallerIdentity")).hasSize(2);
    }

    /** Whether a lost answer's session was opened does not matter: nobody holds it, and it ends by itself. */
    @Test
    void session_whenAnswerIsLost_opensAnother() {
        aws.fault("AssumeRole", 1, Fault.CONNECTION_RESET_AFTER);
        aws.fault("AssumeRole", 3, Fault.THROTTLE);

        connector().build().session(ConnectorRole.of(iamRole)).refresh();

        assertThat(aws.calls("AssumeRole")).hasSize(4);
    }

    @AwsFact({4, 70})
    @Test
    void session_whenRoleIsDeeperUnderThePath_isReachedByTheModulesPattern() {
        String deep = aws.iam().createRole("/sym/deep/er/", "Deep", trust(runtimeRole));

        assertThat(whoAmI(client(connector().build().session(ConnectorRole.of(deep)))))
                .contains("/Deep/");
    }

    @Test
    void session_whenPolicyIsNarrower_boundsWhatTheRoleMay() {
        String target = aws.iam().createRole("/sym/", "Target", trust("arn:aws:iam::111122223333:root"));
        String broad = aws.iam().createRole("/sym/", "Broad", trust(runtimeRole), allow("sts:AssumeRole"));
        RuntimeConnector connector = connector().build();
        AssumeRoleRequest next = AssumeRoleRequest.builder()
                .roleArn(target)
                .roleSessionName("test")
                .build();
        PolicyDocument narrow = PolicyDocument.of(Statement.allow(List.of("iam:GetUser"), List.of("*")));

        client(connector.session(ConnectorRole.of(broad))).assumeRole(next);
        StsClient bounded = client(connector.session(
                ConnectorRole.builder(broad).sessionPolicy(narrow).build()));

        assertThatThrownBy(() -> bounded.assumeRole(next))
                .isInstanceOf(StsException.class)
                .hasMessageContaining("not authorized");
    }

    @Test
    void expectedSource_whenServiceHasFallenBackToAnother_assumesNothing() {
        aws.iam().createUser("other");

        RoleAssumptionException thrown = catchThrowableOfType(
                RoleAssumptionException.class,
                () -> connector()
                        .sourceCredentials(aws.credentialsOf("arn:aws:iam::111122223333:user/other"))
                        .expectedSource("arn:aws:iam::111122223333:user/service")
                        .build()
                        .credentialsProvider()
                        .resolveCredentials());

        assertThat(thrown.reason()).isEqualTo(Reason.UNEXPECTED_SOURCE);
        assertThat(aws.calls()).extracting(RecordedCall::operation).containsExactly("GetCallerIdentity");
    }

    /** Closing in the wrong order would show an hour later only, when the next session is due. */
    @AwsFact(10)
    @Test
    void close_whenConnectorIsClosed_anotherOneOnTheSameHttpClientGoesOn() {
        RuntimeConnector first = connector().build();
        first.credentialsProvider().resolveCredentials();
        RuntimeConnector second = connector().build();
        StsClient client = client(second.session(ConnectorRole.of(iamRole)));
        client.getCallerIdentity(request());

        first.close();
        aws.clock().advance(Duration.ofHours(1));
        client.getCallerIdentity(request());

        assertThat(aws.calls("AssumeRole")).hasSize(5);
        second.close();
        assertThatThrownBy(() -> client.getCallerIdentity(request())).isInstanceOf(IllegalStateException.class);
        assertThat(aws.calls("AssumeRole")).hasSize(5);
    }

    @Test
    void configure_always_keepsWhatTheBuilderHas() {
        List<String> seen = new ArrayList<>();
        StsClient client = connector()
                .build()
                .configure(StsClient.builder()
                        .overrideConfiguration(config -> config.putHeader("x-mine", "kept")
                                .addExecutionInterceptor(new ExecutionInterceptor() {
                                    @Override
                                    public void beforeTransmission(
                                            Context.BeforeTransmission context, ExecutionAttributes attributes) {
                                        seen.add(context.httpRequest()
                                                .firstMatchingHeader("x-mine")
                                                .orElse("lost"));
                                    }
                                })))
                .build();

        assertThat(whoAmI(client)).contains("SymRuntimeMain");
        assertThat(seen).containsExactly("kept");
    }

    @Test
    void configure_whenServiceFails_leavesRepetitionToTheLibrary() {
        StsClient client = connector().build().configure(StsClient.builder()).build();
        client.getCallerIdentity(request());
        aws.clearCalls();
        aws.fault("GetCallerIdentity", 1, Fault.SERVER_ERROR_BEFORE);

        assertThatThrownBy(() -> client.getCallerIdentity(request())).isInstanceOf(StsException.class);

        assertThat(aws.calls("GetCallerIdentity")).hasSize(1);
    }

    private RuntimeConnector.Builder connector() {
        return RuntimeConnector.builder()
                .settings(new HashMap<>(runtime))
                .environment("main")
                .httpClient(aws.httpClient())
                .sourceCredentials(aws.serviceCredentials())
                .clock(clock);
    }

    private static String roleOf(Map<String, String> settings) {
        return Objects.requireNonNull(settings.get("role_arn"));
    }

    private static StsClient client(RoleSession session) {
        return session.configure(StsClient.builder()).build();
    }

    private static String whoAmI(StsClient client) {
        return client.getCallerIdentity(request()).arn();
    }

    private static GetCallerIdentityRequest request() {
        return GetCallerIdentityRequest.builder().build();
    }

    private static String trust(String principal) {
        return "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \""
                + principal + "\"}, \"Action\": \"sts:AssumeRole\"}]}";
    }

    private static String allow(String action) {
        return "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"" + action
                + "\", \"Resource\": \"*\"}]}";
    }
}
