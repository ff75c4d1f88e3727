package dev.connector.examples.outside;

import dev.connector.testing.SimulatedAws;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/** A simulated account with its roles and a person in it, which programs reach over HTTP. */
final class Served implements AutoCloseable {

    static final String ACCOUNT = "111122223333";
    static final String WORKLOAD = "444455556666";
    static final String ADA = "ada";

    final SimulatedAws aws = SimulatedAws.builder().startingAt(Instant.now()).build();
    final URI endpoint = aws.serve(0);
    final Map<String, String> runtime = aws.runtimeConnector("main");
    final Map<String, String> iam = aws.iamConnector("main");
    final Map<String, String> sso = aws.ssoConnector("main");
    final String permissionSet = aws.identityCenter().createPermissionSet("ReadOnly", Duration.ofHours(1));

    Served() {
        aws.iam().createUser(ADA);
        aws.iam().createGroup("/sym/", "OnCall");
        aws.iam().createGroup("/", "Admins");
        aws.identityCenter().createUser(ADA);
        aws.identityCenter().provisioningTime(Duration.ZERO);
    }

    /** What a program needs to be the service. */
    Map<String, String> environment() {
        AwsCredentials service = aws.serviceCredentials().resolveCredentials();
        Map<String, String> environment = new HashMap<>();
        environment.put("AWS_ENDPOINT_URL", endpoint.toString());
        environment.put("AWS_ACCESS_KEY_ID", service.accessKeyId());
        environment.put("AWS_SECRET_ACCESS_KEY", service.secretAccessKey());
        return environment;
    }

    @Override
    public void close() {
        aws.close();
    }
}
