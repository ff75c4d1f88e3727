package dev.connector.examples.broken.strategies.sso;

import dev.connector.examples.broken.strategies.iam.IamStrategy;

/** Depends on another strategy. */
final class SomeStrategy {

    void onAnotherStrategy() {
        new IamStrategy();
    }
}
