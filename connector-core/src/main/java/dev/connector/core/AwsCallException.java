package dev.connector.core;

/**
 * A call to AWS failed for good, as {@link Retries} reports it to the strategy that made the call.
 *
 * <p>A strategy translates it into what its own callers act on; they never see this one.
 */
public final class AwsCallException extends ConnectorException {

    private static final long serialVersionUID = 1L;

    private final transient AwsFailure failure;

    AwsCallException(AwsFailure failure) {
        super("Cannot call " + failure.operation() + ": " + failure.description() + ".", failure);
        this.failure = failure;
    }

    /**
     * The failure, over all attempts.
     *
     * @return the last attempt's failure; it may have taken effect if any attempt may have
     */
    public AwsFailure failure() {
        return failure;
    }
}
