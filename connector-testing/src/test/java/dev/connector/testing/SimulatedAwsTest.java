package dev.connector.testing;

import static dev.connector.testing.Samples.assumeRole;
import static dev.connector.testing.Samples.trust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connector.testing.internal.iam.Accounts;
import dev.connector.testing.internal.iam.IamService;
import dev.connector.testing.internal.identity.Ids;
import dev.connector.testing.internal.identitycenter.IdentityCenter;
import dev.connector.testing.internal.identitycenter.IdentityStoreService;
import dev.connector.testing.internal.identitycenter.SsoAdminService;
import dev.connector.testing.internal.server.Authorizer;
import dev.connector.testing.internal.server.ReadSettings;
import dev.connector.testing.internal.server.Service;
import dev.connector.testing.internal.sts.StsService;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.StsException;

class SimulatedAwsTest {

    private final SimulatedAws aws = SimulatedAws.create();

    @Test
    void authentication_ofUnknownKeysAndMixedUpSessions_isRefused() {
        Credentials session = session();
        AwsCredentials service = aws.serviceCredentials().resolveCredentials();

        assertNotAuthenticated(
                credentials(AwsBasicCredentials.create("AKIAUNKNOWNUNKNOWN00", "secret")), "InvalidClientTokenId");
        assertNotAuthenticated(
                credentials(AwsSessionCredentials.create(
                        session.accessKeyId(), session.secretAccessKey(), "another token")),
                "InvalidClientTokenId");
        assertNotAuthenticated(
                credentials(AwsBasicCredentials.create(session.accessKeyId(), session.secretAccessKey())),
                "InvalidClientTokenId");
        assertNotAuthenticated(
                credentials(AwsSessionCredentials.create(
                        service.accessKeyId(), service.secretAccessKey(), session.sessionToken())),
                "InvalidClientTokenId");
        assertNotAuthenticated(AnonymousCredentialsProvider.create(), "MissingAuthenticationToken");
        assertThat(aws.calls("GetCallerIdentity")).allSatisfy(call -> {
            assertThat(call.decision()).isEqualTo(Decision.NOT_AUTHENTICATED);
            assertThat(call.caller()).isEqualTo("anonymous");
            assertThat(call.callerRole()).isEmpty();
            assertThat(call.callerAccount()).isEmpty();
        });
    }

    @Test
    @AwsFact(6)
    void authentication_ofASessionThatHasEnded_isExpired() {
        StsClient sts = Samples.sts(aws, Samples.provider(session()));

        aws.clock().advance(Duration.ofMinutes(60).minusNanos(1));
        sts.getCallerIdentity();
        aws.clock().advance(Duration.ofNanos(1));
        assertThatThrownBy(sts::getCallerIdentity).isInstanceOfSatisfying(StsException.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ExpiredToken");
            assertThat(e.statusCode()).isEqualTo(403);
        });
    }

    @Test
    void unsignedCall_ofIam_isKnownByItsVersion() {
        IamClient anonymous = Samples.iam(aws, AnonymousCredentialsProvider.create());

        assertThatThrownBy(() -> anonymous.getUser(request -> request.userName("ada")))
                .isInstanceOfSatisfying(
                        IamException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("MissingAuthenticationToken"));
    }

    @Test
    void operation_thatIsNotSimulated_isRefusedByNameAndRecorded() {
        IamClient iam = Samples.iam(aws, aws.serviceCredentials());

        assertThatThrownBy(() -> iam.createUser(request -> request.userName("eve")))
                .isInstanceOfSatisfying(IamException.class, e -> {
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("NotSimulated");
                    assertThat(e.statusCode()).isEqualTo(501);
                    assertThat(e.awsErrorDetails().errorMessage())
                            .isEqualTo("SimulatedAws does not know iam:CreateUser; nothing was done");
                });
        assertThat(aws.calls()).singleElement().satisfies(call -> {
            assertThat(call.action()).isEqualTo("iam:CreateUser");
            assertThat(call.caller()).isEqualTo("arn:aws:iam::111122223333:user/service");
            assertThat(call.decision()).isEqualTo(Decision.NOT_SIMULATED);
            assertThat(call.errorCode()).contains("NotSimulated");
        });
    }

    @Test
    void service_thatIsNotSimulated_isRefusedByName() {
        SecretsManagerClient secrets =
                aws.configure(SecretsManagerClient.builder()).build();

        assertThatThrownBy(() -> secrets.listSecrets())
                .hasMessageContaining("SimulatedAws does not know the service secretsmanager");
        assertThat(aws.calls()).extracting(RecordedCall::service).containsExactly("secretsmanager");
    }

    @Test
    void request_thatNoServiceSends_isAnsweredAllTheSame() throws Exception {
        assertThat(post("").httpResponse().statusCode()).isEqualTo(501);
        assertThat(post("Version=%zz").httpResponse().statusCode()).isEqualTo(501);
        assertThat(post("Version=2011-06-15").httpResponse().statusCode()).isEqualTo(501);
        assertThat(post("Version=2011-06-15&Action=GetCallerIdentity&x")
                        .httpResponse()
                        .statusCode())
                .isEqualTo(403);
        HttpExecuteResponse garbled = post("Version=2011-06-15&Action=AssumeRole&DurationSeconds=long");
        assertThat(garbled.httpResponse().statusCode()).isEqualTo(400);
        assertThat(text(garbled)).contains("MalformedQueryString").contains("DurationSeconds");
        assertThat(aws.calls("AssumeRole").get(0).decision()).isEqualTo(Decision.REJECTED);
    }

    @Test
    void answer_hasARequestIdAndNoDate() throws Exception {
        Map<String, List<String>> headers = post("Version=2011-06-15&Action=GetCallerIdentity")
                .httpResponse()
                .headers();

        assertThat(headers).containsKey("x-amzn-RequestId").doesNotContainKey("Date");
    }

    @Test
    void request_ofAnInterruptedThread_isAnsweredUnlessItTakesTime() throws Exception {
        String form = "Version=2011-06-15&Action=GetCallerIdentity";
        aws.fault(2, Fault.SLOW_AFTER);
        Thread.currentThread().interrupt();

        assertThat(post(form).httpResponse().statusCode()).isEqualTo(403);
        assertThatThrownBy(() -> post(form)).isInstanceOf(ApiCallTimeoutException.class);
        assertThat(aws.clock().nanos()).isEqualTo(30_000_000_000L);
        aws.latency(Duration.ofSeconds(1));
        assertThat(post(form).httpResponse().statusCode()).isEqualTo(503);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(aws.calls()).hasSize(2);
        assertThat(aws.clock().nanos()).isEqualTo(30_000_000_000L);
    }

    @Test
    void httpClient_whenClosedOrAborted_goesOn() {
        aws.httpClient().close();
        ExecutableHttpRequest request = aws.httpClient().prepareRequest(request(""));
        request.abort();

        assertThat(aws.httpClient().clientName()).isEqualTo("SimulatedAws");
        Samples.sts(aws).getCallerIdentity();
        aws.close();
    }

    @Test
    void serviceCredentials_mayAssumeRolesAndNothingElse() {
        IamClient iam = Samples.iam(aws, aws.serviceCredentials());

        assertThat(aws.serviceCredentials()).isSameAs(aws.serviceCredentials());
        assertThatThrownBy(() -> iam.getUser())
                .hasMessageContaining("User: arn:aws:iam::111122223333:user/service is not authorized to perform:"
                        + " iam:GetUser on resource: user service");
    }

    @Test
    void credentialsOf_aUserWhoIsDeleted_areWorthNothing() {
        aws.iam().createUser("eve");
        aws.iam().putUserPolicy("eve", "all", Samples.allow("*", "*"));
        AwsCredentialsProvider eve = aws.credentialsOf("arn:aws:iam::111122223333:user/eve");
        aws.iam().deleteUser("eve");
        aws.iam().createUser("eve");

        assertThatThrownBy(() -> Samples.iam(aws, eve).getUser(request -> request.userName("eve")))
                .hasMessageContaining("no identity-based policy");
        assertThat(aws.credentialsOf("arn:aws:iam::111122223333:user/eve")).isNotSameAs(eve);
    }

    @Test
    void credentialsOf_nobody_isRefused() {
        for (String arn : List.of(
                "nonsense",
                "arn:aws:iam::111122223333:user/nobody",
                "arn:aws:iam::999999999999:role/Nothing",
                "arn:aws:iam::111122223333:role/Nothing")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> aws.credentialsOf(arn))
                    .withMessageContaining(arn);
        }
    }

    @Test
    void settings_outOfRange_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> aws.pageSize(0));
        assertThatIllegalArgumentException().isThrownBy(() -> aws.packedPolicyLimit(0));
        assertThatIllegalArgumentException().isThrownBy(() -> aws.propagationDelay(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> aws.propagationDelay(Duration.ofMinutes(61)));
        assertThatIllegalArgumentException().isThrownBy(() -> aws.iam("1"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SimulatedAws.builder().accountId("12345678901x"));
        assertThatIllegalArgumentException().isThrownBy(() -> aws.runtimeConnector("no spaces"));
        assertThatIllegalArgumentException().isThrownBy(() -> aws.iamConnector("main", "sym/*"));
        assertThatIllegalArgumentException().isThrownBy(() -> aws.calls("Nothing"));
    }

    @Test
    void connectors_ofOneEnvironment_areMadeOnce() {
        aws.runtimeConnector("main");
        aws.runtimeConnector("staging");

        assertThatIllegalStateException()
                .isThrownBy(() -> aws.runtimeConnector("main"))
                .withMessageContaining("SymRuntimeMain");
    }

    @Test
    void iamConnector_withPatterns_reachesTheseGroupsOnly() {
        aws.runtimeConnector("main");
        String role = Samples.role(aws.iamConnector("main", "/sym/On*", "/sym/dev/*"));
        aws.iam().createUser("ada");
        aws.iam().createGroup("/sym/", "OnCall");
        aws.iam().createGroup("/sym/dev/", "Builders");
        aws.iam().createGroup("/sym/", "Admins");
        IamClient iam = Samples.iam(aws, aws.credentialsOf(role));

        iam.addUserToGroup(request -> request.userName("ada").groupName("OnCall"));
        iam.addUserToGroup(request -> request.userName("ada").groupName("Builders"));
        assertThatThrownBy(() ->
                        iam.addUserToGroup(request -> request.userName("ada").groupName("Admins")))
                .hasMessageContaining("group Admins");
        assertThat(aws.iam().groupsOf("ada")).containsExactlyInAnyOrder("OnCall", "Builders");
    }

    @Test
    void builder_setsAccountTimeAndRegion() {
        SimulatedAws other = SimulatedAws.builder()
                .accountId("777788889999")
                .startingAt(Instant.parse("2030-05-05T05:05:05Z"))
                .region(Region.EU_WEST_1)
                .seed(7)
                .build();

        assertThat(other.accountId()).isEqualTo("777788889999");
        assertThat(other.runtimeConnector("main"))
                .containsEntry("region", "eu-west-1")
                .containsEntry("role_arn", "arn:aws:iam::777788889999:role/sym/SymRuntimeMain");
        assertThat(other)
                .hasToString("SimulatedAws[account=777788889999, region=eu-west-1, time=2030-05-05T05:05:05Z]");
    }

    @Test
    void configure_ofABuilderWithSettings_keepsThem() {
        var builder = StsClient.builder().overrideConfiguration(config -> config.putHeader("x-team", "blue"));

        assertThat(aws.configure(builder)).isSameAs(builder);
        assertThat(builder.overrideConfiguration().headers()).containsEntry("x-team", List.of("blue"));
    }

    @Test
    void tables_haveNoOperationThatFaultsCannotName() {
        Ids ids = new Ids(1);
        Accounts accounts = new Accounts("aws", aws.clock(), ids);
        Service sts = StsService.table(
                accounts,
                new dev.connector.testing.internal.identity.Credentials(ids),
                new Authorizer(accounts),
                () -> 1);
        Service iam = IamService.table(accounts, () -> ReadSettings.DEFAULT);
        IdentityCenter center = new IdentityCenter("aws", "111122223333", aws.clock(), 1);
        Service sso = SsoAdminService.table(center, () -> ReadSettings.DEFAULT);
        Service store = IdentityStoreService.table(center, () -> ReadSettings.DEFAULT);

        sts.operations()
                .forEach(operation -> aws.fault("sts:" + operation.route().operation(), 1, Fault.THROTTLE));
        iam.operations()
                .forEach(operation -> aws.fault("iam:" + operation.route().operation(), 1, Fault.THROTTLE));
        sso.operations()
                .forEach(operation -> aws.fault("sso:" + operation.route().operation(), 1, Fault.THROTTLE));
        store.operations()
                .forEach(operation ->
                        aws.fault("identitystore:" + operation.route().operation(), 1, Fault.THROTTLE));
    }

    @Test
    void seed_whenTheSame_givesTheSameTrace() {
        assertThat(trace(5)).isEqualTo(trace(5)).isNotEqualTo(trace(6));
    }

    @Test
    void calls_fromManyThreads_areAllAnsweredAndRecorded() {
        Samples.admin(aws);
        aws.iam().createGroup("/sym/", "OnCall");
        List<String> users = IntStream.range(0, 40).mapToObj(i -> "user" + i).toList();
        users.forEach(aws.iam()::createUser);
        IamClient iam = Samples.iam(aws, Samples.provider(aws, "Admin"));

        CompletableFuture<?>[] all = users.stream()
                .map(user -> CompletableFuture.runAsync(() ->
                        iam.addUserToGroup(request -> request.userName(user).groupName("OnCall"))))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(all).join();

        assertThat(aws.iam().members("OnCall")).containsExactlyInAnyOrderElementsOf(users);
        assertThat(aws.calls("AddUserToGroup")).hasSize(40);
    }

    @Test
    void texts_ofEverything_holdNoSecret() {
        Map<String, String> runtime = aws.runtimeConnector("main");
        AwsCredentials session = Samples.assumeRuntime(aws, runtime).resolveCredentials();
        Samples.sts(aws, credentials(session)).getCallerIdentity();
        List<String> texts = new ArrayList<>(List.of(aws.printCalls(), aws.toString()));
        aws.calls().forEach(call -> texts.add(call + " " + call.parameters()));

        assertThat(texts)
                .noneMatch(text -> text.contains(session.secretAccessKey()))
                .noneMatch(text -> text.contains(((AwsSessionCredentials) session).sessionToken()))
                .noneMatch(text -> text.contains(String.valueOf(runtime.get("external_id"))))
                .noneMatch(text -> text.contains("Simulated" + "S"));
        assertThat(aws.calls().get(0).parameters()).containsEntry("ExternalId", "***");
    }

    private String trace(long seed) {
        SimulatedAws seeded = SimulatedAws.builder().seed(seed).build();
        Map<String, String> runtime = seeded.runtimeConnector("main");
        AwsCredentials session = Samples.assumeRuntime(seeded, runtime).resolveCredentials();
        return runtime
                + session.accessKeyId()
                + session.secretAccessKey()
                + seeded.iam().createUser("ada")
                + seeded.calls().get(0).requestId();
    }

    private Credentials session() {
        String role = aws.iam().createRole("/", "Worker", trust("*"));
        return Samples.sts(aws).assumeRole(assumeRole(role).build()).credentials();
    }

    private void assertNotAuthenticated(AwsCredentialsProvider credentials, String code) {
        assertThatThrownBy(() -> Samples.sts(aws, credentials).getCallerIdentity())
                .isInstanceOfSatisfying(StsException.class, e -> {
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
                    assertThat(e.statusCode()).isEqualTo(403);
                });
    }

    private HttpExecuteResponse post(String form) throws Exception {
        return aws.httpClient().prepareRequest(request(form)).call();
    }

    private static HttpExecuteRequest request(String form) {
        HttpExecuteRequest.Builder request = HttpExecuteRequest.builder()
                .request(SdkHttpRequest.builder()
                        .method(SdkHttpMethod.POST)
                        .uri(URI.create("https://sts.us-east-1.amazonaws.com/"))
                        .build());
        if (!form.isEmpty()) {
            request.contentStreamProvider(ContentStreamProvider.fromUtf8String(form));
        }
        return request.build();
    }

    private static String text(HttpExecuteResponse response) throws Exception {
        return new String(response.responseBody().orElseThrow().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static AwsCredentialsProvider credentials(AwsCredentials credentials) {
        return StaticCredentialsProvider.create(credentials);
    }
}
