package dev.connector.examples.broken.strategies.iam;

import dev.connector.examples.broken.core.internal.Hidden;

/** Uses what is internal to another module. */
final class Trespass {

    Hidden field;

    void parameter(Hidden[] hidden) {}

    void call() {
        new Hidden().help();
    }
}
