package dev.connector.examples.broken.testing;

import dev.connector.examples.broken.core.ExposedLibraries;

/** Knows the library. */
public final class Testing {

    /** Of core. */
    public void onCore(ExposedLibraries core) {}
}
