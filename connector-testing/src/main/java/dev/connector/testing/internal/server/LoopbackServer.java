package dev.connector.testing.internal.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.connector.testing.internal.wire.WireFormatException;
import dev.connector.testing.internal.wire.WireRequest;
import dev.connector.testing.internal.wire.WireResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;

/** The simulator behind a socket, which only this machine reaches. */
final class LoopbackServer implements AutoCloseable {

    private static final String THIS_MACHINE = "127.0.0.1";
    private static final int LARGEST_BODY = 1 << 20;
    private static final int PORT_OF_HTTP = 80;

    private final Simulator simulator;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(LoopbackServer::thread);
    private final Set<String> ownHosts;
    private final ReadWriteLock answering = new ReentrantReadWriteLock();
    private boolean closed;

    LoopbackServer(Simulator simulator, int port) throws IOException {
        this.simulator = simulator;
        InetAddress thisMachine = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        server = HttpServer.create(new InetSocketAddress(thisMachine, port), 0);
        ownHosts = ownHosts(port());
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** Clients leave out the port that HTTP has by default. */
    static Set<String> ownHosts(int port) {
        Set<String> hosts = new TreeSet<>();
        for (String name : List.of(THIS_MACHINE, "localhost")) {
            hosts.add(name + ":" + port);
            if (port == PORT_OF_HTTP) {
                hosts.add(name);
            }
        }
        return hosts;
    }

    URI uri() {
        return URI.create("http://" + THIS_MACHINE + ":" + port());
    }

    private int port() {
        return server.getAddress().getPort();
    }

    /** Waits for what is being answered; what comes later changes nothing any more. */
    @Override
    public void close() {
        answering.writeLock().lock();
        try {
            closed = true;
        } finally {
            answering.writeLock().unlock();
        }
        server.stop(0);
        threads.shutdownNow();
    }

    /** Closing the exchange without an answer ends the connection, as a reset does. */
    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            WireResponse answer = answer(exchange);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            byte[] body = answer.body().asByteArray();
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (SdkException noAnswer) {
            // A fault that the SDK would see as one of its own time limits: here nothing is answered.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private WireResponse answer(HttpExchange exchange) throws IOException, InterruptedException {
        if (!isForThisMachine(exchange)) {
            return refusal(421, "The Host header must be one of " + ownHosts);
        }
        byte[] body = body(exchange);
        if (body.length > LARGEST_BODY) {
            return refusal(413, "The body has more than " + LARGEST_BODY + " bytes");
        }
        answering.readLock().lock();
        try {
            return closed ? refusal(503, "This simulation is closed") : simulator.answer(request(exchange, body));
        } catch (WireFormatException e) {
            return refusal(400, String.valueOf(e.getMessage()));
        } catch (IllegalStateException e) {
            return refusal(503, String.valueOf(e.getMessage()));
        } finally {
            answering.readLock().unlock();
        }
    }

    /** A web page that has its own name point to this machine shows itself by that name. */
    private boolean isForThisMachine(HttpExchange exchange) {
        List<String> hosts = exchange.getRequestHeaders().getOrDefault("Host", List.of());
        return hosts.size() == 1 && ownHosts.contains(hosts.get(0).toLowerCase(Locale.ROOT));
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        try (InputStream body = exchange.getRequestBody()) {
            return body.readNBytes(LARGEST_BODY + 1);
        }
    }

    private static WireRequest request(HttpExchange exchange, byte[] body) {
        URI uri = exchange.getRequestURI();
        return new WireRequest(
                exchange.getRequestMethod(),
                uri.getRawPath(),
                WireRequest.query(uri.getRawQuery()),
                exchange.getRequestHeaders(),
                SdkBytes.fromByteArray(body));
    }

    private static WireResponse refusal(int status, String why) {
        return WireResponse.of(status, Map.of("Content-Type", "text/plain; charset=utf-8"), why + "\n");
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "simulated-aws");
        thread.setDaemon(true);
        return thread;
    }
}
