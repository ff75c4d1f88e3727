package dev.connector.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.connector.core.RoleAssumptionException.Reason;
import dev.connector.testing.AwsFact;
import dev.connector.testing.SimulatedAws;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;

/**
 * Where requests are sent. The SDK takes endpoints from the environment, system properties and profiles, so whoever may set one of those
 * could otherwise have the External ID and signed requests sent to a host of their own.
 */
class EndpointTest {

    private static final String SERVICE_ENDPOINT = "aws.endpointUrlSts";

    private final SimulatedAws aws = SimulatedAws.create();
    private final Map<String, String> runtime = aws.runtimeConnector("main");
    private final Hosts hosts = new Hosts(aws.httpClient());

    @AfterEach
    void forgetEndpoint() {
        System.clearProperty(SERVICE_ENDPOINT);
    }

    @AwsFact(5)
    @ParameterizedTest
    @CsvSource({
        "us-east-1,sts.us-east-1.amazonaws.com",
        "eu-west-1,sts.eu-west-1.amazonaws.com",
        "us-gov-west-1,sts.us-gov-west-1.amazonaws.com",
        "cn-north-1,sts.cn-north-1.amazonaws.com.cn"
    })
    void assumeRole_always_callsTheRegionsOwnEndpoint(String region, String host) {
        SimulatedAws there = SimulatedAws.builder().region(Region.of(region)).build();
        Hosts called = new Hosts(there.httpClient());

        RuntimeConnector.builder()
                .settings(there.runtimeConnector("main"))
                .environment("main")
                .httpClient(called)
                .sourceCredentials(there.serviceCredentials())
                .clock(clockOf(there))
                .build()
                .credentialsProvider()
                .resolveCredentials();

        assertThat(called.urls).containsExactly("https://" + host);
    }

    @AwsFact(75)
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://sts.example.com",
                "https://sts.us-east-1.amazonaws.com.example.com",
                "https://evil-amazonaws.com",
                "https://abc.execute-api.us-east-1.amazonaws.com",
                "https://sts.us-west-2.amazonaws.com",
                "https://sts.cn-north-1.amazonaws.com.cn",
                "https://localhost",
                "http://127.0.0.1:4566"
            })
    void assumeRole_whenTheEnvironmentNamesAnotherHost_sendsNothing(String endpoint) {
        System.setProperty(SERVICE_ENDPOINT, endpoint);

        RoleAssumptionException thrown = catchThrowableOfType(
                RoleAssumptionException.class,
                () -> connector().build().credentialsProvider().resolveCredentials());

        assertThat(thrown.reason()).isEqualTo(Reason.ENDPOINT_REFUSED);
        assertThat(thrown.isRetryable()).isFalse();
        assertThat(thrown)
                .hasMessageContaining(URI.create(endpoint).getHost())
                .hasMessageContaining("Whoever runs this service can")
                .hasMessageContaining("allowEndpoint(")
                .hasCauseInstanceOf(InvalidSettingsException.class);
        assertThat(hosts.urls).isEmpty();
        assertThat(aws.calls()).isEmpty();
    }

    @AwsFact(75)
    @Test
    void assumeRole_whenTheEnvironmentLeavesOutTls_sendsNothing() {
        System.setProperty(SERVICE_ENDPOINT, "http://sts.us-east-1.amazonaws.com");

        assertThatThrownBy(() -> connector().build().credentialsProvider().resolveCredentials())
                .isInstanceOf(RoleAssumptionException.class)
                .hasMessageContaining("without TLS");
        assertThat(hosts.urls).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://vpce-0123-abcd.sts.us-east-1.vpce.amazonaws.com,VPCE-0123-abcd.sts.us-east-1.vpce.amazonaws.com",
        "https://sts.example.com,sts.example.com",
        "http://localhost:4566,localhost",
        "http://127.0.0.1:4566,127.0.0.1",
        "http://[::1]:4566,[::1]"
    })
    void assumeRole_whenHostIsAllowedInCode_callsIt(String endpoint, String allowed) {
        System.setProperty(SERVICE_ENDPOINT, endpoint);

        connector().allowEndpoint(allowed).build().credentialsProvider().resolveCredentials();

        assertThat(hosts.urls).hasSize(1);
    }

    @Test
    void assumeRole_whenAllowedHostIsNotThisMachine_stillNeedsTls() {
        System.setProperty(SERVICE_ENDPOINT, "http://sts.example.com");

        assertThatThrownBy(() -> connector()
                        .allowEndpoint("sts.example.com")
                        .build()
                        .credentialsProvider()
                        .resolveCredentials())
                .isInstanceOf(RoleAssumptionException.class)
                .hasMessageContaining("plain HTTP");
        assertThat(hosts.urls).isEmpty();
    }

    @AwsFact(75)
    @ParameterizedTest
    @ValueSource(strings = {"https://sts.example.com", "http://sts.us-east-1.amazonaws.com", "https://amazonaws.com"})
    void configure_whenClientWouldCallAnotherHost_sendsNothing(String endpoint) {
        StsClient client = connector()
                .build()
                .configure(StsClient.builder())
                .endpointOverride(URI.create(endpoint))
                .build();

        assertThatThrownBy(() -> client.getCallerIdentity(
                        GetCallerIdentityRequest.builder().build()))
                .isInstanceOfSatisfying(
                        InvalidSettingsException.class,
                        thrown -> assertThat(thrown.problems())
                                .singleElement()
                                .asString()
                                .startsWith("endpoint: '" + URI.create(endpoint).getHost() + "'"));
        assertThat(hosts.urls).containsExactly("https://sts.us-east-1.amazonaws.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://sts.us-west-2.amazonaws.com",
                "https://STS.us-east-1.amazonaws.com",
                "https://sts.us-east-1.api.aws"
            })
    void configure_whenClientCallsAnyHostOfThePartition_sendsIt(String endpoint) {
        StsClient client = connector()
                .build()
                .configure(StsClient.builder())
                .endpointOverride(URI.create(endpoint))
                .build();

        assertThat(client.getCallerIdentity(GetCallerIdentityRequest.builder().build())
                        .arn())
                .contains("SymRuntimeMain");
    }

    @Test
    void configure_whenThisMachineIsAllowed_sendsWithoutTls() {
        call(connector().allowEndpoint("127.0.0.1").build(), "http://127.0.0.1:4566");

        assertThat(hosts.urls).contains("http://127.0.0.1");
    }

    @AwsFact(75)
    @Test
    void configure_whenAllowedHostIsNotThisMachine_stillNeedsTls() {
        RuntimeConnector connector =
                connector().allowEndpoint("sts.example.com").build();

        assertThatThrownBy(() -> call(connector, "http://sts.example.com"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("'sts.example.com'")
                .hasMessageContaining("plain HTTP")
                .hasMessageContaining("Whoever runs this service can");
        assertThat(hosts.urls).doesNotContain("http://sts.example.com");
    }

    /** The guard knows the host again, and must not forget about TLS for that. */
    @AwsFact(75)
    @Test
    void configure_whenAHostWasGoodBefore_stillNeedsTls() {
        RuntimeConnector connector = connector().build();
        call(connector, "https://sts.us-east-1.amazonaws.com");

        assertThatThrownBy(() -> call(connector, "http://sts.us-east-1.amazonaws.com"))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("without TLS");
        assertThat(hosts.urls).doesNotContain("http://sts.us-east-1.amazonaws.com");
    }

    /** With nothing passed in, the connector's own clients go over a socket; here that of a host on this machine. */
    @AwsFact(10)
    @Test
    void build_whenNothingIsPassedIn_makesItsOwnClientsAndClosesThem() throws IOException {
        List<String> requests = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            byte[] body = "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>"
                    .getBytes(UTF_8);
            exchange.sendResponseHeaders(403, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            System.setProperty(
                    SERVICE_ENDPOINT, "http://127.0.0.1:" + server.getAddress().getPort());
            System.setProperty("aws.accessKeyId", "service");
            System.setProperty("aws.secretAccessKey", Samples.SECRET_KEY);
            RuntimeConnector connector = RuntimeConnector.builder()
                    .settings(Samples.settings())
                    .environment("main")
                    .allowEndpoint("127.0.0.1")
                    .build();

            assertThatThrownBy(() -> connector.credentialsProvider().resolveCredentials())
                    .isInstanceOfSatisfying(
                            RoleAssumptionException.class,
                            thrown -> assertThat(thrown.reason()).isEqualTo(Reason.DENIED));
            connector.close();
            assertThatThrownBy(() -> connector.credentialsProvider().resolveCredentials())
                    .isInstanceOf(IllegalStateException.class);

            assertThat(requests)
                    .singleElement()
                    .asString()
                    .contains("Action=AssumeRole")
                    .contains("ExternalId=");
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
            server.stop(0);
        }
    }

    private RuntimeConnector.Builder connector() {
        return RuntimeConnector.builder()
                .settings(new HashMap<>(runtime))
                .environment("main")
                .httpClient(hosts)
                .sourceCredentials(aws.serviceCredentials())
                .clock(clockOf(aws));
    }

    private static void call(RuntimeConnector connector, String endpoint) {
        connector
                .configure(StsClient.builder())
                .endpointOverride(URI.create(endpoint))
                .build()
                .getCallerIdentity(GetCallerIdentityRequest.builder().build());
    }

    private static ConnectorClock clockOf(SimulatedAws aws) {
        return ConnectorClock.of(aws.clock(), aws.clock()::nanos, aws.clock()::sleep, aws.clock()::await);
    }

    /** Notes where requests go. */
    private static final class Hosts implements SdkHttpClient {

        private final List<String> urls = new CopyOnWriteArrayList<>();
        private final SdkHttpClient client;

        private Hosts(SdkHttpClient client) {
            this.client = client;
        }

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            urls.add(request.httpRequest().protocol() + "://"
                    + request.httpRequest().host());
            return client.prepareRequest(request);
        }

        @Override
        public void close() {}
    }
}
