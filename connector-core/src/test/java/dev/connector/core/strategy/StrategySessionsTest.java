package dev.connector.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.connector.core.ConnectorRole;
import dev.connector.core.PolicyDocument;
import dev.connector.core.RoleAssumptionException;
import dev.connector.core.RuntimeConnector;
import dev.connector.core.SessionScope;
import dev.connector.testing.SimulatedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.RequestOverrideConfiguration;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.StsException;

/** The sessions of a strategy, over a mock of AWS STS. */
class StrategySessionsTest {

    private static final String EXTERNAL_ID = "c0ffee00-very-secret";
    private static final String ROLE = "arn:aws:iam::111122223333:role/sym/SymDoorMain";
    private static final PolicyDocument ALL = policy("arn:aws:door:::door/*");
    private static final PolicyDocument TOO_LONG = policy("arn:aws:door:::door/" + "x".repeat(2_048));

    private final SimulatedClock clock = Samples.clock();
    private final StsClient sts = mock(StsClient.class);

    /** What was asked of STS for the strategy's role. */
    private final List<AssumeRoleRequest> assumed = new ArrayList<>();

    private final RuntimeConnector connector = RuntimeConnector.builder()
            .settings(Map.of(
                    "cloud", "aws",
                    "region", "us-east-1",
                    "role_arn", "arn:aws:iam::111122223333:role/sym/SymRuntimeMain",
                    "external_id", EXTERNAL_ID,
                    "account_id", "111122223333"))
            .environment("main")
            .stsClient(sts)
            .clock(Samples.connectorClock(clock))
            .build();

    private boolean packedTooLarge;

    StrategySessionsTest() {
        when(sts.assumeRole(any(AssumeRoleRequest.class))).thenAnswer(call -> answer(call.getArgument(0)));
    }

    @AfterEach
    void close() {
        connector.close();
    }

    private AssumeRoleResponse answer(AssumeRoleRequest request) {
        if (request.roleArn().equals(ROLE)) {
            assumed.add(request);
            if (packedTooLarge && ALL.toJson().equals(request.policy())) {
                throw refusal("PackedPolicyTooLarge");
            }
        }
        return AssumeRoleResponse.builder()
                .credentials(Credentials.builder()
                        .accessKeyId("ASIA" + assumed.size())
                        .secretAccessKey("very-secret-key")
                        .sessionToken("very-secret-token")
                        .expiration(clock.instant().plus(Duration.ofHours(1)))
                        .build())
                .build();
    }

    private static StsException refusal(String code) {
        return (StsException) StsException.builder()
                .statusCode(400)
                .message(code)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(code)
                        .serviceName("Sts")
                        .build())
                .build();
    }

    private static PolicyDocument policy(String resource) {
        return PolicyDocument.of(PolicyDocument.Statement.allow(List.of("door:Open"), List.of(resource)));
    }

    private static PolicyDocument policyOf(TargetSnapshot target) {
        return policy("arn:aws:door:::door/" + target.requireSetting("door"));
    }

    private StrategySessions.Builder sessions(PolicyDocument policyOfAll) {
        return StrategySessions.builder(connector, ConnectorRole.of(ROLE), policyOfAll, StrategySessionsTest::policyOf);
    }

    private static TargetSnapshot door(String name) {
        return TargetSnapshot.of(DoorTarget.of(name));
    }

    private List<String> policies() {
        return assumed.stream().map(AssumeRoleRequest::policy).toList();
    }

    private List<String> names() {
        return assumed.stream().map(AssumeRoleRequest::roleSessionName).toList();
    }

    @Test
    void open_whenPolicyOfAllFits_opensOneSessionForAllTargets() {
        StrategySessions sessions = sessions(ALL).build();

        sessions.open(door("front"), Samples.requester());
        sessions.open(door("back"), Requester.of("grace@example.com"));

        assertThat(policies()).containsExactly(ALL.toJson());
        assertThat(names()).containsExactly("connector-main");
    }

    @Test
    void open_whenPolicyOfAllIsTooLong_opensOneSessionForEachTarget() {
        StrategySessions sessions = sessions(TOO_LONG).build();

        sessions.open(door("front"), Samples.requester());
        sessions.open(door("back"), Samples.requester());
        sessions.open(door("front"), Samples.requester());

        assertThat(policies())
                .containsExactly(
                        policyOf(door("front")).toJson(), policyOf(door("back")).toJson());
    }

    @Test
    void open_whenPolicyOfAllHasExactlyAwsLimit_sendsIt() {
        int frame = policy("").toJson().length();
        PolicyDocument longest = policy("x".repeat(2_048 - frame));

        sessions(longest).build().open(door("front"), Samples.requester());

        assertThat(policies()).containsExactly(longest.toJson());
        assertThat(longest.toJson()).hasSize(2_048);
    }

    @Test
    void open_whenStsSaysPackedTooLarge_fallsBackToTheTargetAndRemembers() {
        packedTooLarge = true;
        StrategySessions sessions = sessions(ALL).build();

        sessions.open(door("front"), Samples.requester());
        sessions.open(door("back"), Samples.requester());

        assertThat(policies())
                .containsExactly(
                        ALL.toJson(),
                        policyOf(door("front")).toJson(),
                        policyOf(door("back")).toJson());
    }

    /** What was asked for is one session for all: another one must not be opened in its place. */
    @Test
    void open_whenStsSaysPackedTooLargeForScopeStrategy_fails() {
        packedTooLarge = true;
        StrategySessions sessions = sessions(ALL).scope(SessionScope.STRATEGY).build();

        assertThatThrownBy(() -> sessions.open(door("front"), Samples.requester()))
                .isInstanceOfSatisfying(
                        RoleAssumptionException.class,
                        failed -> assertThat(failed.reason())
                                .isEqualTo(RoleAssumptionException.Reason.PACKED_POLICY_TOO_LARGE));
        assertThat(policies()).containsOnly(ALL.toJson());
    }

    @Test
    void open_whenStsRefusesForAnotherReason_failsAndDoesNotFallBack() {
        StrategySessions sessions = sessions(ALL).build();
        when(sts.assumeRole(any(AssumeRoleRequest.class))).thenAnswer(call -> {
            AssumeRoleRequest request = call.getArgument(0);
            if (request.roleArn().equals(ROLE)) {
                assumed.add(request);
                throw refusal("ValidationError");
            }
            return answer(request);
        });

        assertThatThrownBy(() -> sessions.open(door("front"), Samples.requester()))
                .isInstanceOf(RoleAssumptionException.class)
                .satisfies(thrown -> assertThat(thrown.toString()).doesNotContain(EXTERNAL_ID));
        assertThat(policies()).containsOnly(ALL.toJson());
    }

    @Test
    void build_whenPolicyIsTooLongForScopeStrategy_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> sessions(TOO_LONG).scope(SessionScope.STRATEGY).build())
                .withMessageContaining("The session policy of all targets has ")
                .withMessageContaining("AWS takes 2048")
                .withMessageContaining("AUTO or TARGET");
    }

    @ParameterizedTest
    @EnumSource(SessionScope.class)
    void open_whenScopeIsGiven_sendsItsPolicy(SessionScope scope) {
        sessions(ALL).scope(scope).build().open(door("front"), Samples.requester());

        assertThat(policies()).hasSize(1);
        switch (scope) {
            case NONE -> assertThat(policies()).containsOnlyNulls();
            case TARGET ->
                assertThat(policies()).containsExactly(policyOf(door("front")).toJson());
            case AUTO, STRATEGY -> assertThat(policies()).containsExactly(ALL.toJson());
        }
        assertThat(assumed).extracting(AssumeRoleRequest::externalId).containsOnlyNulls();
    }

    @Test
    void open_whenRoleHasAPolicyOfItsOwn_replacesIt() {
        ConnectorRole role = ConnectorRole.builder(ROLE)
                .sessionPolicy(policy("arn:aws:door:::door/other"))
                .sessionName("doors")
                .build();
        StrategySessions.builder(connector, role, ALL, StrategySessionsTest::policyOf)
                .build()
                .open(door("front"), Samples.requester());

        assertThat(policies()).containsExactly(ALL.toJson());
        assertThat(names()).containsExactly("doors");
    }

    @Test
    void open_whenPerRequester_namesThePersonInTheSession() {
        StrategySessions sessions = sessions(ALL).perRequester(true).build();

        sessions.open(door("front"), Requester.of("ada@example.com"));
        sessions.open(door("front"), Requester.of("grace@example.com"));
        sessions.open(door("back"), Requester.of("ada@example.com"));

        assertThat(names()).containsExactly("ada@example.com", "grace@example.com");
    }

    /** The account's trail must not show one person's name for what another asked for. */
    @Test
    void open_whenNamesMapToTheSame_neverSharesASession() {
        StrategySessions sessions = sessions(ALL).perRequester(true).build();
        String prefix = "x".repeat(70);
        List<String> people = List.of(
                "ada lovelace",
                "ada/lovelace",
                "ada-lovelace",
                "Ada-lovelace",
                "ada:lovelace",
                prefix + "a",
                prefix + "b",
                "\u00e9va",
                "\u00e8va",
                "a",
                "ada-lovelace-0123abcd");

        people.forEach(person -> sessions.open(door("front"), Requester.of(person)));

        assertThat(names())
                .hasSize(people.size())
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[\\w+=,.@-]{2,64}"));
    }

    @Test
    void authorize_whenSessionIsOpen_putsItsCredentialsOnTheRequest() {
        StrategySession session = sessions(ALL).build().open(door("front"), Samples.requester());

        GetCallerIdentityRequest.Builder builder = GetCallerIdentityRequest.builder();
        assertThat(session.authorize(builder)).isSameAs(builder);

        assertThat(accessKey(builder.build())).isEqualTo("ASIA1");
    }

    /** A time limit that the strategy has set must not get lost on the way. */
    @Test
    void authorize_whenRequestHasAConfiguration_keepsIt() {
        StrategySession session = sessions(ALL).build().open(door("front"), Samples.requester());

        GetCallerIdentityRequest request = session.authorize(GetCallerIdentityRequest.builder()
                        .overrideConfiguration(AwsRequestOverrideConfiguration.builder()
                                .apiCallTimeout(Duration.ofSeconds(7))
                                .putHeader("x-door", "front")
                                .build()))
                .build();

        assertThat(accessKey(request)).isEqualTo("ASIA1");
        assertThat(request.overrideConfiguration().flatMap(RequestOverrideConfiguration::apiCallTimeout))
                .contains(Duration.ofSeconds(7));
        assertThat(request.overrideConfiguration().orElseThrow().headers()).containsKey("x-door");
    }

    @Test
    void authorize_whenSessionIsTheClientsOwn_leavesTheRequestAlone() {
        StrategySession own = StrategySession.clientsOwn();
        own.evict();

        assertThat(own.authorize(GetCallerIdentityRequest.builder()).build().overrideConfiguration())
                .isEmpty();
        assertThat(StrategySession.clientsOwn()).isNotSameAs(own);
    }

    @Test
    void evict_whenAwsCalledTheSessionExpired_makesTheNextCallAssumeAgain() {
        StrategySession session = sessions(ALL).build().open(door("front"), Samples.requester());
        GetCallerIdentityRequest request =
                session.authorize(GetCallerIdentityRequest.builder()).build();
        assertThat(accessKey(request)).isEqualTo("ASIA1");

        session.evict();
        session.evict();

        assertThat(assumed).hasSize(1);
        GetCallerIdentityRequest next =
                session.authorize(GetCallerIdentityRequest.builder()).build();
        assertThat(accessKey(next)).isEqualTo("ASIA2");
        assertThat(accessKey(next)).isEqualTo("ASIA2");
        assertThat(assumed).hasSize(2);
    }

    @Test
    void evict_whenNothingWasSentYet_dropsNothing() {
        StrategySession session = sessions(ALL).build().open(door("front"), Samples.requester());

        session.evict();

        assertThat(accessKey(
                        session.authorize(GetCallerIdentityRequest.builder()).build()))
                .isEqualTo("ASIA1");
    }

    @Test
    void evict_whenAnotherThreadHasANewSessionAlready_keepsIt() {
        StrategySessions sessions = sessions(ALL).build();
        StrategySession slow = sessions.open(door("front"), Samples.requester());
        slow.authorize(GetCallerIdentityRequest.builder());
        StrategySession fast = sessions.open(door("front"), Samples.requester());
        fast.authorize(GetCallerIdentityRequest.builder());
        fast.evict();
        fast.authorize(GetCallerIdentityRequest.builder());

        slow.evict();

        assertThat(accessKey(slow.authorize(GetCallerIdentityRequest.builder()).build()))
                .isEqualTo("ASIA2");
    }

    @Test
    void open_whenManyTargetsAreAskedFor_opensASessionForEachOnce() {
        StrategySessions sessions = sessions(ALL).scope(SessionScope.TARGET).build();
        IntStream.range(0, 40).forEach(i -> sessions.open(door("d" + i % 20), Samples.requester()));

        assertThat(policies()).hasSize(20).doesNotHaveDuplicates();
    }

    private static String accessKey(GetCallerIdentityRequest request) {
        return Objects.requireNonNull(request.overrideConfiguration()
                .flatMap(AwsRequestOverrideConfiguration::credentialsProvider)
                .orElseThrow()
                .resolveCredentials()
                .accessKeyId());
    }
}
