package dev.connector.testkit;

import dev.connector.testing.Fault;
import dev.connector.testing.SimulatedAws;
import java.io.IOException;
import java.util.Optional;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;

/** The way of a process' calls to AWS, where they are counted and go wrong as planned. For one thread. */
final class Wire implements SdkHttpClient {

    private final SimulatedAws aws;
    private final SdkHttpClient line;
    private Plan plan = Plan.NOTHING;
    private int calls;
    private int sent;
    private int troubles;
    private boolean dead;

    Wire(SimulatedAws aws) {
        this.aws = aws;
        this.line = aws.httpClient();
    }

    /** From now on calls are counted from 1 again, and go wrong as planned. */
    void follow(Plan next) {
        plan = next;
        calls = 0;
    }

    /** Nothing goes wrong any more. */
    void heal() {
        plan = Plan.NOTHING;
    }

    boolean isHealed() {
        return plan.equals(Plan.NOTHING);
    }

    /** Another process takes the place of the one that stopped. */
    void revive() {
        dead = false;
    }

    boolean isDead() {
        return dead;
    }

    /** How many calls were made since the plan began. */
    int calls() {
        return calls;
    }

    /** How many calls were made in all. */
    int sent() {
        return sent;
    }

    /** How often something went wrong so far. */
    int troubles() {
        return troubles;
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        ExecutableHttpRequest call = line.prepareRequest(request);
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                return send(call);
            }

            @Override
            public void abort() {
                call.abort();
            }
        };
    }

    private HttpExecuteResponse send(ExecutableHttpRequest call) throws IOException {
        if (dead) {
            throw new Crash();
        }
        sent++;
        calls++;
        int number = calls;
        dieIf(plan.crashesBefore(number));
        Optional<Fault> fault = plan.faultOf(number);
        fault.ifPresent(this::breakNextCall);
        HttpExecuteResponse answer = call.call();
        dieIf(plan.crashesAfter(number));
        return answer;
    }

    private void breakNextCall(Fault fault) {
        troubles++;
        aws.fault(1, fault);
    }

    private void dieIf(boolean crashes) {
        if (crashes) {
            troubles++;
            dead = true;
            throw new Crash();
        }
    }

    /** Does nothing: the next process goes on with the same wire. */
    @Override
    public void close() {}
}
