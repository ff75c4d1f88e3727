package dev.connector.testing.internal.server;

import java.util.Set;
import java.util.function.Supplier;

/**
 * What is known of a service before anybody has called it. Its table needs the SDK's module of that service, which a user of
 * another service need not have: it is made by the first call.
 *
 * @param name what requests are signed for, and what actions begin with
 * @param unsignedMark what tells a request for it that is not signed: the version in a form, or the beginning of the target
 * @param operations the names of its operations
 * @param table makes the service
 */
public record ServiceDefinition(String name, String unsignedMark, Set<String> operations, Supplier<Service> table) {}
