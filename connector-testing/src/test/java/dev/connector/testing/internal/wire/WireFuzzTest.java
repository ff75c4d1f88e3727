package dev.connector.testing.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.StringReader;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.iam.model.SimulateCustomPolicyRequest;
import software.amazon.awssdk.services.identitystore.model.GetUserIdRequest;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/** Requests that are not of their format are refused in one way; what is read can be written, and then reads the same. */
class WireFuzzTest {

    private static final Route INVOKE =
            Route.http("Invoke", "POST", "/2015-03-31/functions/{FunctionName}/invocations");

    @FuzzTest
    void form_ofAnyText_comesBackFromXml(byte[] input) throws Exception {
        WireRequest request = request("/", "", input);
        Optional<SdkPojo> read = read(() -> new QueryProtocol("ns")
                .read(request, Route.named("x"), Shape.of(SimulateCustomPolicyRequest::builder)));
        if (read.isPresent()) {
            String xml =
                    new QueryProtocol("ns").write("X", read.get(), "id").body().asUtf8String();
            SdkPojo again = SimulateCustomPolicyRequest.builder();
            new QueryReader(form(xml)).fill(again);
            assertCanBeShown(read.get());
            boolean hasNoWayToBeWritten = xml.contains("\ufffd");
            assertThat(hasNoWayToBeWritten || Fields.build(again).equals(read.get()))
                    .isTrue();
        }
    }

    @FuzzTest
    void json_ofAnyText_comesBackFromJson(byte[] input) {
        assertComesBack(DescribeSecretResponse::builder, input);
        assertComesBack(GetSecretValueResponse::builder, input);
        assertComesBack(UpdateFunctionConfigurationRequest::builder, input);
        assertComesBack(GetUserIdRequest::builder, input);
    }

    /** A path, a value for two headers, each on a line, and the body. */
    @FuzzTest
    void restJson_ofAnyRequest_isReadOrRefused(byte[] input) {
        String[] lines = (new String(input, UTF_8) + "\n\n").split("\n", 3);
        WireRequest request = request(lines[0], lines[1], lines[2].getBytes(UTF_8));
        Optional<Optional<String>> operation = read(() -> new RestJsonProtocol().operation(request, List.of(INVOKE)));
        if (operation.isPresent() && operation.get().isPresent()) {
            Optional<InvokeRequest> read =
                    read(() -> new RestJsonProtocol().read(request, INVOKE, Shape.of(InvokeRequest::builder)));
            read.ifPresent(invoke -> {
                assertThat(invoke.payload().asByteArray()).isEqualTo(lines[2].getBytes(UTF_8));
                assertThat(invoke.clientContext()).isEqualTo(lines[1]);
                assertCanBeShown(invoke);
            });
        }
    }

    @FuzzTest
    void path_ofAnyName_givesTheNameBack(byte[] input) {
        String name = new String(input, UTF_8);
        String path = "/2015-03-31/functions/" + URLEncoder.encode(name, UTF_8).replace("+", "%20") + "/invocations";

        assertThat(INVOKE.pathParameters(request(path, "", new byte[0]))).contains(Map.of("FunctionName", name));
    }

    private static void assertComesBack(Supplier<? extends SdkPojo> builder, byte[] input) {
        Optional<SdkPojo> first = read(() -> fromJson(builder, new String(input, UTF_8)));
        first.ifPresent(WireFuzzTest::assertCanBeShown);
        first.flatMap(pojo -> again(builder, pojo)).ifPresent(second -> {
            assertThat(again(builder, second)).contains(second);
            assertThat(JsonWriter.object(second)).isEqualTo(JsonWriter.object(first.get()));
        });
    }

    /** A date that is too far away to be written is the one thing that need not come back. */
    private static Optional<SdkPojo> again(Supplier<? extends SdkPojo> builder, SdkPojo pojo) {
        try {
            return Optional.of(fromJson(builder, JsonWriter.object(pojo).toString()));
        } catch (WireFormatException refused) {
            assertThat(refused).hasMessageEndingWith(" is no INSTANT");
            return Optional.empty();
        }
    }

    private static SdkPojo fromJson(Supplier<? extends SdkPojo> builder, String json) {
        SdkPojo pojo = builder.get();
        JsonReader.fill(pojo, json);
        return (SdkPojo) Fields.build(pojo);
    }

    private static void assertCanBeShown(SdkPojo pojo) {
        assertThatNoException().isThrownBy(() -> Parameters.of(pojo, Set.of()));
    }

    private static WireRequest request(String path, String header, byte[] body) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("X-Amz-Client-Context", List.of(header));
        headers.put("X-Amz-Log-Type", List.of(header));
        return new WireRequest("POST", path, Map.of(), headers, SdkBytes.fromByteArray(body));
    }

    private static <T> Optional<T> read(Supplier<? extends T> reader) {
        try {
            return Optional.of(reader.get());
        } catch (WireFormatException refused) {
            assertThat(refused.getMessage()).isNotBlank();
            return Optional.empty();
        }
    }

    /** The XML as a form would spell it. */
    private static Map<String, String> form(String xml) throws ParserConfigurationException, SAXException, IOException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        Element root = factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getDocumentElement();
        Map<String, String> form = new HashMap<>();
        spell(root.getFirstChild(), "", form);
        return form;
    }

    private static void spell(Node node, String prefix, Map<String, String> form) {
        boolean isLeaf = true;
        int members = 0;
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element) {
                isLeaf = false;
                String name = child.getNodeName().equals("member") ? "member." + ++members : child.getNodeName();
                spell(child, prefix.isEmpty() ? name : prefix + "." + name, form);
            }
        }
        if (isLeaf) {
            form.put(prefix, node.getTextContent());
        }
    }
}
