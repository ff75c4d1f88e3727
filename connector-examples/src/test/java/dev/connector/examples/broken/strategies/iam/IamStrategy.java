package dev.connector.examples.broken.strategies.iam;

import dev.connector.examples.broken.testing.Testing;
import org.assertj.core.api.Condition;
import software.amazon.awssdk.services.sts.StsClient;

/** Depends on what its users do not have. */
public final class IamStrategy {

    /** On the simulation. */
    public void onItsOwn() {
        new Testing();
    }

    /** On a client of another module. */
    public void onAnotherService(StsClient client) {}

    /** On a library that its module does not bring. */
    public void onAnyLibrary(Condition<?> condition) {}
}
