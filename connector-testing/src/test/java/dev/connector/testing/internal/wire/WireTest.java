package dev.connector.testing.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.iam.model.SimulateCustomPolicyRequest;
import software.amazon.awssdk.services.identitystore.model.DescribeUserRequest;
import software.amazon.awssdk.services.identitystore.model.GetUserIdRequest;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;
import software.amazon.awssdk.services.secretsmanager.model.PutSecretValueRequest;

class WireTest {

    @Test
    void toString_ofRequestAndResponse_holdsNoSecret() {
        WireRequest request = new WireRequest(
                "POST", "/", Map.of(), Map.of("X-Amz-Security-Token", List.of("token")), body("secret"));

        assertThat(request).hasToString("POST /");
        assertThat(new WireResponse(200, Map.of(), body("secret"))).hasToString("HTTP 200");
    }

    @Test
    void parameters_ofARequest_areReadableAndHideWhatIsSecret() {
        var request = PutSecretValueRequest.builder()
                .secretId("id")
                .secretString("s3cret")
                .secretBinary(SdkBytes.fromUtf8String("12345"))
                .versionStages("A", "B")
                .build();

        assertThat(Parameters.of(request, Set.of("SecretString")))
                .containsEntry("SecretId", "id")
                .containsEntry("SecretString", "***")
                .containsEntry("SecretBinary", "5 bytes")
                .containsEntry("VersionStages", "[\"A\",\"B\"]")
                .doesNotContainKey("RotationToken");
    }

    @Test
    void parameters_thatAreDocuments_areShownAsJson() {
        Document document = Document.mapBuilder()
                .putString("text", "a\"b")
                .putNumber("number", new BigDecimal("1.50"))
                .putBoolean("flag", false)
                .putNull("nothing")
                .putList("list", list -> list.addNumber(1))
                .build();
        var request = GetUserIdRequest.builder()
                .alternateIdentifier(id -> id.uniqueAttribute(attribute -> attribute.attributeValue(document)))
                .build();

        assertThat(Parameters.of(request, Set.of()))
                .containsEntry(
                        "AlternateIdentifier",
                        "{\"UniqueAttribute\":{\"AttributeValue\":{\"text\":\"a\\\"b\",\"number\":1.50,"
                                + "\"flag\":false,\"nothing\":null,\"list\":[1]}}}");
    }

    @Test
    void query_withMembersThatAreEmpty_isReadAsFarAsItGoes() {
        var request = readQuery("PolicyInputList.member.1=a&PolicyInputList.member.2=&ActionNames=&x");

        assertThat(request.policyInputList()).containsExactly("a", "");
        assertThat(request.hasActionNames()).isTrue();
        assertThat(request.hasContextEntries()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MaxItems=many", "MaxItems=", "Marker=%zz", "MaxItems=1.5"})
    void query_withValuesThatAreNone_isRefused(String form) {
        assertThatExceptionOfType(WireFormatException.class).isThrownBy(() -> readQuery(form));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"UserId\": {}}", "{\"UserId\": [1]}", "nonsense"})
    void json_thatIsNone_isRefused(String json) {
        assertThatExceptionOfType(WireFormatException.class).isThrownBy(() -> readJson(json));
    }

    @Test
    void json_withNullsAndUnknownMembers_leavesThemOut() {
        assertThat(readJson("{\"UserId\": null, \"Other\": {}, \"IdentityStoreId\": \"d-1\"}"))
                .isEqualTo(DescribeUserRequest.builder().identityStoreId("d-1").build());
        assertThat(readJson("")).isEqualTo(DescribeUserRequest.builder().build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/functions/f", "/functions/f/invocations/", "/other/f/invocations", ""})
    void route_ofAnotherPath_doesNotMatch(String path) {
        Route route = Route.http("Invoke", "POST", "/functions/{FunctionName}/invocations");

        assertThat(new RestJsonProtocol().operation(request("POST", path, ""), List.of(route)))
                .isEmpty();
        assertThat(new RestJsonProtocol().operation(request("GET", "/functions/f/invocations", ""), List.of(route)))
                .isEmpty();
    }

    @Test
    void route_withAnEncodedName_isMatchedEncodedAndRead() {
        Route route = Route.http("Invoke", "POST", "/functions/{FunctionName}/invocations");
        WireRequest request = request("POST", "/functions/a%2Fb%3Ac/invocations", "x");

        assertThat(new RestJsonProtocol().operation(request, List.of(Route.named("Other"), route)))
                .contains("Invoke");
        assertThat(new RestJsonProtocol()
                        .read(request, route, Shape.of(InvokeRequest::builder))
                        .functionName())
                .isEqualTo("a/b:c");
    }

    private static SimulateCustomPolicyRequest readQuery(String form) {
        return new QueryProtocol("")
                .read(
                        request("POST", "/", form),
                        Route.named("SimulateCustomPolicy"),
                        Shape.of(SimulateCustomPolicyRequest::builder));
    }

    private static DescribeUserRequest readJson(String json) {
        return new JsonProtocol()
                .read(request("POST", "/", json), Route.named("DescribeUser"), Shape.of(DescribeUserRequest::builder));
    }

    private static WireRequest request(String method, String path, String body) {
        return new WireRequest(method, path, Map.of(), Map.of(), body(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "5",
                " ",
                "{\"unknown\":1e9999999999999}",
                "{\"VersionStages\":\"A\"}",
                "{\"VersionStages\":[null]}",
                "{\"VersionStages\":[[\"A\"]]}",
                "{\"SecretString\":{}}"
            })
    void json_whoseValuesTheFieldsCannotHold_isRefused(String json) {
        assertThatExceptionOfType(WireFormatException.class)
                .isThrownBy(() -> JsonReader.fill(PutSecretValueRequest.builder(), json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Environment\":\"x\"}",
                "{\"Environment\":{\"Variables\":[]}}",
                "{\"Environment\":{\"Variables\":{\"a\":null}}}"
            })
    void json_withSomethingElseForAStructureOrMap_isRefused(String json) {
        assertThatExceptionOfType(WireFormatException.class)
                .isThrownBy(() -> JsonReader.fill(UpdateFunctionConfigurationRequest.builder(), json));
    }

    @Test
    void text_ofABodyThatIsNotUtf8_isRefused() {
        WireRequest request =
                new WireRequest("POST", "/", Map.of(), Map.of(), SdkBytes.fromByteArray(new byte[] {(byte) 0x95}));

        assertThatExceptionOfType(WireFormatException.class)
                .isThrownBy(request::text)
                .withMessage("The body is not UTF-8");
        assertThat(QueryProtocol.version(request)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/things/%", "/things/%e", "/things/%zz"})
    void path_thatIsWronglyEncoded_isRefused(String path) {
        assertThatExceptionOfType(WireFormatException.class)
                .isThrownBy(() -> UriTemplate.of("/things/{Name}").match(path))
                .withMessage("The path is not percent-encoded as it should be");
    }

    private static SdkBytes body(String text) {
        return SdkBytes.fromUtf8String(text);
    }
}
