package dev.connector.examples.readme;

import dev.connector.core.RuntimeConnector;
import dev.connector.core.strategy.AccessStrategy;
import dev.connector.strategies.iam.IamGroupPattern;
import dev.connector.strategies.iam.IamGroupStrategy;
import dev.connector.strategies.iam.IamGroupTarget;
import java.util.List;
import java.util.Map;

/** Stands for the reader's own strategy in {@link ReadmeExample}. */
final class MyStrategy {

    private MyStrategy() {}

    static AccessStrategy<IamGroupTarget> of(
            RuntimeConnector connector,
            Map<String, String> role,
            List<IamGroupTarget> allowed,
            List<IamGroupTarget> revocable) {
        return IamGroupStrategy.builder()
                .connector(connector)
                .settings(role)
                .allowedGroups(patterns(allowed))
                .revocableGroups(patterns(revocable))
                .build();
    }

    private static IamGroupPattern[] patterns(List<IamGroupTarget> groups) {
        return groups.stream()
                .map(group -> IamGroupPattern.of("/sym/", group.groupName()))
                .toArray(IamGroupPattern[]::new);
    }
}
