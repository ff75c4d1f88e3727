package dev.connector.testing.internal.wire;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkPojo;

/**
 * AWS Query: a form goes in, XML comes out.
 *
 * @param namespace the XML namespace of the answers, which names the service and its version
 */
public record QueryProtocol(String namespace) implements Protocol {

    static final String CONTENT_TYPE = "application/x-www-form-urlencoded";

    @Override
    public Optional<String> operation(WireRequest request, Collection<Route> routes) {
        return Optional.ofNullable(QueryForm.parse(request.text()).get("Action"));
    }

    /** The version of the service that a form speaks of, which tells services apart where nothing else does. */
    public static Optional<String> version(WireRequest request) {
        try {
            return Optional.ofNullable(QueryForm.parse(request.text()).get("Version"));
        } catch (WireFormatException noForm) {
            return Optional.empty();
        }
    }

    @Override
    public <T> T read(WireRequest request, Route route, Shape<T> shape) {
        SdkPojo builder = shape.newBuilder();
        new QueryReader(QueryForm.parse(request.text())).fill(builder);
        return shape.build(builder);
    }

    @Override
    public WireResponse write(String operation, Object response, String requestId) {
        XmlWriter xml = new XmlWriter();
        xml.open(operation + "Response", namespace);
        SdkPojo pojo = (SdkPojo) response;
        if (!pojo.sdkFields().isEmpty()) {
            xml.open(operation + "Result");
            xml.fields(pojo);
            xml.close();
        }
        xml.open("ResponseMetadata");
        xml.element("RequestId", requestId);
        xml.close();
        xml.close();
        return answer(200, requestId, xml.text());
    }

    @Override
    public WireResponse error(WireError error, String requestId) {
        XmlWriter xml = new XmlWriter();
        xml.open("ErrorResponse", namespace);
        xml.open("Error");
        xml.element("Type", error.isCallersFault() ? "Sender" : "Receiver");
        xml.element("Code", error.code());
        xml.element("Message", error.message());
        if (error.details() != null) {
            xml.fields(error.details());
        }
        xml.close();
        xml.element("RequestId", requestId);
        xml.close();
        return answer(error.status(), requestId, xml.text());
    }

    private static WireResponse answer(int status, String requestId, String body) {
        return WireResponse.of(status, Map.of("Content-Type", "text/xml", WireResponse.REQUEST_ID, requestId), body);
    }
}
