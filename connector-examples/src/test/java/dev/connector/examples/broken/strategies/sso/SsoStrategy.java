package dev.connector.examples.broken.strategies.sso;

import dev.connector.examples.broken.testing.Testing;
import software.amazon.awssdk.services.sts.StsClient;

/** Depends on what its users do not have. */
public final class SsoStrategy {

    /** On the simulation. */
    public void onItsOwn() {
        new Testing();
    }

    /** On a client of another module. */
    public void onAnotherService(StsClient client) {}
}
