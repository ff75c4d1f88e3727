package dev.connector.strategies.sso;

import java.util.function.Function;

/** Asks whoever uses the strategy about accounts: only after something has failed, and never instead of trying. */
final class Accounts {

    private final Function<String, AccountStatus> status;

    Accounts(Function<String, AccountStatus> status) {
        this.status = status;
    }

    /** What cannot be answered makes no other failure worse. */
    boolean isSuspended(PermissionSetTarget target) {
        try {
            return status.apply(target.accountId()) == AccountStatus.SUSPENDED;
        } catch (RuntimeException unanswered) {
            return false;
        }
    }
}
