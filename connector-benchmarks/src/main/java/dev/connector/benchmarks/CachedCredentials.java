package dev.connector.benchmarks;

import dev.connector.core.ConnectorClock;
import dev.connector.core.ConnectorRole;
import dev.connector.core.RoleSession;
import dev.connector.core.RuntimeConnector;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.SdkHttpClient;

/** Asks for the credentials of a session that is open and stays so. JMH wants it public. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CachedCredentials {

    private final SdkHttpClient http = CannedAws.quiet();
    private final RuntimeConnector connector =
            Account.connector(http, ConnectorClock.system()).build();
    private final RoleSession session = connector.session(ConnectorRole.of(Account.IAM_ROLE));
    private final ByHand byHand = new ByHand(http);

    /** Made by JMH. */
    public CachedCredentials() {}

    /** Opens both sessions. */
    @Setup
    public void open() {
        ours();
        sdk();
    }

    /**
     * A held session of ours.
     *
     * @return its credentials
     */
    @Benchmark
    public AwsCredentials ours() {
        return session.credentialsProvider().resolveCredentials();
    }

    /**
     * The SDK's own provider for an assumed role.
     *
     * @return its credentials
     */
    @Benchmark
    public AwsCredentials sdk() {
        return byHand.iamRole().resolveCredentials();
    }

    /** Closes both. */
    @TearDown
    public void close() {
        byHand.close();
        connector.close();
    }
}
