package dev.connector.examples.outside;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.examples.ChildJvm;
import dev.connector.testing.AwsFact;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever can set what the SDK takes endpoints from is sent nothing by the library. They would be sent it otherwise: the only connections are those
 * of clients that the library has not touched, in the same JVM.
 */
@AwsFact(75)
class EndpointFromEnvironmentTest {

    private static final int HOPS = 3;
    private static final int CONFIGURED_CLIENTS = 2 * 4;
    private static final int VERBS = 4 * 3;

    private Listener listener;

    @TempDir
    private Path directory;

    @BeforeEach
    void listen() throws IOException {
        listener = Listener.open();
    }

    @AfterEach
    void stopListening() throws IOException {
        listener.close();
    }

    @Test
    void endpointOfTheEnvironment_forAllServices_isRefused() throws Exception {
        isRefused(everyClient().environment(Map.of("AWS_ENDPOINT_URL", listener.url())));
    }

    @Test
    void endpointOfTheEnvironment_forEachService_isRefused() throws Exception {
        isRefused(everyClient()
                .environment(Map.of(
                        "AWS_ENDPOINT_URL_STS", listener.url(),
                        "AWS_ENDPOINT_URL_IAM", listener.url(),
                        "AWS_ENDPOINT_URL_SSO_ADMIN", listener.url(),
                        "AWS_ENDPOINT_URL_IDENTITYSTORE", listener.url())));
    }

    @Test
    void endpointOfSystemProperties_forAllServices_isRefused() throws Exception {
        isRefused(everyClient().systemProperties(Map.of("aws.endpointUrl", listener.url())));
    }

    @Test
    void endpointOfSystemProperties_forEachService_isRefused() throws Exception {
        isRefused(everyClient()
                .systemProperties(Map.of(
                        "aws.endpointUrlSts", listener.url(),
                        "aws.endpointUrlIam", listener.url(),
                        "aws.endpointUrlSsoAdmin", listener.url(),
                        "aws.endpointUrlIdentitystore", listener.url())));
    }

    @Test
    void endpointOfAProfile_forAllServices_isRefused() throws Exception {
        isRefused(withProfile("""
                [default]
                endpoint_url = %1$s
                """));
    }

    @Test
    void endpointOfAProfile_forEachService_isRefused() throws Exception {
        isRefused(withProfile("""
                [default]
                services = elsewhere

                [services elsewhere]
                sts =
                  endpoint_url = %1$s
                iam =
                  endpoint_url = %1$s
                sso_admin =
                  endpoint_url = %1$s
                identitystore =
                  endpoint_url = %1$s
                """));
    }

    private ChildJvm withProfile(String profile) throws IOException {
        Path file = Files.writeString(directory.resolve("config"), profile.formatted(listener.url()));
        return everyClient().environment(Map.of("AWS_CONFIG_FILE", file.toString()));
    }

    private static ChildJvm everyClient() {
        return ChildJvm.of(EveryClient.class);
    }

    private void isRefused(ChildJvm everyClient) throws Exception {
        ChildJvm.Ended ended = everyClient.run();

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.out().lines().filter(line -> !line.startsWith("bare ")))
                .hasSize(HOPS + CONFIGURED_CLIENTS + VERBS)
                .allSatisfy(line -> assertThat(line)
                        .containsPattern(": (InvalidSettings|RoleAssumption)Exception: ")
                        .contains("endpoint: '127.0.0.1' is not a host that AWS answers at")
                        .contains("Whoever runs this service", "allowEndpoint(\"127.0.0.1\")"));
        assertThat(listener.callers())
                .containsExactly("BARE of sts", "BARE of iam", "BARE of sso", "BARE of identitystore");
    }

    /** Refuses what it is asked, and notes of every connection who signed the request, and for which service. */
    private static final class Listener {

        private static final Pattern SIGNER = Pattern.compile("Credential=(\\w+)/\\d+/[\\w-]+/(\\w+)/");

        private static final String REFUSAL = "HTTP/1.1 400 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

        private final List<String> callers = new CopyOnWriteArrayList<>();
        private final ServerSocket server;

        private Listener(ServerSocket server) {
            this.server = server;
        }

        static Listener open() throws IOException {
            Listener listener = new Listener(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            new Thread(listener::serve, "listener").start();
            return listener;
        }

        String url() {
            return "http://127.0.0.1:" + server.getLocalPort();
        }

        List<String> callers() {
            return callers;
        }

        void close() throws IOException {
            server.close();
        }

        private void serve() {
            while (!server.isClosed()) {
                try (Socket connection = server.accept()) {
                    callers.add(signerOf(headOf(connection)));
                    connection.getOutputStream().write(REFUSAL.getBytes(US_ASCII));
                } catch (IOException broken) {
                    callers.add(broken.toString());
                }
            }
        }

        private static String headOf(Socket connection) throws IOException {
            BufferedReader reader = new BufferedReader(new InputStreamReader(connection.getInputStream(), US_ASCII));
            return reader.lines().takeWhile(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
        }

        private static String signerOf(String head) {
            Matcher signer = SIGNER.matcher(head);
            return signer.find() ? signer.group(1) + " of " + signer.group(2) : "nobody: " + head;
        }
    }
}
