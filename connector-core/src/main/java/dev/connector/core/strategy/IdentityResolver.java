package dev.connector.core.strategy;

import java.util.Optional;

/**
 * Finds out under which name or id the target system knows a requester, where the strategy's own way does not serve.
 *
 * <p>Implementations must be thread-safe. What one answers is still checked against the target system: it must exist there.
 */
@FunctionalInterface
public interface IdentityResolver {

    /**
     * Finds the requester.
     *
     * @param requester the person who is to have access
     * @return what the strategy's Javadoc asks for, for instance an IAM user name; empty if there is nobody, which fails the request with
     *     {@link StrategyException.Reason#IDENTITY_NOT_FOUND}
     */
    Optional<String> resolve(Requester requester);
}
