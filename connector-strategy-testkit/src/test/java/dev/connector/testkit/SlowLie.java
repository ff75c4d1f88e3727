package dev.connector.testkit;

import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.AccessStrategy;
import dev.connector.core.strategy.Ending;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantScope;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.OutcomeUnknownException;
import dev.connector.core.strategy.Prior;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.StrategyException;
import dev.connector.core.strategy.TargetType;

/** Ways to lie about a change that AWS has accepted and not made yet, each in one place, and honest otherwise. */
enum SlowLie {
    SAYS_GRANTED_WHEN_IT_IS_ACCEPTED("it said granted, but the access is not there") {
        @Override
        Grant resume(AssignmentStrategy honest, Grant grant) {
            honest.create(grant);
            return grant.granted(honest.now());
        }
    },
    SAYS_REVOKED_WHEN_IT_IS_ACCEPTED("it said REVOKED, but the access is still there") {
        @Override
        Revocation deescalate(AssignmentStrategy honest, Grant grant, Ending ending) {
            honest.delete(grant);
            return honest.revoked(grant);
        }
    },
    SAYS_NOT_GRANTED_WHEN_THE_ANSWER_WAS_LOST("it said not granted, but gave the access") {
        @Override
        Grant resume(AssignmentStrategy honest, Grant grant) {
            try {
                return honest.resume(grant);
            } catch (OutcomeUnknownException unknown) {
                throw new StrategyException(StrategyException.Reason.UNAVAILABLE, "It did not work.", unknown);
            }
        }
    },
    SAYS_NOT_REVOKED_WHEN_THE_ANSWER_WAS_LOST("it said not revoked, but took the access away") {
        @Override
        Revocation deescalate(AssignmentStrategy honest, Grant grant, Ending ending) {
            try {
                return honest.deescalate(grant, ending);
            } catch (OutcomeUnknownException unknown) {
                throw new StrategyException(StrategyException.Reason.UNAVAILABLE, "It did not work.", unknown);
            }
        }
    },
    SAYS_REVOKED_WHILE_A_CREATION_IS_UNDER_WAY("no outcome was unknown any more, but access came afterwards") {
        @Override
        Revocation deescalate(AssignmentStrategy honest, Grant grant, Ending ending) {
            boolean shown = honest.look(grant) == Prior.PRESENT;
            return shown ? honest.deescalate(grant, ending) : honest.revoked(grant);
        }
    },
    FORGETS_A_PENDING_CREATION_AT_THE_END("no outcome was unknown any more, but access came afterwards") {
        @Override
        Revocation deescalate(AssignmentStrategy honest, Grant grant, Ending ending) {
            boolean given = grant.state() == GrantState.GRANTED || grant.state() == GrantState.ENDING;
            return given ? honest.deescalate(grant, ending) : honest.revoked(grant);
        }
    },
    SAYS_GRANTED_WHILE_A_DELETION_IS_UNDER_WAY("no outcome was unknown any more, but access went afterwards") {
        @Override
        Grant resume(AssignmentStrategy honest, Grant grant) {
            boolean shown = honest.look(grant) == Prior.PRESENT;
            return shown ? grant.granted(honest.now()) : honest.resume(grant);
        }
    };

    private final String caughtAs;

    SlowLie(String caughtAs) {
        this.caughtAs = caughtAs;
    }

    String caughtAs() {
        return caughtAs;
    }

    Grant resume(AssignmentStrategy honest, Grant grant) {
        return honest.resume(grant);
    }

    Revocation deescalate(AssignmentStrategy honest, Grant grant, Ending ending) {
        return honest.deescalate(grant, ending);
    }

    AccessStrategy<AssignmentTarget> of(AssignmentStrategy honest) {
        return new Liar(this, honest);
    }

    private record Liar(SlowLie lie, AssignmentStrategy honest) implements AccessStrategy<AssignmentTarget> {

        @Override
        public TargetType<AssignmentTarget> targetType() {
            return honest.targetType();
        }

        @Override
        public GrantScope scope() {
            return honest.scope();
        }

        @Override
        public Grant prepare(AccessRequest<? extends AssignmentTarget> request) {
            return honest.prepare(request);
        }

        @Override
        public Grant resume(Grant grant) {
            return lie.resume(honest, grant);
        }

        @Override
        public Revocation deescalate(Grant grant, Ending ending) {
            return lie.deescalate(honest, grant, ending);
        }
    }
}
