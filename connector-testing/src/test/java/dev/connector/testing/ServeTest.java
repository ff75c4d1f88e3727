package dev.connector.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** What a client in another process gets, byte by byte, since its own HTTP client decides what it sends. */
class ServeTest {

    private static final String WHO_AM_I = "Action=GetCallerIdentity&Version=2011-06-15";

    private final SimulatedAws aws = SimulatedAws.create();
    private final URI endpoint = aws.serve(0);

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void serve_aSignedRequest_isAnsweredAndRecordedAsAnyOther() throws IOException {
        assertThat(endpoint).hasScheme("http").hasHost("127.0.0.1");

        assertThat(post(host(), WHO_AM_I))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .containsIgnoringCase("\r\nContent-Type: text/xml\r\n")
                .containsIgnoringCase("\r\n" + "x-amzn-RequestId: ")
                .contains("<Arn>arn:aws:iam::111122223333:user/service</Arn>");

        assertThat(aws.calls()).extracting(RecordedCall::action).containsExactly("sts:GetCallerIdentity");
    }

    @Test
    void serve_anErrorOfTheService_hasItsStatusAndCode() throws IOException {
        assertThat(post(
                        host(),
                        "Action=AssumeRole&Version=2011-06-15&RoleSessionName=me"
                                + "&RoleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2FNone"))
                .startsWith("HTTP/1.1 403 ")
                .contains("<Code>AccessDenied</Code>");
    }

    @Test
    void serve_aRequestThatIsNotSigned_isNotAuthenticated() throws IOException {
        assertThat(send("POST / HTTP/1.1\r\nHost: " + host() + "\r\nContent-Length: " + WHO_AM_I.length()
                        + "\r\nConnection: close\r\n\r\n" + WHO_AM_I))
                .startsWith("HTTP/1.1 403 ")
                .contains("MissingAuthenticationToken");
        assertThat(aws.calls()).extracting(RecordedCall::decision).containsExactly(Decision.NOT_AUTHENTICATED);
    }

    @Test
    void serve_underAnyOfItsNames_answers() throws IOException {
        assertThat(post("LocalHost:" + endpoint.getPort(), WHO_AM_I)).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "evil.example:%d", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:%d", ""})
    void serve_underAnotherName_isRefusedAndReachesNoService(String host) throws IOException {
        assertThat(post(host.formatted(endpoint.getPort()), WHO_AM_I))
                .startsWith("HTTP/1.1 421 ")
                .contains("The Host header must be one of", host());
        assertThat(aws.calls()).isEmpty();
    }

    @Test
    void serve_withTwoHostHeaders_isRefused() throws IOException {
        assertThat(post(host() + "\r\nHost: evil.example", WHO_AM_I)).startsWith("HTTP/1.1 421 ");
        assertThat(aws.calls()).isEmpty();
    }

    @Test
    void serve_aBodyThatIsTooLong_isRefusedAndReachesNoService() throws IOException {
        assertThat(post(host(), "a".repeat((1 << 20) + 1))).startsWith("HTTP/1.1 413 ");
        assertThat(aws.calls()).isEmpty();
    }

    @Test
    void serve_aQueryThatCannotBeRead_isRefused() throws IOException {
        assertThat(send("GET /?a=%zz HTTP/1.1\r\nHost: " + host() + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void serve_aGetWithoutAnything_isToldThatThereIsNoSuchService() throws IOException {
        assertThat(send("GET /?a=1&a=%20&b HTTP/1.1\r\nHost: " + host() + "\r\nConnection: close\r\n\r\n"))
                .contains("NotSimulated");
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECTION_RESET_BEFORE", "CONNECTION_RESET_AFTER", "SLOW_BEFORE", "SLOW_AFTER"})
    void serve_whereNoAnswerComes_endsTheConnectionWithoutOne(Fault fault) throws IOException {
        aws.fault("GetCallerIdentity", 1, fault);

        assertThat(post(host(), WHO_AM_I)).isEmpty();

        assertThat(aws.calls()).singleElement().extracting(RecordedCall::fault).hasToString("Optional[" + fault + "]");
        assertThat(post(host(), WHO_AM_I)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void serve_aThrottledCall_isAnErrorOfTheService() throws IOException {
        aws.fault("GetCallerIdentity", 1, Fault.THROTTLE);

        assertThat(post(host(), WHO_AM_I)).startsWith("HTTP/1.1 400 ").contains("<Code>Throttling</Code>");
    }

    @Test
    void serve_whatWouldWaitWhileARunIsOn_isTurnedAway() {
        aws.latency(Duration.ofMillis(1));
        String[] answer = new String[1];

        aws.run(() -> answer[0] = unchecked(() -> post(host(), WHO_AM_I)));

        assertThat(answer[0]).startsWith("HTTP/1.1 503 ");
    }

    @Test
    void serve_toManyAtOnce_answersEach() {
        List<String> answers = IntStream.range(0, 40)
                .parallel()
                .mapToObj(i -> unchecked(() -> post(host(), WHO_AM_I)))
                .toList();

        assertThat(answers).allSatisfy(answer -> assertThat(answer).startsWith("HTTP/1.1 200 "));
        assertThat(aws.calls()).hasSize(40);
    }

    @Test
    void serve_onTwoPorts_answersOnBothAndUnderTheNameOfEachOnly() throws IOException {
        URI other = aws.serve(0);

        assertThat(other.getPort()).isNotEqualTo(endpoint.getPort());
        assertThat(post(other, other.getAuthority(), WHO_AM_I)).startsWith("HTTP/1.1 200 ");
        assertThat(post(other, host(), WHO_AM_I)).startsWith("HTTP/1.1 421 ");
    }

    @Test
    void serve_onAPortInUse_saysWhich() {
        assertThatThrownBy(() -> aws.serve(endpoint.getPort()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Cannot listen on port " + endpoint.getPort() + " of this machine: ");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void serve_onWhatIsNoPort_isRefused(int port) {
        assertThatThrownBy(() -> aws.serve(port))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A port is from 1 to 65535, or 0 for any that is free, not " + port);
    }

    @Test
    void close_stopsServing_andAllElseGoesOn() {
        aws.close();
        aws.close();

        assertThatThrownBy(() -> post(host(), WHO_AM_I)).isInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> aws.serve(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("This simulation is closed, and serves no more");
        assertThat(Samples.sts(aws).getCallerIdentity().account()).isEqualTo("111122223333");
    }

    /** Its head is there, its body is not. */
    @Test
    void close_whileARequestArrives_letsItChangeNothing() throws IOException {
        try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST / HTTP/1.1\r\nHost: " + host() + "\r\nContent-Length: " + WHO_AM_I.length() + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            post(host(), WHO_AM_I);

            aws.close();

            assertThat(isAnswered(socket)).isFalse();
            assertThat(aws.calls()).hasSize(1);
        }
    }

    private static boolean isAnswered(Socket socket) {
        try {
            socket.getOutputStream().write(WHO_AM_I.getBytes(StandardCharsets.UTF_8));
            return socket.getInputStream().read() >= 0;
        } catch (IOException closed) {
            return false;
        }
    }

    private String host() {
        return endpoint.getAuthority();
    }

    private String post(String host, String form) throws IOException {
        return post(endpoint, host, form);
    }

    private String post(URI to, String host, String form) throws IOException {
        AwsCredentials credentials = aws.serviceCredentials().resolveCredentials();
        return send(
                to,
                "POST / HTTP/1.1\r\nHost: " + host
                        + "\r\nContent-Type: application/x-www-form-urlencoded"
                        + "\r\nauthorization: AWS4-HMAC-SHA256 Credential=" + credentials.accessKeyId()
                        + "/20260101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=none"
                        + "\r\nContent-Length: " + form.length() + "\r\nConnection: close\r\n\r\n" + form);
    }

    private String send(String request) throws IOException {
        return send(endpoint, request);
    }

    private static String send(URI to, String request) throws IOException {
        try (Socket socket = new Socket(to.getHost(), to.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private interface Sending {
        String send() throws IOException;
    }

    private static String unchecked(Sending sending) {
        try {
            return sending.send();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
