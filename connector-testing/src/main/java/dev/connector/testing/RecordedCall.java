package dev.connector.testing;

import dev.connector.testing.internal.server.CallRecord;
import dev.connector.testing.internal.server.Printable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One call that reached the simulated AWS, with who called, what for and how it ended. It holds no credentials and no external
 * ID.
 *
 * <p>Immutable, thread-safe.
 */
public final class RecordedCall {

    private final CallRecord call;

    RecordedCall(CallRecord call) {
        this.call = call;
    }

    /**
     * When it was received, by {@link SimulatedAws#clock()}.
     *
     * @return the wall clock's time
     */
    public Instant time() {
        return call.time();
    }

    /**
     * Who called.
     *
     * @return the ARN of a user or of an assumed role's session; {@code anonymous} where the call was not authenticated
     */
    public String caller() {
        return call.caller();
    }

    /**
     * The role whose session called.
     *
     * @return the role's ARN; empty for users and calls that were not authenticated
     */
    public Optional<String> callerRole() {
        return Optional.ofNullable(call.callerRole());
    }

    /**
     * The account of who called.
     *
     * @return twelve digits; empty where the call was not authenticated
     */
    public Optional<String> callerAccount() {
        return Optional.ofNullable(call.callerAccount());
    }

    /**
     * The service, by the name it has in actions.
     *
     * @return such as {@code iam}
     */
    public String service() {
        return call.service();
    }

    /**
     * The operation.
     *
     * @return such as {@code AddUserToGroup}
     */
    public String operation() {
        return call.operation();
    }

    /**
     * The action that policies speak of.
     *
     * @return such as {@code iam:AddUserToGroup}
     */
    public String action() {
        return call.service() + ":" + call.operation();
    }

    /**
     * What the call was authorised on.
     *
     * @return one or more ARNs; empty where it did not come so far or where no permission is needed
     */
    public List<String> resources() {
        return call.resources();
    }

    /**
     * The request's parameters, by their names in the request.
     *
     * @return text of each parameter that was set; the external ID stands as {@code ***}; empty where the request was not read
     */
    public Map<String, String> parameters() {
        return call.parameters();
    }

    /**
     * How it ended.
     *
     * @return the decision
     */
    public Decision decision() {
        return call.decision();
    }

    /**
     * The fault that the test had asked for.
     *
     * @return the fault; empty unless {@link #decision()} is {@link Decision#FAULT}
     */
    public Optional<Fault> fault() {
        return Optional.ofNullable(call.fault());
    }

    /**
     * The error code that the service answered with.
     *
     * @return such as {@code NoSuchEntity}; empty if it answered without an error, or not at all
     */
    public Optional<String> errorCode() {
        return Optional.ofNullable(call.errorCode());
    }

    /**
     * The request id that the service answered with.
     *
     * @return a UUID, made from the seed
     */
    public String requestId() {
        return call.requestId();
    }

    /**
     * The call on one line, with foreign text escaped.
     *
     * @return time, decision, caller, action, resources, parameters and error
     */
    @Override
    public String toString() {
        return String.join(" ", Printable.columns(call)).strip();
    }
}
