/**
 * Permission sets and groups of IAM Identity Center, given to an existing user and taken away again.
 *
 * <pre>{@code
 * try (PermissionSetStrategy strategy = PermissionSetStrategy.builder()
 *         .connector(connector)
 *         .settings(settings)
 *         .allowedPermissionSets(PermissionSetPattern.of(permissionSetArn, "*"))
 *         .build()) {
 *     Grant grant = strategy.escalate(AccessRequest.builder(
 *                     Requester.of("ada@example.com"), PermissionSetTarget.of(permissionSetArn, accountId))
 *             .requestedAt(now)
 *             .duration(Duration.ofHours(1))
 *             .build());
 *     // Store grant.toJson(); at grant.endsAt():
 *     return strategy.deescalate(grant);
 * }
 * }</pre>
 *
 * <p>The settings are what the role's Terraform module outputs, as {@link dev.connector.core.TerraformOutput#read} reads it. {@code requestedAt} is now if it is left out.
 */
@NullMarked
package dev.connector.strategies.sso;

import org.jspecify.annotations.NullMarked;
