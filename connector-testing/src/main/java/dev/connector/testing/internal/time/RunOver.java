package dev.connector.testing.internal.time;

/** Ends a task whose run has failed. No exception, so that what handles those does not take it for a failure of AWS. */
final class RunOver extends Error {
    private static final long serialVersionUID = 1;

    RunOver() {
        super("The run that this task belongs to has failed; why, SimulatedAws.run throws");
    }
}
