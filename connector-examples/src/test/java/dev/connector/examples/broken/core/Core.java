package dev.connector.examples.broken.core;

import dev.connector.examples.broken.strategies.iam.IamStrategy;
import dev.connector.examples.broken.testing.Testing;
import org.assertj.core.api.Assertions;
import software.amazon.awssdk.services.iam.IamClient;

/** Depends on what builds on it, and on what users would have to bring. */
final class Core {

    void onStrategy() {
        new IamStrategy().onItsOwn();
    }

    void onTesting(Testing testing) {}

    void onAnotherService(IamClient client) {}

    void onAnyLibrary() {
        Assertions.fail("");
    }
}
