package dev.connector.testkit;

import dev.connector.core.ConnectorClock;
import dev.connector.core.Retries;
import dev.connector.core.RuntimeConnector;
import dev.connector.core.strategy.AccessTarget;
import dev.connector.testing.SimulatedAws;
import dev.connector.testing.SimulatedClock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * One process of a service that gives access: what its strategy is made with. When the kit lets the process crash, no call that goes through it reaches AWS any more.
 *
 * <p>For the thread that {@link StrategyWorld#start} is called on.
 *
 * @param <T> the strategy's targets
 */
public final class ServiceProcess<T extends AccessTarget> {

    /** The middle of what is otherwise random, so that the same run is the same again. */
    private static final double JITTER = 0.5;

    private final SimulatedAws aws;
    private final SdkHttpClient wire;
    private final ConnectorClock clock;
    private final List<T> allowed;
    private final List<T> revocable;
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    ServiceProcess(SimulatedAws aws, SdkHttpClient wire, List<T> allowed, List<T> revocable) {
        this.aws = aws;
        this.wire = wire;
        this.clock = clockOf(aws.clock());
        this.allowed = List.copyOf(allowed);
        this.revocable = List.copyOf(revocable);
    }

    private static ConnectorClock clockOf(SimulatedClock clock) {
        return ConnectorClock.of(clock, clock::nanos, clock::sleep, clock::await);
    }

    /**
     * The simulated clock, for the strategy to go by.
     *
     * @return the clock of {@link StrategyWorld#aws()}
     */
    public ConnectorClock clock() {
        return clock;
    }

    /**
     * The way to AWS, for clients that {@link #configure} is not for.
     *
     * @return a client that counts calls and breaks them; closing it does nothing
     */
    public SdkHttpClient httpClient() {
        return wire;
    }

    /**
     * Sets up a client of the SDK as {@link SimulatedAws#configure} does, to call through this process.
     *
     * @param builder the builder of a synchronous client
     * @param <B> its type
     * @return the same builder
     */
    public <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configure(B builder) {
        return aws.configure(builder).httpClient(wire);
    }

    /**
     * Makes a runtime connector that calls through this process, and closes it when the process ends.
     *
     * @param settings what {@link SimulatedAws#runtimeConnector(String)} answered when the world was made
     * @param environment the environment that it was made for
     * @return a connector, which the strategy leaves open
     */
    public RuntimeConnector connector(Map<String, String> settings, String environment) {
        RuntimeConnector connector = RuntimeConnector.builder()
                .settings(settings)
                .environment(environment)
                .sourceCredentials(aws.serviceCredentials())
                .httpClient(wire)
                .clock(clock)
                .retries(retries())
                .build();
        opened.push(connector);
        return connector;
    }

    /**
     * Retries that wait on the simulated clock, and always equally long.
     *
     * @return retries with the defaults otherwise
     */
    public Retries retries() {
        return Retries.builder().clock(clock).jitter(() -> JITTER).build();
    }

    /**
     * What the strategy is to allow.
     *
     * @return some or all of {@link StrategyWorld#targets()}
     */
    public List<T> allowed() {
        return allowed;
    }

    /**
     * What the strategy is not to give any more, but still to take away.
     *
     * @return empty, or some of the targets that are not {@link #allowed()}
     */
    public List<T> revocable() {
        return revocable;
    }

    void closeWith(AutoCloseable strategy) {
        opened.push(strategy);
    }

    void end() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception failed) {
                throw new AssertionError("The strategy's close() failed: " + failed, failed);
            }
        }
    }
}
