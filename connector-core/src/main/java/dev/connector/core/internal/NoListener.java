package dev.connector.core.internal;

import dev.connector.core.ConnectorListener;

/** Nobody listens: known by identity, so that nothing need be put together to be told to nobody. */
public enum NoListener implements ConnectorListener {
    /** The only one. */
    INSTANCE
}
