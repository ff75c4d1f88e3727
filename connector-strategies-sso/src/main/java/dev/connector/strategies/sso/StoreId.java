package dev.connector.strategies.sso;

import dev.connector.core.strategy.StrategyException.Reason;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The id of the identity store: given, or else looked up once. Thread-safe. */
final class StoreId {

    private final String instanceArn;
    private final SsoFailures failures;
    private volatile @Nullable String known;

    StoreId(@Nullable String given, String instanceArn, SsoFailures failures) {
        this.known = given;
        this.instanceArn = instanceArn;
        this.failures = failures;
    }

    String get(Attempt attempt, Supplier<AdminReads> reads) {
        String id = known;
        if (id == null) {
            id = reads.get().storeIdOfInstance();
            if (id == null) {
                throw failures.certain(
                        Reason.TARGET_NOT_FOUND,
                        attempt,
                        "no Identity Center instance " + instanceArn
                                + " is in sight of the role, so its identity store is not known. Whoever set the"
                                + " connector up can tell whether instance_arn is right, or set identityStoreId(...).");
            }
            known = id;
        }
        return id;
    }
}
