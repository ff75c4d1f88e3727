package dev.connector.core.strategy;

import dev.connector.core.ConnectorException;

/** A target is not on the strategy's lists. Thrown before any call to AWS. */
public final class TargetNotAllowedException extends ConnectorException {

    private static final long serialVersionUID = 1L;

    private final transient TargetSnapshot target;

    /**
     * A refusal.
     *
     * @param target the target that was asked for
     * @param message what was tried, the lists that the target is not on, and what to do about it
     */
    public TargetNotAllowedException(AccessTarget target, String message) {
        super(message, (Throwable) null);
        this.target = TargetSnapshot.of(target);
    }

    /**
     * The target that was asked for.
     *
     * @return its snapshot; Java serialization loses it
     */
    public TargetSnapshot target() {
        return target;
    }
}
