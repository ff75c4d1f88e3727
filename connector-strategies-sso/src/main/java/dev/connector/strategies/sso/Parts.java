package dev.connector.strategies.sso;

import dev.connector.core.ConnectorClock;
import dev.connector.core.ConnectorListener;
import dev.connector.core.strategy.GrantScope;
import dev.connector.core.strategy.PriorAccess;
import dev.connector.core.strategy.Settling;
import java.time.Duration;

/** What both ways of both strategies work with. */
record Parts(
        ConnectorClock clock,
        ConnectorListener listener,
        Settling settling,
        Duration settleTime,
        PriorAccess priorAccess,
        Users users,
        GrantScope scope,
        boolean accessReads,
        boolean keepWhenPriorUnknown,
        SsoFailures failures) {}
