package dev.connector.examples.broken.testkit;

import dev.connector.examples.broken.strategies.iam.IamStrategy;

/** Knows a strategy. */
public final class Puppeteer {

    /** Of IAM. */
    public void onIam(IamStrategy strategy) {}
}
