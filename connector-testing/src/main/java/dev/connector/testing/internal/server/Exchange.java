package dev.connector.testing.internal.server;

import dev.connector.testing.Decision;
import dev.connector.testing.Fault;
import dev.connector.testing.internal.identity.Credentials;
import dev.connector.testing.internal.identity.Identity;
import dev.connector.testing.internal.wire.Parameters;
import dev.connector.testing.internal.wire.Protocol;
import dev.connector.testing.internal.wire.QueryProtocol;
import dev.connector.testing.internal.wire.WireError;
import dev.connector.testing.internal.wire.WireFormatException;
import dev.connector.testing.internal.wire.WireRequest;
import dev.connector.testing.internal.wire.WireResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request on its way from the wire to an operation and back. */
final class Exchange {

    private final Simulator simulator;
    private final WireRequest request;
    private final Instant time;
    private final String requestId;
    private final @Nullable Signature signature;

    private @Nullable Identity caller;
    private Credentials.@Nullable Rejection rejection;
    private String service = "";
    private String operation = "";
    private List<String> resources = List.of();
    private Map<String, String> parameters = Map.of();

    Exchange(Simulator simulator, WireRequest request) {
        this.simulator = simulator;
        this.request = request;
        this.time = simulator.time().instant();
        this.requestId = simulator.newRequestId();
        this.signature = Signature.of(request);
    }

    Answer answer() {
        authenticate();
        Optional<ServiceDefinition> definition = definition();
        if (definition.isEmpty()) {
            service = signature == null ? "unknown" : signature.service();
            operation = "unknown";
            return notSimulated(Protocol.guess(request), "the service " + service);
        }
        service = definition.get().name();
        Service table = simulator.table(definition.get());
        try {
            return answer(table);
        } catch (WireFormatException e) {
            return refuse(table, Decision.REJECTED, table.errors().malformed(), String.valueOf(e.getMessage()));
        }
    }

    private Optional<ServiceDefinition> definition() {
        if (signature != null) {
            return simulator.services().stream()
                    .filter(candidate -> candidate.name().equals(signature.service()))
                    .findFirst();
        }
        String mark = request.header("X-Amz-Target")
                .or(() -> QueryProtocol.version(request))
                .orElse("");
        return simulator.services().stream()
                .filter(candidate -> mark.startsWith(candidate.unsignedMark()))
                .findFirst();
    }

    private Answer answer(Service table) {
        operation = table.protocol().operation(request, table.routes()).orElse("unknown");
        Optional<Operation<?>> known = table.operation(operation);
        return known.isPresent()
                ? answer(table, known.get())
                : notSimulated(table.protocol(), service + ":" + operation);
    }

    private <I> Answer answer(Service table, Operation<I> called) {
        Fault fault = simulator.faults().next(service, operation);
        I input = table.protocol().read(request, called.route(), called.shape());
        parameters = Parameters.of(input, called.secrets());
        Parameters.secretsOf(input, called.secrets())
                .forEach((name, value) -> simulator.credentials().keepSecret("the parameter " + name, value));
        if (fault != null && !fault.takesEffect()) {
            return fail(table, fault, null);
        }
        Outcome outcome = rejection == null ? perform(table, called, input) : rejected(table, rejection);
        if (fault != null) {
            return fail(table, fault, outcome.error());
        }
        record(outcome.decision(), null, outcome.error());
        return Answer.of(outcome.response());
    }

    private void authenticate() {
        try {
            caller = signature == null
                    ? simulator.credentials().authenticate(null, null, time)
                    : simulator.credentials().authenticate(signature.accessKeyId(), signature.sessionToken(), time);
        } catch (Credentials.RejectedException e) {
            rejection = e.rejection();
        }
    }

    private <I> Outcome perform(Service table, Operation<I> called, I input) {
        Call call = new Call(
                Objects.requireNonNull(caller),
                time,
                service + ":" + operation,
                signature == null ? "" : signature.region(),
                table.errors(),
                simulator.authorizer());
        try {
            Object result = called.handler().handle(input, call);
            return new Outcome(Decision.ALLOWED, table.protocol().write(operation, result, requestId), null);
        } catch (ServiceFailure e) {
            return failed(table, decision(table, e), e);
        } finally {
            resources = call.resources();
        }
    }

    private static Decision decision(Service table, ServiceFailure failure) {
        String code = failure.error().code();
        if (code.equals(SimulatorError.NOT_SIMULATED.code())) {
            return Decision.NOT_SIMULATED;
        }
        return code.equals(table.errors().accessDenied().code()) ? Decision.DENIED : Decision.REJECTED;
    }

    private Outcome rejected(Service table, Credentials.Rejection why) {
        ServiceFailure failure = switch (why) {
            case MISSING -> table.errors().missingToken().because("Request is missing Authentication Token");
            case INVALID ->
                table.errors().invalidToken().because("The security token included in the request is invalid");
            case EXPIRED -> expired(table);
        };
        return failed(table, Decision.NOT_AUTHENTICATED, failure);
    }

    private Outcome failed(Service table, Decision decision, ServiceFailure failure) {
        return new Outcome(decision, table.protocol().error(failure.error(), requestId), failure.error());
    }

    private static ServiceFailure expired(Service table) {
        return table.errors().expiredToken().because("The security token included in the request is expired");
    }

    private Answer fail(Service table, Fault fault, @Nullable WireError lost) {
        return switch (fault) {
            case THROTTLE -> faulty(table, fault, table.errors().throttled().because("Rate exceeded"));
            case SERVER_ERROR_BEFORE, SERVER_ERROR_AFTER ->
                faulty(table, fault, table.errors().internal().because("The request failed for an unknown reason"));
            case ACCESS_DENIED -> faulty(table, fault, denied(table));
            case EXPIRED_TOKEN -> faulty(table, fault, expired(table));
            case CONNECTION_RESET_BEFORE, CONNECTION_RESET_AFTER, SLOW_BEFORE, SLOW_AFTER, GARBAGE_BODY -> {
                record(Decision.FAULT, fault, lost);
                yield () -> LostAnswers.lose(fault, simulator.time(), requestId);
            }
        };
    }

    private ServiceFailure denied(Service table) {
        return table.errors()
                .accessDenied()
                .because("User: " + callerArn() + " is not authorized to perform: " + service + ":" + operation);
    }

    private Answer faulty(Service table, Fault fault, ServiceFailure failure) {
        record(Decision.FAULT, fault, failure.error());
        return Answer.of(table.protocol().error(failure.error(), requestId));
    }

    private Answer refuse(Service table, Decision decision, ErrorCode code, String message) {
        WireError error = code.because(message).error();
        record(decision, null, error);
        return Answer.of(table.protocol().error(error, requestId));
    }

    private Answer notSimulated(Protocol protocol, String what) {
        WireError error = SimulatorError.NOT_SIMULATED
                .because("SimulatedAws does not know " + what + "; nothing was done")
                .error();
        record(Decision.NOT_SIMULATED, null, error);
        return Answer.of(protocol.error(error, requestId));
    }

    private void record(Decision decision, @Nullable Fault fault, @Nullable WireError error) {
        simulator.record(new CallRecord(
                time,
                callerArn(),
                caller == null ? null : caller.roleArn(),
                caller == null ? null : caller.accountId(),
                service,
                operation,
                resources,
                parameters,
                decision,
                fault,
                error == null ? null : error.code(),
                requestId));
    }

    private String callerArn() {
        return caller == null ? "anonymous" : caller.arn();
    }

    private record Outcome(
            Decision decision,
            WireResponse response,
            @Nullable WireError error) {}
}
