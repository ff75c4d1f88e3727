package dev.connector.strategies.sso;

import dev.connector.core.strategy.AccessTarget;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.StrategySession;

/** Where the credentials of a verb's calls come from. */
@FunctionalInterface
interface Sessions {
    StrategySession open(AccessTarget target, Requester requester);
}
