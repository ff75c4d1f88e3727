package dev.connector.examples.identitycenter;

import dev.connector.core.RuntimeConnector;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.Ending;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.Outcome;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.Revocation;
import dev.connector.strategies.sso.PermissionSetPattern;
import dev.connector.strategies.sso.PermissionSetStrategy;
import dev.connector.strategies.sso.PermissionSetTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Lets people into an account with a permission set for an hour, and out again. Thread-safe. */
public final class AccountDesk implements AutoCloseable {

    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final PermissionSetStrategy strategy;
    private final PermissionSetTarget target;

    /**
     * A desk for one permission set in one account.
     *
     * @param connector assumes the runtime role; it stays open when the desk is closed
     * @param settings what the Terraform module sso-connector outputs
     * @param permissionSetArn the permission set
     * @param accountId the account, 12 digits
     */
    public AccountDesk(
            RuntimeConnector connector, Map<String, String> settings, String permissionSetArn, String accountId) {
        this.target = PermissionSetTarget.of(permissionSetArn, accountId);
        this.strategy = PermissionSetStrategy.builder()
                .connector(connector)
                .settings(settings)
                .allowedPermissionSets(PermissionSetPattern.of(permissionSetArn, accountId))
                .build();
    }

    /**
     * Lets somebody in. Returns when AWS says that the access is there.
     *
     * @param userName their user name or e-mail address in the identity store
     * @param reason why
     * @param now the time of the service's clock
     * @return the grant, to be stored; at its end call {@link #letOut}
     */
    public Grant letIn(String userName, String reason, Instant now) {
        return strategy.escalate(AccessRequest.builder(Requester.of(userName), target)
                .reason(reason)
                .duration(AN_HOUR)
                .requestedAt(now)
                .build());
    }

    /**
     * Lets somebody out. Returns when AWS says that the access is gone.
     *
     * @param stored the grant as it was stored
     * @return how it ended, and how long sessions may still go on
     */
    public Revocation letOut(String stored) {
        return strategy.deescalate(Grant.fromJson(stored));
    }

    /**
     * Lets many out at once, on the calling thread, as many at a time as AWS allows. One that fails does not keep the others in.
     *
     * @param stored their grants as they were stored
     * @param onEach told of each as soon as it is known how it ended, so that it can be stored
     * @return how each ended, in the order of the grants
     */
    public List<Outcome<Revocation>> letAllOut(Collection<String> stored, Consumer<Outcome<Revocation>> onEach) {
        return strategy.deescalateAll(stored.stream().map(Grant::fromJson).toList(), Ending.scheduled(), onEach);
    }

    @Override
    public void close() {
        strategy.close();
    }
}
