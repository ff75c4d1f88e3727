package dev.connector.strategies.sso;

import dev.connector.core.Retries;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;

/**
 * One strategy's access to SSO Admin.
 *
 * @param client the client
 * @param retries of reads
 * @param oneAttempt for what the queue sends again by itself
 * @param queue of the instance; whoever calls SSO Admin asks it for a turn
 * @param instanceArn the instance
 */
record Admin(SsoAdminClient client, Retries retries, Retries oneAttempt, AssignmentQueue queue, String instanceArn) {}
