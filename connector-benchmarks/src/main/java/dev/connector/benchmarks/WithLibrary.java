package dev.connector.benchmarks;

import dev.connector.core.ConnectorClock;
import dev.connector.core.RuntimeConnector;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.Requester;
import dev.connector.strategies.iam.IamGroupPattern;
import dev.connector.strategies.iam.IamGroupStrategy;
import dev.connector.strategies.iam.IamGroupTarget;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpClient;

/** As a service does it that uses the library. */
final class WithLibrary implements Access {

    private final RuntimeConnector connector;
    private final IamGroupStrategy strategy;
    /** A service knows its requests by ids of its own. */
    private long requests;

    private @Nullable Grant grant;

    WithLibrary(SdkHttpClient http) {
        connector = Account.connector(http, ConnectorClock.system()).build();
        strategy = IamGroupStrategy.builder()
                .connector(connector)
                .roleArn(Account.IAM_ROLE)
                .allowedGroups(IamGroupPattern.of(Account.PATH, Account.GROUP))
                .build();
    }

    @Override
    public void give() {
        grant = strategy.escalate(
                AccessRequest.builder(Requester.of(Account.USER), IamGroupTarget.of(Account.PATH, Account.GROUP))
                        .id(new UUID(0, requests++))
                        .reason("INC-42")
                        .duration(Duration.ofHours(1))
                        .build());
    }

    @Override
    public void takeAway() {
        if (grant == null) {
            throw new IllegalStateException("Nothing was given.");
        }
        strategy.deescalate(grant);
    }

    @Override
    public void close() {
        strategy.close();
        connector.close();
    }
}
