package dev.connector.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.mockingDetails;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import com.sun.management.ThreadMXBean;
import dev.connector.core.PolicyDocument.Statement;
import dev.connector.core.RoleAssumptionException.Hop;
import dev.connector.core.RoleAssumptionException.Reason;
import dev.connector.testing.AwsFact;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.ArgumentCaptor;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** The chain of roles over a mocked client, as users of mocks see it. */
@Timeout(60)
class RuntimeConnectorTest {

    private static final AwsCredentials SERVICE = AwsBasicCredentials.create("service", Samples.SECRET_KEY);

    private final VirtualClock clock = new VirtualClock();
    private final StsClient sts = mock(StsClient.class);
    private final List<AssumeRoleRequest> requests = new ArrayList<>();
    private final AtomicInteger keys = new AtomicInteger();

    RuntimeConnectorTest() {
        answerSessions();
    }

    @Test
    void session_whenUsed_goesThroughTheRuntimeRoleWithOneClient() {
        RuntimeConnector connector = builder().build();
        RoleSession session = connector.session(ConnectorRole.of(Samples.IAM_ROLE));
        verifyNoInteractions(sts);

        AwsCredentials credentials = session.credentialsProvider().resolveCredentials();

        assertThat(credentials.accessKeyId()).isEqualTo("key-2");
        assertThat(requests).hasSize(2);
        AssumeRoleRequest first = requests.get(0);
        assertThat(first.roleArn()).isEqualTo(Samples.RUNTIME_ROLE);
        assertThat(first.externalId()).isEqualTo(Samples.EXTERNAL_ID);
        assertThat(first.roleSessionName()).isEqualTo("connector-main");
        assertThat(first.durationSeconds()).isEqualTo(3_600);
        assertThat(signer(first)).isEqualTo("service");
        AssumeRoleRequest second = requests.get(1);
        assertThat(second.roleArn()).isEqualTo(Samples.IAM_ROLE);
        assertThat(second.externalId()).isNull();
        assertThat(second.policy()).isNull();
        assertThat(second.roleSessionName()).isEqualTo("connector-main");
        assertThat(second.durationSeconds()).isEqualTo(3_600);
        assertThat(signer(second)).isEqualTo("key-1");
        assertThat(requests)
                .allSatisfy(request -> assertThat(
                                request.overrideConfiguration().orElseThrow().apiCallTimeout())
                        .contains(Duration.ofSeconds(5)));
    }

    /** Trust policies in use allow sts:AssumeRole and nothing beside it. */
    @AwsFact(4)
    @Test
    void session_always_sendsNeitherTagsNorSourceIdentity() {
        builder().build().session(ConnectorRole.of(Samples.IAM_ROLE)).refresh();

        assertThat(requests).hasSize(2).allSatisfy(request -> {
            assertThat(request.hasTags()).isFalse();
            assertThat(request.hasTransitiveTagKeys()).isFalse();
            assertThat(request.sourceIdentity()).isNull();
        });
    }

    @Test
    void session_whenRoleSaysMore_sendsIt() {
        PolicyDocument policy = PolicyDocument.of(Statement.allow(List.of("iam:GetUser"), List.of("*")));
        ConnectorRole role = ConnectorRole.builder(Samples.IAM_ROLE)
                .externalId("second-id")
                .sessionName("ada@example.com")
                .sessionDuration(Duration.ofMinutes(15))
                .sessionPolicy(policy)
                .build();

        builder().stsTimeout(Duration.ofSeconds(2)).build().session(role).refresh();

        AssumeRoleRequest request = requests.get(1);
        assertThat(request.externalId()).isEqualTo("second-id");
        assertThat(request.roleSessionName()).isEqualTo("ada@example.com");
        assertThat(request.durationSeconds()).isEqualTo(900);
        assertThat(request.policy()).isEqualTo(policy.toJson());
        assertThat(request.overrideConfiguration().orElseThrow().apiCallTimeout())
                .contains(Duration.ofSeconds(2));
    }

    @Test
    void session_whenRolesAreEqual_areOneSession() {
        RuntimeConnector connector = builder().build();
        ConnectorRole role = ConnectorRole.of(Samples.IAM_ROLE);

        AwsCredentials first = connector.session(role).credentialsProvider().resolveCredentials();
        AwsCredentials again = connector
                .session(ConnectorRole.builder(Samples.IAM_ROLE).build())
                .credentialsProvider()
                .resolveCredentials();
        AwsCredentials named = connector
                .session(ConnectorRole.builder(Samples.IAM_ROLE)
                        .sessionName("ada")
                        .build())
                .credentialsProvider()
                .resolveCredentials();

        assertThat(again).isSameAs(first);
        assertThat(named).isNotSameAs(first);
        assertThat(requests).hasSize(3);
    }

    @Test
    void credentialsProvider_whenUsed_givesTheRuntimeRolesSession() {
        RuntimeConnector connector = builder().build();
        AwsCredentialsProvider provider = connector.credentialsProvider();

        assertThat(provider.resolveCredentials())
                .isSameAs(provider.resolveCredentials())
                .isInstanceOfSatisfying(AwsSessionCredentials.class, credentials -> {
                    assertThat(credentials.accessKeyId()).isEqualTo("key-1");
                    assertThat(credentials.secretAccessKey()).isEqualTo(Samples.SECRET_KEY);
                    assertThat(credentials.sessionToken()).isEqualTo(Samples.TOKEN);
                    assertThat(credentials.accountId()).contains(Samples.ACCOUNT);
                    assertThat(credentials.expirationTime())
                            .contains(clock.instant().plusSeconds(3_600));
                });
        assertThat(requests).hasSize(1);
    }

    @Test
    void credentialsProvider_whenClientIsGivenWithoutSource_leavesTheClientItsOwn() {
        RuntimeConnector connector = RuntimeConnector.builder()
                .settings(Samples.settings())
                .environment("main")
                .stsClient(sts)
                .clock(clock)
                .build();

        connector.session(ConnectorRole.of(Samples.IAM_ROLE)).refresh();

        assertThat(requests.get(0).overrideConfiguration().orElseThrow().credentialsIdentityProvider())
                .isEmpty();
        assertThat(signer(requests.get(1))).isEqualTo("key-1");
    }

    @AwsFact(7)
    @Test
    void credentialsProvider_whenSessionEnds_givesAnotherToTheSameProvider() {
        AwsCredentialsProvider provider = builder().build().credentialsProvider();
        AwsCredentials first = provider.resolveCredentials();

        clock.advance(Duration.ofHours(1));

        assertThat(provider.resolveCredentials()).isNotEqualTo(first);
    }

    @AwsFact(6)
    @Test
    void session_whenStsCallsTheRuntimeSessionExpired_replacesItAndTriesOnceMore() {
        RuntimeConnector connector = builder().build();
        connector.credentialsProvider().resolveCredentials();
        answer(
                () -> fail(Samples.stsError(400, "ExpiredTokenException", "The security token is expired")),
                this::open,
                this::open);

        connector.session(ConnectorRole.of(Samples.IAM_ROLE)).refresh();

        assertThat(requests)
                .extracting(AssumeRoleRequest::roleArn)
                .containsExactly(Samples.RUNTIME_ROLE, Samples.IAM_ROLE, Samples.RUNTIME_ROLE, Samples.IAM_ROLE);
        assertThat(signer(requests.get(1))).isEqualTo("key-1");
        assertThat(signer(requests.get(3))).isEqualTo("key-2");
    }

    @Test
    void session_whenTheNewRuntimeSessionIsCalledExpiredToo_says() {
        RuntimeConnector connector = builder().build();
        connector.credentialsProvider().resolveCredentials();
        answer(
                () -> fail(Samples.stsError(400, "ExpiredToken", "expired")),
                this::open,
                () -> fail(Samples.stsError(400, "ExpiredToken", "expired")));

        RoleAssumptionException thrown = thrownBy(connector.session(ConnectorRole.of(Samples.IAM_ROLE)));

        assertThat(thrown.reason()).isEqualTo(Reason.EXPIRED_SOURCE);
        assertThat(thrown.hop()).isEqualTo(Hop.CONNECTOR);
        assertThat(thrown).hasMessageContaining("clock");
    }

    @AwsFact(8)
    @Test
    void session_whenTheFirstLinkFails_saysWhich() {
        answer(() -> fail(Samples.stsError(403, "AccessDenied", "User is not authorized to perform: sts:AssumeRole")));

        RoleAssumptionException thrown = thrownBy(builder().build().session(ConnectorRole.of(Samples.IAM_ROLE)));

        assertThat(thrown.hop()).isEqualTo(Hop.RUNTIME);
        assertThat(thrown.roleArn()).isEqualTo(Samples.RUNTIME_ROLE);
        assertThat(thrown.reason()).isEqualTo(Reason.DENIED);
        assertThat(requests).hasSize(1);
    }

    @Test
    void session_whenSourceIsCalledExpired_asksItAgainOnce() {
        AtomicInteger asked = new AtomicInteger();
        AwsCredentialsProvider source =
                () -> AwsBasicCredentials.create("service-" + asked.incrementAndGet(), Samples.SECRET_KEY);
        answer(() -> fail(Samples.stsError(400, "ExpiredToken", "expired")), this::open);

        builder().sourceCredentials(source).build().credentialsProvider().resolveCredentials();

        assertThat(requests).extracting(RuntimeConnectorTest::signer).containsExactly("service-1", "service-2");
    }

    @Test
    void credentialsProvider_whenThrottled_triesAgainWithinTheLimit() {
        answer(() -> fail(Samples.stsError(400, "Throttling", "Rate exceeded")), this::open);

        builder().build().credentialsProvider().resolveCredentials();

        assertThat(requests).hasSize(2);
        assertThat(clock.sleeps()).hasSize(1);
        assertThat(requests.get(1).overrideConfiguration().orElseThrow().apiCallTimeout())
                .contains(Duration.ofSeconds(5).minus(clock.sleeps().get(0)));
    }

    @Test
    void session_whenAnAttemptTakesAllTheTime_isNotTriedAgain() {
        RuntimeConnector connector = builder().build();
        connector.credentialsProvider().resolveCredentials();
        answer(
                () -> {
                    clock.advance(Duration.ofSeconds(6));
                    return fail(Samples.stsError(400, "Throttling", "Rate exceeded"));
                },
                this::open);

        assertThatThrownBy(() ->
                        connector.session(ConnectorRole.of(Samples.IAM_ROLE)).refresh())
                .isInstanceOfSatisfying(
                        RoleAssumptionException.class,
                        thrown -> assertThat(thrown.reason()).isEqualTo(Reason.THROTTLED));
    }

    @Test
    void session_whenAwsGivesLessThanWasAsked_endsWithAws() {
        when(sts.assumeRole(any(AssumeRoleRequest.class))).thenAnswer(call -> {
            requests.add(call.getArgument(0));
            return Samples.session("key", clock.instant().plus(Duration.ofMinutes(20)));
        });
        AwsCredentialsProvider provider = builder().build().credentialsProvider();
        AwsCredentials first = provider.resolveCredentials();

        clock.advance(Duration.ofMinutes(16));
        assertThat(provider.resolveCredentials()).isSameAs(first);
        clock.advance(Duration.ofMinutes(4));
        assertThat(provider.resolveCredentials()).isNotSameAs(first);
    }

    /** A clock that is behind makes AWS's end look far away; what was asked for is then the limit. */
    @Test
    void session_whenWallClockIsBehind_endsAsAsked() {
        when(sts.assumeRole(any(AssumeRoleRequest.class)))
                .thenAnswer(call -> Samples.session("key", clock.instant().plus(Duration.ofHours(9))));
        AwsCredentialsProvider provider = builder().build().credentialsProvider();
        AwsCredentials first = provider.resolveCredentials();

        clock.advance(Duration.ofHours(1));

        assertThat(provider.resolveCredentials()).isNotSameAs(first);
    }

    @Test
    void session_whenWallClockIsAheadOfTheSessionsEnd_failsClosed() {
        when(sts.assumeRole(any(AssumeRoleRequest.class)))
                .thenAnswer(call -> Samples.session("key", clock.instant().minusSeconds(1)));

        RoleAssumptionException thrown = catchThrowableOfType(
                RoleAssumptionException.class,
                () -> builder().build().credentialsProvider().resolveCredentials());

        assertThat(thrown.reason()).isEqualTo(Reason.CLOCK_SKEWED);
        assertThat(thrown).hasMessageContaining("2025-12-31T23:59:59Z").hasMessageContaining("2026-01-01T00:00:00Z");
    }

    @Test
    void session_whenMockAnswersWithoutExpiration_endsAsAsked() {
        when(sts.assumeRole(any(AssumeRoleRequest.class))).thenAnswer(call -> Samples.session("key", null));

        AwsCredentialsProvider provider = builder().build().credentialsProvider();

        assertThat(provider.resolveCredentials()).isSameAs(provider.resolveCredentials());
    }

    @Test
    void session_whenMockAnswersNothing_namesTheOperationToStub() {
        StsClient unstubbed = mock(StsClient.class);

        assertThatIllegalStateException()
                .isThrownBy(() -> builder()
                        .stsClient(unstubbed)
                        .build()
                        .credentialsProvider()
                        .resolveCredentials())
                .withMessageContaining("sts:AssumeRole");
        assertThatIllegalStateException()
                .isThrownBy(() -> builder()
                        .stsClient(unstubbed)
                        .expectedSource("arn:*")
                        .build()
                        .credentialsProvider()
                        .resolveCredentials())
                .withMessageContaining("sts:GetCallerIdentity");
    }

    @Test
    void session_whenMockAnswersWithoutCredentials_says() {
        for (AssumeRoleResponse incomplete : List.of(
                AssumeRoleResponse.builder().build(),
                AssumeRoleResponse.builder()
                        .credentials(c -> c.secretAccessKey("s").sessionToken("t"))
                        .build(),
                AssumeRoleResponse.builder()
                        .credentials(c -> c.accessKeyId("a").sessionToken("t"))
                        .build(),
                AssumeRoleResponse.builder()
                        .credentials(c -> c.accessKeyId("a").secretAccessKey("s"))
                        .build())) {
            when(sts.assumeRole(any(AssumeRoleRequest.class))).thenReturn(incomplete);

            assertThatIllegalStateException()
                    .isThrownBy(() -> builder().build().credentialsProvider().resolveCredentials())
                    .withMessageContaining("without complete credentials");
        }
    }

    @Test
    void expectedSource_whenItIs_asksOnce() {
        answerIdentity("arn:aws:sts::111122223333:assumed-role/MyService/i-1");
        RuntimeConnector connector = builder()
                .expectedSource("arn:aws:sts::111122223333:assumed-role/MyService/*")
                .build();

        connector.credentialsProvider().resolveCredentials();
        clock.advance(Duration.ofHours(1));
        connector.credentialsProvider().resolveCredentials();

        ArgumentCaptor<GetCallerIdentityRequest> asked = ArgumentCaptor.forClass(GetCallerIdentityRequest.class);
        verify(sts, times(1)).getCallerIdentity(asked.capture());
        assertThat(signer(asked.getValue())).isEqualTo("service");
        assertThat(asked.getValue().overrideConfiguration().orElseThrow().apiCallTimeout())
                .contains(Duration.ofSeconds(5));
        assertThat(requests).hasSize(2);
    }

    @Test
    void expectedSource_whenItIsNot_assumesNothingAndAsksAgainNextTime() {
        answerIdentity("arn:aws:iam::111122223333:user/MyService");
        RuntimeConnector connector = builder()
                .expectedSource("arn:aws:iam::111122223333:role.MyService")
                .build();

        for (int i = 0; i < 2; i++) {
            RoleAssumptionException thrown = catchThrowableOfType(
                    RoleAssumptionException.class,
                    () -> connector.credentialsProvider().resolveCredentials());
            assertThat(thrown.reason()).isEqualTo(Reason.UNEXPECTED_SOURCE);
            assertThat(thrown.hop()).isEqualTo(Hop.RUNTIME);
            assertThat(thrown)
                    .hasMessageContaining("user/MyService")
                    .hasMessageContaining("role.MyService")
                    .hasMessageContaining("expectedSource");
        }
        verify(sts, times(2)).getCallerIdentity(any(GetCallerIdentityRequest.class));
        verify(sts, never()).assumeRole(any(AssumeRoleRequest.class));
    }

    @Test
    void expectedSource_whenAMockAnswersWithoutAnArn_saysWhatToAnswer() {
        when(sts.getCallerIdentity(any(GetCallerIdentityRequest.class)))
                .thenReturn(GetCallerIdentityResponse.builder().build());

        assertThatIllegalStateException()
                .isThrownBy(() -> builder()
                        .expectedSource("arn:aws:*")
                        .build()
                        .credentialsProvider()
                        .resolveCredentials())
                .withMessageContaining("sts:GetCallerIdentity");
    }

    @Test
    void expectedSource_whenItCannotBeAsked_says() {
        when(sts.getCallerIdentity(any(GetCallerIdentityRequest.class)))
                .thenThrow(Samples.stsError(403, "InvalidClientTokenId", "The security token is invalid"));

        RoleAssumptionException thrown = catchThrowableOfType(
                RoleAssumptionException.class,
                () -> builder()
                        .expectedSource("arn:aws:*")
                        .build()
                        .credentialsProvider()
                        .resolveCredentials());

        assertThat(thrown.reason()).isEqualTo(Reason.INVALID_SOURCE_CREDENTIALS);
        assertThat(thrown.awsOperation()).contains("sts:GetCallerIdentity");
    }

    @Test
    void expectedSource_whenAskingTakesAllTheTime_doesNotAskAgain() {
        List<Duration> limits = new ArrayList<>();
        when(sts.getCallerIdentity(any(GetCallerIdentityRequest.class))).thenAnswer(call -> {
            GetCallerIdentityRequest request = call.getArgument(0);
            limits.add(request.overrideConfiguration()
                    .orElseThrow()
                    .apiCallTimeout()
                    .orElseThrow());
            clock.advance(Duration.ofSeconds(6));
            throw Samples.stsError(403, "ExpiredToken", "expired");
        });

        RoleAssumptionException thrown = catchThrowableOfType(
                RoleAssumptionException.class,
                () -> builder()
                        .expectedSource("arn:aws:*")
                        .build()
                        .credentialsProvider()
                        .resolveCredentials());

        assertThat(thrown.reason()).isEqualTo(Reason.EXPIRED_SOURCE);
        assertThat(limits).containsExactly(Duration.ofSeconds(5));
    }

    @Test
    void sourceCredentials_whenThereAreNone_says() {
        AwsCredentialsProvider empty = () -> {
            throw SdkClientException.create("Unable to load credentials from any of the providers");
        };

        RoleAssumptionException thrown = catchThrowableOfType(
                RoleAssumptionException.class,
                () -> builder()
                        .sourceCredentials(empty)
                        .build()
                        .credentialsProvider()
                        .resolveCredentials());

        assertThat(thrown.reason()).isEqualTo(Reason.NO_SOURCE_CREDENTIALS);
        assertThat(thrown.isRetryable()).isTrue();
        assertThat(thrown).hasMessageContaining("sourceCredentials").hasCauseInstanceOf(SdkClientException.class);
        verifyNoInteractions(sts);
    }

    @Test
    void sourceCredentials_whenInterrupted_saysSo() throws Exception {
        AwsCredentialsProvider interrupted = () -> {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted waiting to refresh a cached value.");
        };
        RuntimeConnector connector = builder().sourceCredentials(interrupted).build();

        Threads.Run<AwsCredentials> run =
                Threads.start(() -> connector.credentialsProvider().resolveCredentials());

        assertThat(run.thrown())
                .isInstanceOfSatisfying(
                        RoleAssumptionException.class,
                        thrown -> assertThat(thrown.reason()).isEqualTo(Reason.INTERRUPTED));
        assertThat(run.endedInterrupted()).isTrue();
    }

    @Test
    void credentialsProvider_whenThreadIsInterruptedBefore_sendsNothing() throws Exception {
        RuntimeConnector connector = builder().build();

        Threads.Run<AwsCredentials> run = Threads.start(() -> {
            Thread.currentThread().interrupt();
            return connector.credentialsProvider().resolveCredentials();
        });

        assertThat(run.thrown()).isInstanceOfSatisfying(RoleAssumptionException.class, thrown -> {
            assertThat(thrown.reason()).isEqualTo(Reason.INTERRUPTED);
            assertThat(thrown.isRetryable()).isTrue();
        });
        assertThat(run.endedInterrupted()).isTrue();
        verifyNoInteractions(sts);
    }

    /** Threads that wait share the failure, each with a stack trace of its own. */
    @Test
    void credentialsProvider_whenWaitingForAnothersFailure_throwsAnEqualOne() throws Exception {
        when(sts.assumeRole(any(AssumeRoleRequest.class))).thenAnswer(call -> {
            Threads.await(() -> clock.waiting() == 1);
            throw Samples.stsError(403, "AccessDenied", "no");
        });
        RuntimeConnector connector = builder().build();
        Threads.Run<AwsCredentials> one =
                Threads.start(() -> connector.credentialsProvider().resolveCredentials());
        Threads.Run<AwsCredentials> other =
                Threads.start(() -> connector.credentialsProvider().resolveCredentials());

        assertThat(one.thrown()).isNotSameAs(other.thrown());
        assertThat(one.thrown())
                .isInstanceOf(RoleAssumptionException.class)
                .hasMessage(other.thrown().getMessage());
        assertThat(((RoleAssumptionException) other.thrown()).awsRequestId()).contains("request-1");
    }

    @Test
    void credentialsProvider_whenWaitingForAnothersMistake_throwsAnEqualOne() throws Exception {
        answerIdentity("arn:aws:iam::111122223333:user/x");
        when(sts.getCallerIdentity(any(GetCallerIdentityRequest.class))).thenAnswer(call -> {
            Threads.await(() -> clock.waiting() == 1);
            return GetCallerIdentityResponse.builder()
                    .arn("arn:aws:iam::1:user/x")
                    .build();
        });
        RuntimeConnector connector =
                builder().expectedSource("arn:aws:iam::2:user/x").build();
        Threads.Run<AwsCredentials> one =
                Threads.start(() -> connector.credentialsProvider().resolveCredentials());
        Threads.Run<AwsCredentials> other =
                Threads.start(() -> connector.credentialsProvider().resolveCredentials());

        assertThat(one.thrown())
                .isInstanceOf(RoleAssumptionException.class)
                .hasMessage(other.thrown().getMessage());
        assertThat(one.thrown()).isNotSameAs(other.thrown());
    }

    @Test
    void credentialsProvider_whenWaitingForAMockThatAnswersNothing_throwsTheSame() throws Exception {
        when(sts.assumeRole(any(AssumeRoleRequest.class))).thenAnswer(call -> {
            Threads.await(() -> clock.waiting() == 1);
            return null;
        });
        RuntimeConnector connector = builder().build();
        Threads.Run<AwsCredentials> one =
                Threads.start(() -> connector.credentialsProvider().resolveCredentials());
        Threads.Run<AwsCredentials> other =
                Threads.start(() -> connector.credentialsProvider().resolveCredentials());

        assertThat(one.thrown()).isInstanceOf(IllegalStateException.class);
        assertThat(other.thrown()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void credentialsProvider_whenWaitingTakesTooLong_timesOutAndWhenInterruptedLeaves() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        when(sts.assumeRole(any(AssumeRoleRequest.class))).thenAnswer(call -> {
            hanging.await();
            return Samples.session("late", null);
        });
        RuntimeConnector connector = builder().build();
        Threads.start(() -> connector.credentialsProvider().resolveCredentials());
        Threads.await(() -> !mockingCalls().isEmpty());
        Threads.Run<AwsCredentials> impatient =
                Threads.start(() -> connector.credentialsProvider().resolveCredentials());
        Threads.Run<AwsCredentials> interrupted =
                Threads.start(() -> connector.credentialsProvider().resolveCredentials());
        Threads.await(() -> clock.waiting() == 2);

        interrupted.thread().interrupt();
        assertThat(((RoleAssumptionException) interrupted.thrown()).reason()).isEqualTo(Reason.INTERRUPTED);
        clock.advance(Duration.ofSeconds(20));

        assertThat(((RoleAssumptionException) impatient.thrown()).reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(((RoleAssumptionException) impatient.thrown()).isRetryable()).isTrue();
        hanging.countDown();
    }

    @Test
    void listener_whenSessionsAreOpened_isTold() {
        List<ConnectorListener.Refresh> refreshes = new ArrayList<>();
        List<ConnectorListener.Call> calls = new ArrayList<>();
        RuntimeConnector connector = builder()
                .listener(new ConnectorListener() {
                    @Override
                    public void onRefresh(Refresh refresh) {
                        refreshes.add(refresh);
                    }

                    @Override
                    public void onCall(Call call) {
                        calls.add(call);
                        throw new IllegalStateException("a broken metric");
                    }
                })
                .build();
        answer(this::open, () -> fail(Samples.stsError(403, "AccessDenied", "no")));

        thrownBy(connector.session(ConnectorRole.of(Samples.IAM_ROLE)));

        assertThat(refreshes)
                .extracting(ConnectorListener.Refresh::roleArn)
                .containsExactly(Samples.RUNTIME_ROLE, Samples.IAM_ROLE);
        assertThat(refreshes.get(0).failure()).isEmpty();
        assertThat(refreshes.get(1).failure().orElseThrow().kind()).isEqualTo(AwsFailure.Kind.DENIED);
        assertThat(calls).hasSize(2);
    }

    @Test
    void listener_whenNothingCouldBeSent_isToldWhy() {
        List<Optional<AwsFailure>> failures = new ArrayList<>();
        answerIdentity("arn:aws:iam::111122223333:user/other");
        RuntimeConnector connector = builder()
                .expectedSource("arn:aws:iam::111122223333:user/service")
                .listener(new ConnectorListener() {
                    @Override
                    public void onRefresh(Refresh refresh) {
                        failures.add(refresh.failure());
                    }
                })
                .build();

        assertThatThrownBy(() -> connector.credentialsProvider().resolveCredentials())
                .isInstanceOf(RoleAssumptionException.class);

        assertThat(failures.get(0).orElseThrow().kind()).isEqualTo(AwsFailure.Kind.NOT_SENT);
    }

    @Test
    void session_whenRoleIsOutsideThePath_refusesBeforeAnyCall() {
        assertRefused("arn:aws:iam::111122223333:role/SymIAMMain", "rolePathPrefix");
        assertRefused("arn:aws:iam::111122223333:role/symx/SymIAMMain", "rolePathPrefix");
        assertRefused("arn:aws:iam::111122223333:role/a/sym/SymIAMMain", "rolePathPrefix");
    }

    @Test
    void session_whenRoleIsOfAnotherAccount_refusesBeforeAnyCall() {
        assertRefused("arn:aws:iam::999999999999:role/sym/SymIAMMain", "allowedAccounts");
    }

    @Test
    void session_whenRoleIsOfAnotherPartition_refusesBeforeAnyCall() {
        assertRefused("arn:aws-cn:iam::111122223333:role/sym/SymIAMMain", "partition");
    }

    @Test
    void session_whenSeveralThingsAreWrong_namesAll() {
        InvalidSettingsException thrown = catchThrowableOfType(
                InvalidSettingsException.class,
                () -> builder().build().session(ConnectorRole.of("arn:aws-cn:iam::999999999999:role/Admin")));

        assertThat(thrown.problems())
                .hasSize(3)
                .allSatisfy(problem -> assertThat(problem).startsWith("role_arn: "));
    }

    @Test
    void session_whenAccountsAndPathAreAllowed_takesThem() {
        RuntimeConnector connector = builder()
                .allowedAccounts(List.of(Samples.ACCOUNT, "999999999999"))
                .rolePathPrefix("/")
                .build();

        assertThat(connector
                        .session(ConnectorRole.of("arn:aws:iam::999999999999:role/Admin"))
                        .roleArn())
                .hasToString("arn:aws:iam::999999999999:role/Admin");
    }

    @Test
    void build_whenSettingsAreWrong_namesAllAtOnceAndMakesNothing() {
        SdkHttpClient http = mock(SdkHttpClient.class);

        InvalidSettingsException thrown = catchThrowableOfType(
                InvalidSettingsException.class,
                () -> RuntimeConnector.builder()
                        .roleArn("arn:aws:iam::111122223333:role/Admin")
                        .externalId("very secret")
                        .allowedAccounts(List.of("999999999999", "x"))
                        .sessionDuration(Duration.ofHours(13))
                        .stsTimeout(Duration.ZERO)
                        .rolePathPrefix("sym")
                        .expectedSource("MyService")
                        .sessionName("a b")
                        .maxCachedSessions(0)
                        .httpClient(http)
                        .build());

        assertThat(thrown).hasMessageStartingWith("Cannot make the runtime connector: 12 settings are wrong.");
        assertThat(thrown.problems())
                .extracting(problem -> problem.substring(0, problem.indexOf(':')))
                .containsExactlyInAnyOrder(
                        "region",
                        "external_id",
                        "environment",
                        "sessionDuration",
                        "stsTimeout",
                        "rolePathPrefix",
                        "allowedAccounts",
                        "expectedSource",
                        "sessionName",
                        "maxCachedSessions",
                        "role_arn",
                        "role_arn");
        assertThat(thrown).hasMessageNotContaining("very secret");
        verifyNoInteractions(http);
    }

    @AwsFact(1)
    @Test
    void build_whenDurationIsOutOfRange_refuses() {
        for (Duration wrong :
                List.of(Duration.ofSeconds(899), Duration.ofSeconds(43_201), Duration.ofMillis(900_500))) {
            assertThatThrownBy(() -> builder().sessionDuration(wrong).build())
                    .isInstanceOf(InvalidSettingsException.class)
                    .hasMessageContaining("sessionDuration");
        }
        builder()
                .sessionDuration(Duration.ofHours(12))
                .build()
                .credentialsProvider()
                .resolveCredentials();
        assertThat(requests.get(0).durationSeconds()).isEqualTo(43_200);
    }

    @Test
    void build_whenTimeoutOrAccountsAreOutOfRange_refuses() {
        for (Duration wrong : List.of(Duration.ofSeconds(-1), Duration.ofSeconds(61))) {
            assertThatThrownBy(() -> builder().stsTimeout(wrong).build()).hasMessageContaining("stsTimeout");
        }
        assertThatThrownBy(() -> builder().allowedAccounts(List.of()).build()).hasMessageContaining("allowedAccounts");
        assertThatThrownBy(
                        () -> builder().allowedAccounts(List.of("999999999999")).build())
                .hasMessageContaining("role_arn: must be of one of the accounts [999999999999]");
    }

    @Test
    void build_whenSettingsAreAValue_takesThem() {
        RuntimeConnectorSettings settings = RuntimeConnectorSettings.fromMap(Samples.settings());

        RuntimeConnector connector = RuntimeConnector.builder()
                .environment("main")
                .settings(settings)
                .stsClient(sts)
                .clock(clock)
                .build();

        assertThat(connector.environment()).isEqualTo("main");
        assertThat(connector.roleArn()).isEqualTo(settings.roleArn());
        assertThat(connector.region()).isEqualTo(Region.US_EAST_1);
        assertThat(connector.clock()).isSameAs(clock);
        assertThat(connector.listener()).isNotNull();
    }

    @Test
    void build_whenSetOneByOne_takesThem() {
        RuntimeConnector connector = RuntimeConnector.builder()
                .settings(Map.of())
                .roleArn("arn:aws-us-gov:iam::111122223333:role/sym/SymRuntimeMain")
                .externalId(Samples.EXTERNAL_ID)
                .environment("prod/eu west")
                .region(Region.US_GOV_WEST_1)
                .stsClient(sts)
                .clock(clock)
                .build();

        connector.credentialsProvider().resolveCredentials();

        assertThat(requests.get(0).roleSessionName()).matches("connector-prod-eu-west-[0-9a-f]{8}");
    }

    @Test
    void build_whenSessionNameIsGiven_sendsIt() {
        builder().sessionName("my-service").build().credentialsProvider().resolveCredentials();

        assertThat(requests.get(0).roleSessionName()).isEqualTo("my-service");
    }

    @Test
    void allowEndpoint_whenItIsNoHost_refuses() {
        for (String wrong : List.of("http://localhost", "localhost:4566", "a/b", "", "::1")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RuntimeConnector.builder().allowEndpoint(wrong));
        }
    }

    @Test
    void maxCachedSessions_whenExceeded_heldSessionsStillWork() {
        RuntimeConnector connector = builder().maxCachedSessions(1).build();
        RoleSession one = connector.session(named("one"));
        one.refresh();
        RoleSession other = connector.session(named("other"));
        other.refresh();

        assertThat(one.credentialsProvider().resolveCredentials()).isNotNull();
        assertThat(other.credentialsProvider().resolveCredentials()).isNotNull();
        assertThat(requests).hasSize(5);
    }

    @Test
    void refreshAndEvict_always_openAnotherSession() {
        RoleSession session = builder().build().session(ConnectorRole.of(Samples.IAM_ROLE));
        AwsCredentials first = session.credentialsProvider().resolveCredentials();

        session.refresh();
        AwsCredentials second = session.credentialsProvider().resolveCredentials();
        session.evict();
        AwsCredentials third = session.credentialsProvider().resolveCredentials();

        assertThat(List.of(first, second, third)).doesNotHaveDuplicates();
        assertThat(requests).hasSize(4);
        assertThat(session.roleArn()).hasToString(Samples.IAM_ROLE);
    }

    @Test
    void evict_whenManySawTheSameSessionFail_opensOneNewSession() {
        RoleSession session = builder().build().session(ConnectorRole.of(Samples.IAM_ROLE));
        AwsCredentials failed = session.credentialsProvider().resolveCredentials();

        for (int thread = 0; thread < 10; thread++) {
            session.evict(failed);
            assertThat(session.credentialsProvider().resolveCredentials()).isNotSameAs(failed);
        }

        assertThat(requests).hasSize(3);
    }

    /** It is asked at each call of each client. */
    @Test
    void credentialsProvider_whenSessionIsHeld_allocatesNothing() {
        AwsCredentialsProvider provider =
                builder().build().session(ConnectorRole.of(Samples.IAM_ROLE)).credentialsProvider();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        AwsCredentials last = provider.resolveCredentials();
        threads.getCurrentThreadAllocatedBytes();

        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10_000; i++) {
            last = provider.resolveCredentials();
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).isLessThan(10_000);
        assertThat(last.accessKeyId()).isEqualTo("key-2");
    }

    @AwsFact(10)
    @Test
    void close_always_leavesOpenWhatWasGivenAndCallsNothing() {
        SdkHttpClient http = mock(SdkHttpClient.class);
        ClosableSource source = mock(ClosableSource.class);
        when(source.resolveCredentials()).thenReturn(SERVICE);
        RuntimeConnector connector =
                builder().httpClient(http).sourceCredentials(source).build();
        RoleSession session = connector.session(ConnectorRole.of(Samples.IAM_ROLE));
        session.refresh();

        connector.close();
        connector.close();

        verify(sts, never()).close();
        verify(http, never()).close();
        verify(source, never()).close();
        assertThatIllegalStateException()
                .isThrownBy(() -> session.credentialsProvider().resolveCredentials());
        assertThatIllegalStateException().isThrownBy(session::refresh);
        assertThatIllegalStateException().isThrownBy(() -> session.configure(StsClient.builder()));
        assertThatIllegalStateException()
                .isThrownBy(() -> connector.credentialsProvider().resolveCredentials());
        assertThatIllegalStateException().isThrownBy(() -> connector.session(ConnectorRole.of(Samples.IAM_ROLE)));
        assertThatIllegalStateException().isThrownBy(() -> connector.configure(StsClient.builder()));
        session.evict();
        assertThat(requests).hasSize(2);
    }

    @Test
    void toString_always_leavesSecretsOut() {
        RuntimeConnector connector = builder().build();
        RoleSession session = connector.session(ConnectorRole.builder(Samples.IAM_ROLE)
                .externalId(Samples.EXTERNAL_ID)
                .build());
        session.refresh();

        assertThat("" + connector + session + connector.credentialsProvider() + session.credentialsProvider())
                .contains(Samples.RUNTIME_ROLE)
                .contains(Samples.IAM_ROLE)
                .doesNotContain(Samples.EXTERNAL_ID)
                .doesNotContain(Samples.SECRET_KEY)
                .doesNotContain(Samples.TOKEN);
    }

    private RuntimeConnector.Builder builder() {
        return RuntimeConnector.builder()
                .settings(Samples.settings())
                .environment("main")
                .sourceCredentials(StaticCredentialsProvider.create(SERVICE))
                .stsClient(sts)
                .clock(clock);
    }

    private static ConnectorRole named(String sessionName) {
        return ConnectorRole.builder(Samples.IAM_ROLE).sessionName(sessionName).build();
    }

    private void assertRefused(String roleArn, String fragment) {
        assertThatThrownBy(() -> builder().build().session(ConnectorRole.of(roleArn)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(roleArn)
                .hasMessageContaining(fragment);
        verifyNoInteractions(sts);
    }

    private static RoleAssumptionException thrownBy(RoleSession session) {
        return catchThrowableOfType(
                RoleAssumptionException.class,
                () -> session.credentialsProvider().resolveCredentials());
    }

    private static String signer(AwsRequest request) {
        Optional<?> signer = request.overrideConfiguration().orElseThrow().credentialsIdentityProvider();
        return ((AwsCredentialsProvider) signer.orElseThrow())
                .resolveCredentials()
                .accessKeyId();
    }

    private List<?> mockingCalls() {
        return List.copyOf(mockingDetails(sts).getInvocations());
    }

    private interface Answer {
        AssumeRoleResponse get();
    }

    private void answerSessions() {
        answer();
    }

    /** These answers first, then sessions. */
    private void answer(Answer... answers) {
        AtomicInteger next = new AtomicInteger();
        when(sts.assumeRole(any(AssumeRoleRequest.class))).thenAnswer(call -> {
            requests.add(call.getArgument(0));
            int index = next.getAndIncrement();
            return index < answers.length ? answers[index].get() : open();
        });
    }

    private AssumeRoleResponse open() {
        AssumeRoleRequest request = requests.get(requests.size() - 1);
        return Samples.session("key-" + keys.incrementAndGet(), clock.instant().plusSeconds(request.durationSeconds()));
    }

    private static AssumeRoleResponse fail(RuntimeException failure) {
        throw failure;
    }

    private void answerIdentity(String arn) {
        when(sts.getCallerIdentity(any(GetCallerIdentityRequest.class)))
                .thenReturn(GetCallerIdentityResponse.builder().arn(arn).build());
    }

    /** A source that could be closed, as the SDK's own chain can. */
    private interface ClosableSource extends AwsCredentialsProvider, AutoCloseable {
        @Override
        void close();
    }
}
