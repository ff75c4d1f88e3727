package dev.connector.testkit;

import dev.connector.core.strategy.Grant;

/** That a principal has access to a target. */
record Access(String principalId, String target) {

    static Access of(Grant grant) {
        return new Access(grant.principalId(), grant.target().name());
    }
}
