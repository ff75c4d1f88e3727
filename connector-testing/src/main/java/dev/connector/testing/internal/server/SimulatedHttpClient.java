package dev.connector.testing.internal.server;

import dev.connector.testing.internal.wire.WireRequest;
import dev.connector.testing.internal.wire.WireResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** The HTTP client that stands under the SDK's clients: what is sent through it reaches the simulator. */
public final class SimulatedHttpClient implements SdkHttpClient {

    /**
     * What an interrupted call returns, with the interrupt's flag set, as with the SDK's own client over the JDK's connections.
     * The SDK sees the flag, and aborts the call without a look at the answer.
     */
    private static final WireResponse UNREAD = new WireResponse(503, Map.of(), SdkBytes.fromUtf8String(""));

    private final Simulator simulator;

    public SimulatedHttpClient(Simulator simulator) {
        this.simulator = simulator;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new Execution(request);
    }

    @Override
    public String clientName() {
        return "SimulatedAws";
    }

    /** Does nothing: the simulator goes on. */
    @Override
    public void close() {}

    private final class Execution implements ExecutableHttpRequest {

        private final HttpExecuteRequest request;

        Execution(HttpExecuteRequest request) {
            this.request = request;
        }

        @Override
        public HttpExecuteResponse call() throws IOException {
            try {
                return response(simulator.answer(read(request)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return response(UNREAD);
            }
        }

        /** Does nothing: the answer is never under way. */
        @Override
        public void abort() {}
    }

    private static WireRequest read(HttpExecuteRequest request) throws IOException {
        SdkHttpRequest http = request.httpRequest();
        SdkBytes body = request.contentStreamProvider().isPresent()
                ? read(request.contentStreamProvider().get())
                : SdkBytes.fromUtf8String("");
        return new WireRequest(
                http.method().name(), http.encodedPath(), http.rawQueryParameters(), http.headers(), body);
    }

    private static SdkBytes read(ContentStreamProvider content) throws IOException {
        try (InputStream stream = content.newStream()) {
            return SdkBytes.fromByteArray(stream.readAllBytes());
        }
    }

    private static HttpExecuteResponse response(WireResponse answer) {
        byte[] body = answer.body().asByteArray();
        SdkHttpResponse.Builder http = SdkHttpResponse.builder().statusCode(answer.status());
        answer.headers().forEach(http::putHeader);
        http.putHeader("Content-Length", Integer.toString(body.length));
        return HttpExecuteResponse.builder()
                .response(http.build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
                .build();
    }
}
