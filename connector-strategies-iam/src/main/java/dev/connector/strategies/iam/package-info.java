/**
 * Membership of IAM groups, given to an existing user and taken away again.
 *
 * <pre>{@code
 * try (IamGroupStrategy strategy = IamGroupStrategy.builder()
 *         .connector(connector)
 *         .settings(settings)
 *         .allowedGroups(IamGroupPattern.of("/sym/", "*"))
 *         .build()) {
 *     Grant grant =
 *             strategy.escalate(AccessRequest.builder(Requester.of("ada"), IamGroupTarget.of("/sym/", "OnCall"))
 *                     .requestedAt(now)
 *                     .duration(Duration.ofHours(1))
 *                     .build());
 *     // Store grant.toJson(); at grant.endsAt():
 *     return strategy.deescalate(grant);
 * }
 * }</pre>
 *
 * <p>The settings are what the role's Terraform module outputs, as {@link dev.connector.core.TerraformOutput#read} reads it. {@code requestedAt} is now if it is left out.
 */
@NullMarked
package dev.connector.strategies.iam;

import org.jspecify.annotations.NullMarked;
