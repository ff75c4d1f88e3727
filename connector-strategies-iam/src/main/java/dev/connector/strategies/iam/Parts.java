package dev.connector.strategies.iam;

import dev.connector.core.ConnectorClock;
import dev.connector.core.strategy.GrantScope;
import dev.connector.core.strategy.IdentityResolver;
import dev.connector.core.strategy.PriorAccess;
import dev.connector.core.strategy.Settling;

/** What both ways work with, in and out of a group. */
record Parts(
        ConnectorClock clock,
        Settling settling,
        PriorAccess priorAccess,
        IdentityResolver identityResolver,
        GrantScope scope,
        boolean membershipReads,
        boolean keepWhenPriorUnknown,
        IamFailures failures) {}
