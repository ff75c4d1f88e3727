package dev.connector.testing.internal.server;

/** The errors that no AWS service has. */
public enum SimulatorError implements ErrorCode {
    /** Something that AWS has and the simulation has not. The SDK does not retry this status. */
    NOT_SIMULATED;

    @Override
    public String code() {
        return "NotSimulated";
    }

    @Override
    public int status() {
        return 501;
    }
}
