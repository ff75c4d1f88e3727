/**
 * What every strategy shares: the verbs, the values that pass through them, and the exceptions.
 *
 * <pre>{@code
 * AccessRequest<T> request = AccessRequest.builder(Requester.of("ada"), target)
 *         .reason("INC-42")
 *         .requestedAt(now)
 *         .duration(Duration.ofHours(1))
 *         .build();
 * Grant prepared = strategy.prepare(request); // changes nothing
 * store.put(request.id(), prepared.toJson());
 * Grant granted = strategy.resume(prepared);
 * store.put(request.id(), granted.toJson());
 * // At granted.endsAt(), in this process or another:
 * Grant stored = Grant.fromJson(store.get(request.id()));
 * Revocation revocation = strategy.deescalate(stored);
 * }</pre>
 *
 * <p>{@code requestedAt} is now if it is left out. Storing between the steps lets another process end the access after a crash.
 */
@NullMarked
package dev.connector.core.strategy;

import org.jspecify.annotations.NullMarked;
