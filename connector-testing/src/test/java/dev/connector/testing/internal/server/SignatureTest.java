package dev.connector.testing.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.testing.internal.wire.WireRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;

class SignatureTest {

    @Test
    void signature_ofARequest_saysKeyRegionServiceAndSession() {
        Signature signature = Signature.of(request(Map.of(
                "authorization",
                "AWS4-HMAC-SHA256 Credential=ASIAX/20260101/us-east-1/sts/aws4_request, SignedHeaders=host",
                "x-amz-security-token",
                "token")));

        assertThat(signature).isEqualTo(new Signature("ASIAX", "us-east-1", "sts", "token"));
        assertThat(signature).hasToString("Signature[ASIAX, us-east-1, sts]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer abc", "AWS4-HMAC-SHA256 Credential=ASIAX/2026/sts/aws4_request"})
    void signature_thatIsNone_isAbsent(String authorization) {
        assertThat(Signature.of(request(Map.of("Authorization", authorization))))
                .isNull();
    }

    @Test
    void signature_ofAHeaderThatBeginsOverAndOver_isSoonFoundAbsent() {
        assertThat(Signature.of(request(Map.of("Authorization", "Credential=".repeat(100_000)))))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Credential=A/1/x, y/sts/aws4_request",
                "Credential=A/1/us-east-1/s\nts/aws4_request",
                "Credential=A/1/\u001c/sts/aws4_request"
            })
    void signature_withMoreThanNamesBetweenItsSlashes_isAbsent(String authorization) {
        assertThat(Signature.of(request(Map.of("Authorization", authorization))))
                .isNull();
    }

    private static WireRequest request(Map<String, String> headers) {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        return new WireRequest("POST", "/", Map.of(), all, SdkBytes.fromUtf8String(""));
    }
}
