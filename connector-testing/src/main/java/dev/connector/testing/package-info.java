/**
 * AWS as the connectors see it, in process, under the real SDK clients: for tests of services that use the connectors.
 *
 * <pre>{@code
 * SimulatedAws aws = SimulatedAws.create();
 * SimulatedClock clock = aws.clock();
 * try (RuntimeConnector connector = RuntimeConnector.builder()
 *         .settings(aws.runtimeConnector("main"))
 *         .environment("main")
 *         .sourceCredentials(aws.serviceCredentials())
 *         .httpClient(aws.httpClient())
 *         .clock(ConnectorClock.of(clock, clock::nanos, clock::sleep, clock::await))
 *         .build()) {
 *     aws.fault("AssumeRole", 1, Fault.CONNECTION_RESET_AFTER);
 *     connector.credentialsProvider().resolveCredentials();
 *     assertThat(aws.calls("AssumeRole")).hasSize(2); // the second attempt was answered
 * }
 * }</pre>
 */
@NullMarked
package dev.connector.testing;

import org.jspecify.annotations.NullMarked;
