package dev.connector.testing.internal.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.connector.testing.SimulatedAws;
import dev.connector.testing.internal.wire.WireRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Whatever is sent, the simulator answers in a format of AWS, and nobody gets in whom it does not know. */
class SimulatorFuzzTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Values of the headers Authorization, Content-Type and X-Amz-Target, each on a line, and the body. */
    @FuzzTest
    void answer_toAnyRequest_isWellFormedAndLetsNobodyIn(byte[] input) throws Exception {
        String[] lines = (new String(input, ISO_8859_1) + "\n\n\n").split("\n", 4);
        try (SimulatedAws aws = SimulatedAws.create()) {
            HttpExecuteResponse response = send(aws, lines);

            assertThat(response.httpResponse().statusCode()).isBetween(400, 599);
            assertIsWellFormed(response);
            assertThat(aws.calls()).hasSize(1);
        }
    }

    @FuzzTest
    void signature_ofAnyHeader_consistsOfPartsWithoutSlashes(byte[] input) {
        String header = new String(input, ISO_8859_1);
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("Authorization", List.of(header));
        Signature signature =
                Signature.of(new WireRequest("POST", "/", Map.of(), headers, SdkBytes.fromUtf8String("")));
        if (signature != null) {
            assertThat(header).contains("Credential=" + signature.accessKeyId() + "/");
            assertThat(signature.accessKeyId())
                    .isNotEmpty()
                    .doesNotContain("/", ",")
                    .doesNotContainAnyWhitespaces();
            assertThat(signature.region()).doesNotContain("/", ",").doesNotContainAnyWhitespaces();
            assertThat(signature.service())
                    .isNotEmpty()
                    .doesNotContain("/", ",")
                    .doesNotContainAnyWhitespaces();
        }
    }

    private static HttpExecuteResponse send(SimulatedAws aws, String[] lines) throws IOException {
        SdkHttpRequest http = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .protocol("https")
                .host("sts.amazonaws.com")
                .encodedPath("/")
                .putHeader("Authorization", lines[0])
                .putHeader("Content-Type", lines[1])
                .putHeader("X-Amz-Target", lines[2])
                .build();
        return aws.httpClient()
                .prepareRequest(HttpExecuteRequest.builder()
                        .request(http)
                        .contentStreamProvider(() -> new ByteArrayInputStream(lines[3].getBytes(ISO_8859_1)))
                        .build())
                .call();
    }

    private static void assertIsWellFormed(HttpExecuteResponse response) throws Exception {
        byte[] body = response.responseBody().orElseThrow().readAllBytes();
        if (response.httpResponse()
                .firstMatchingHeader("Content-Type")
                .orElseThrow()
                .contains("xml")) {
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(body));
        } else {
            assertThat(JSON.readTree(body).get("__type").asText()).isNotBlank();
        }
    }
}
