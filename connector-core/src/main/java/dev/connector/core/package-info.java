/**
 * The runtime connector, the narrow sessions that it opens, and what every module builds on.
 *
 * <pre>{@code
 * try (RuntimeConnector connector = RuntimeConnector.builder()
 *                 .settings(TerraformOutput.read(terraformOutput, "runtime_connector"))
 *                 .environment("main")
 *                 .sourceCredentials(credentials)
 *                 .httpClient(httpClient)
 *                 .build();
 *         IamClient iam = connector
 *                 .session(ConnectorRole.of(roleArn))
 *                 .configure(IamClient.builder())
 *                 .build()) {
 *     return iam.getUser(GetUserRequest.builder().userName("ada").build())
 *             .user()
 *             .arn();
 * }
 * }</pre>
 *
 * <p>Left out, {@code sourceCredentials} are those of the SDK's default chain, and the {@code httpClient} is one of the connector's own.
 */
@NullMarked
package dev.connector.core;

import org.jspecify.annotations.NullMarked;
