package dev.connector.testkit;

import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.AccessStrategy;
import dev.connector.core.strategy.Ending;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantScope;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.TargetType;

/** Believes what it sees, also when the request may have put it there. */
record Forgetful(GroupStrategy honest) implements AccessStrategy<GroupTarget> {

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
        return honest.prepare(request.toBuilder().mayHaveRun(false).build());
    }

    @Override
    public Grant resume(Grant grant) {
        return honest.resume(grant);
    }

    @Override
    public Revocation deescalate(Grant grant, Ending ending) {
        return honest.deescalate(grant, ending);
    }
}
