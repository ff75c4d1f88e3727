package dev.connector.testkit;

import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.AccessStrategy;
import dev.connector.core.strategy.Deadline;
import dev.connector.core.strategy.Ending;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantScope;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.OutcomeUnknownException;
import dev.connector.core.strategy.Prior;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.StrategyException;
import dev.connector.core.strategy.TargetType;
import dev.connector.core.strategy.Verb;
import java.time.Duration;

/** Ways for a strategy to lie, each in one place, and honest otherwise. */
enum Lie {
    SAYS_GRANTED_WITHOUT_ADDING {
        @Override
        Grant resume(GroupStrategy honest, Grant grant) {
            return grant.granted(honest.now());
        }
    },
    SAYS_GRANTED_WHEN_THE_ANSWER_WAS_LOST {
        @Override
        Grant resume(GroupStrategy honest, Grant grant) {
            try {
                return honest.resume(grant);
            } catch (OutcomeUnknownException unknown) {
                return grant.granted(honest.now());
            }
        }
    },
    SAYS_NOT_GRANTED_WHEN_THE_ANSWER_WAS_LOST {
        @Override
        Grant resume(GroupStrategy honest, Grant grant) {
            try {
                return honest.resume(grant);
            } catch (OutcomeUnknownException unknown) {
                throw failed(unknown);
            }
        }
    },
    SAYS_REVOKED_WITHOUT_REMOVING {
        @Override
        Revocation deescalate(GroupStrategy honest, Grant grant, Ending ending) {
            return revoked(honest, grant);
        }
    },
    SAYS_REVOKED_WHEN_IT_FAILED {
        @Override
        Revocation deescalate(GroupStrategy honest, Grant grant, Ending ending) {
            try {
                return honest.deescalate(grant, ending);
            } catch (StrategyException failed) {
                return revoked(honest, grant);
            }
        }
    },
    SAYS_NOT_REVOKED_WHEN_THE_ANSWER_WAS_LOST {
        @Override
        Revocation deescalate(GroupStrategy honest, Grant grant, Ending ending) {
            try {
                return honest.deescalate(grant, ending);
            } catch (OutcomeUnknownException unknown) {
                throw failed(unknown);
            }
        }
    },
    BELIEVES_A_READ_RIGHT_AFTER_AN_END {
        @Override
        Grant prepare(GroupStrategy honest, AccessRequest<? extends GroupTarget> request) {
            Grant grant = honest.prepare(request);
            Prior seen = honest.look(request.requester().username(), request.target(), soon(honest));
            return grant.toBuilder().prior(seen).build();
        }
    },
    SAYS_THERE_WAS_NO_ACCESS_BEFORE {
        @Override
        Grant prepare(GroupStrategy honest, AccessRequest<? extends GroupTarget> request) {
            return honest.prepare(request).toBuilder().prior(Prior.ABSENT).build();
        }
    },
    ADDS_NOTHING_WHERE_A_READ_SHOWS_THE_ACCESS {
        @Override
        Grant resume(GroupStrategy honest, Grant grant) {
            String user = grant.principalName().orElseThrow();
            boolean shown = honest.look(user, group(grant), soon(honest)) == Prior.PRESENT;
            return shown ? grant.granted(honest.now()) : honest.resume(grant);
        }
    },
    SAYS_ABSENT_AFTER_ONE_READ {
        @Override
        Revocation deescalate(GroupStrategy honest, Grant grant, Ending ending) {
            String user = grant.principalName().orElseThrow();
            boolean shown = honest.look(user, group(grant), soon(honest)) != Prior.ABSENT;
            return shown ? honest.deescalate(grant, ending) : revoked(honest, grant);
        }
    },
    GIVES_WHEN_IT_ONLY_PREPARES {
        @Override
        Grant prepare(GroupStrategy honest, AccessRequest<? extends GroupTarget> request) {
            Grant grant = honest.prepare(request);
            honest.add(request.requester().username(), request.target(), soon(honest));
            return grant;
        }
    },
    GIVES_MORE_THAN_WAS_ASKED_FOR {
        @Override
        Grant resume(GroupStrategy honest, Grant grant) {
            honest.add("dan", group(grant), soon(honest));
            return honest.resume(grant);
        }
    },
    TAKES_FROM_WHOEVER_HAS_THE_NAME {
        @Override
        Revocation deescalate(GroupStrategy honest, Grant grant, Ending ending) {
            try {
                return honest.deescalate(grant, ending);
            } catch (StrategyException changed) {
                honest.remove(grant.principalName().orElseThrow(), group(grant), soon(honest));
                return revoked(honest, grant);
            }
        }
    },
    CLAIMS_A_READ_THAT_IT_MAY_NOT_MAKE {
        @Override
        Grant resume(GroupStrategy honest, Grant grant) {
            return honest.resume(grant).toBuilder().confirmed(true).build();
        }
    },
    GIVES_WHAT_COMES_TOO_LATE {
        @Override
        Grant resume(GroupStrategy honest, Grant grant) {
            try {
                return honest.resume(grant);
            } catch (OutcomeUnknownException late) {
                honest.add(grant.principalName().orElseThrow(), group(grant), soon(honest));
                return grant.granted(honest.now());
            }
        }
    },
    FORGETS_ITS_LIST {
        @Override
        Revocation deescalate(GroupStrategy honest, Grant grant, Ending ending) {
            honest.remove(grant.principalName().orElseThrow(), group(grant), soon(honest));
            return honest.deescalate(grant, ending);
        }
    },
    FORGETS_OTHER_GRANTS {
        @Override
        Revocation deescalate(GroupStrategy honest, Grant grant, Ending ending) {
            return honest.deescalate(grant.toBuilder().prior(Prior.ABSENT).build(), Ending.scheduled());
        }
    },
    TAKES_WHAT_WAS_THERE_BEFORE {
        @Override
        Revocation deescalate(GroupStrategy honest, Grant grant, Ending ending) {
            honest.remove(grant.principalName().orElseThrow(), group(grant), soon(honest));
            return honest.deescalate(grant, ending);
        }
    },
    SAYS_NOT_GRANTED_WHEN_IT_IS_ASKED_AGAIN {
        @Override
        Grant resume(GroupStrategy honest, Grant grant) {
            if (grant.state() == GrantState.PENDING) {
                throw new StrategyException(StrategyException.Reason.UNAVAILABLE, "It did not work.");
            }
            return honest.resume(grant);
        }
    },
    SAYS_NOT_REVOKED_WHEN_IT_IS_ASKED_AGAIN {
        @Override
        Revocation deescalate(GroupStrategy honest, Grant grant, Ending ending) {
            if (grant.state() == GrantState.ENDING) {
                throw new StrategyException(StrategyException.Reason.UNAVAILABLE, "It did not work.");
            }
            return honest.deescalate(grant, ending);
        }
    },
    IS_NOT_SURE_WHETHER_IT_PREPARED {
        @Override
        Grant prepare(GroupStrategy honest, AccessRequest<? extends GroupTarget> request) {
            throw new OutcomeUnknownException(
                    Verb.ESCALATE, honest.prepare(request).pending(), "Nobody knows.");
        }
    },
    IS_NOT_SURE_OF_ANOTHER_VERB {
        @Override
        Grant resume(GroupStrategy honest, Grant grant) {
            try {
                return honest.resume(grant);
            } catch (OutcomeUnknownException unknown) {
                throw new OutcomeUnknownException(Verb.DEESCALATE, grant.ending(), "Nobody knows.");
            }
        }
    },
    PREPARES_WHAT_IS_GIVEN_ALREADY {
        @Override
        Grant prepare(GroupStrategy honest, AccessRequest<? extends GroupTarget> request) {
            return honest.prepare(request).granted(honest.now());
        }
    },
    ANSWERS_WITH_ANOTHER_GRANT {
        @Override
        Grant resume(GroupStrategy honest, Grant grant) {
            return honest.resume(grant).toBuilder().duration(Duration.ofDays(1)).build();
        }
    },
    THROWS_WHAT_NOBODY_EXPECTS {
        @Override
        Grant resume(GroupStrategy honest, Grant grant) {
            try {
                return honest.resume(grant);
            } catch (StrategyException failed) {
                throw new IllegalStateException("It did not work.", failed);
            }
        }
    },
    FORGETS_THAT_A_REQUEST_MAY_HAVE_RUN {
        @Override
        Grant prepare(GroupStrategy honest, AccessRequest<? extends GroupTarget> request) {
            return honest.prepare(request.toBuilder().mayHaveRun(false).build());
        }
    },
    IS_NEVER_SURE {
        @Override
        Revocation deescalate(GroupStrategy honest, Grant grant, Ending ending) {
            honest.deescalate(grant, ending);
            throw new OutcomeUnknownException(Verb.DEESCALATE, grant.ending(), "Nobody knows.");
        }
    };

    Grant prepare(GroupStrategy honest, AccessRequest<? extends GroupTarget> request) {
        return honest.prepare(request);
    }

    Grant resume(GroupStrategy honest, Grant grant) {
        return honest.resume(grant);
    }

    Revocation deescalate(GroupStrategy honest, Grant grant, Ending ending) {
        return honest.deescalate(grant, ending);
    }

    AccessStrategy<GroupTarget> of(GroupStrategy honest) {
        return new Liar(this, honest);
    }

    private static Revocation revoked(GroupStrategy honest, Grant grant) {
        return Revocation.builder(grant, Revocation.Result.REVOKED)
                .endedAt(honest.now())
                .build();
    }

    private static StrategyException failed(OutcomeUnknownException unknown) {
        return new StrategyException(StrategyException.Reason.UNAVAILABLE, "It did not work.", unknown);
    }

    private static GroupTarget group(Grant grant) {
        return new GroupTarget(grant.target().name());
    }

    private static Deadline soon(GroupStrategy honest) {
        return honest.deadline(Duration.ofMinutes(1));
    }

    private record Liar(Lie lie, GroupStrategy honest) implements AccessStrategy<GroupTarget> {

        @Override
        public TargetType<GroupTarget> targetType() {
            return honest.targetType();
        }

        @Override
        public GrantScope scope() {
            return honest.scope();
        }

        @Override
        public Grant prepare(AccessRequest<? extends GroupTarget> request) {
            return lie.prepare(honest, request);
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
