package dev.connector.benchmarks;

import dev.connector.core.ConnectorClock;
import dev.connector.core.RuntimeConnector;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.Outcome;
import dev.connector.core.strategy.Prior;
import dev.connector.core.strategy.Requester;
import dev.connector.strategies.sso.PermissionSetPattern;
import dev.connector.strategies.sso.PermissionSetStrategy;
import dev.connector.strategies.sso.PermissionSetTarget;
import dev.connector.testing.SimulatedAws;
import dev.connector.testing.SimulatedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A simulated Identity Center with many users, in virtual time: a call takes 40 ms, a change 5 s on average. The seed is always the same. */
final class Directory implements AutoCloseable {

    static final Duration PROVISIONING = Duration.ofSeconds(5);

    private static final int ACCOUNTS = 20;
    private static final Duration LATENCY = Duration.ofMillis(40);
    private static final Duration PATIENCE = Duration.ofHours(12);

    final SimulatedAws aws = SimulatedAws.create();
    private final String permissionSet = aws.identityCenter().createPermissionSet("ReadOnly", Duration.ofHours(1));
    private final List<String> userIds = new ArrayList<>();
    private final Map<String, String> runtime = aws.runtimeConnector("main");
    private final Map<String, String> sso = aws.ssoConnector("main");
    private final List<AutoCloseable> opened = new ArrayList<>();

    Directory(int users) {
        for (int user = 0; user < users; user++) {
            userIds.add(aws.identityCenter().createUser(name(user)));
        }
        aws.identityCenter().provisioningTime(PROVISIONING);
        aws.latency(LATENCY);
    }

    private static String name(int user) {
        return "user-" + user;
    }

    String userId(int user) {
        return userIds.get(user);
    }

    /** The users are spread over some accounts. */
    PermissionSetTarget target(int user) {
        return PermissionSetTarget.of(
                permissionSet, String.format(Locale.ROOT, "%012d", 400_000_000_000L + user % ACCOUNTS));
    }

    /** A strategy as another process would have it: with a clock, and so a queue, of its own. */
    PermissionSetStrategy process(int reservedRevocationSlots) {
        SimulatedClock clock = aws.clock();
        RuntimeConnector connector = RuntimeConnector.builder()
                .settings(runtime)
                .environment("main")
                .sourceCredentials(aws.serviceCredentials())
                .httpClient(aws.httpClient())
                .clock(ConnectorClock.of(clock, clock::nanos, clock::sleep, clock::await))
                .build();
        PermissionSetStrategy strategy = PermissionSetStrategy.builder()
                .connector(connector)
                .settings(sso)
                .reservedRevocationSlots(reservedRevocationSlots)
                .allowedPermissionSets(PermissionSetPattern.of(permissionSet, "4*"))
                .build();
        opened.add(0, connector);
        opened.add(0, strategy);
        return strategy;
    }

    List<Grant> prepared(PermissionSetStrategy strategy, int from, int to) {
        List<Grant> prepared = new ArrayList<>();
        for (int user = from; user < to; user++) {
            prepared.add(strategy.prepare(AccessRequest.builder(Requester.of(name(user)), target(user))
                    .requestedAt(aws.clock().instant())
                    .notAfter(aws.clock().instant().plus(PATIENCE))
                    .duration(PATIENCE)
                    .maxWait(PATIENCE)
                    .build()));
        }
        return prepared;
    }

    /** Grants that were given before, without a change that AWS would draw a time for: each measure has the same draws. */
    List<Grant> given(PermissionSetStrategy strategy, int from, int to) {
        for (int user = from; user < to; user++) {
            PermissionSetTarget target = target(user);
            aws.identityCenter().assignUser(target.permissionSetArn(), target.accountId(), userId(user));
        }
        return prepared(strategy, from, to).stream()
                .map(prepared -> prepared.toBuilder().prior(Prior.ABSENT).build())
                .map(prepared -> prepared.granted(aws.clock().instant()))
                .toList();
    }

    static <R> int done(List<Outcome<R>> outcomes) {
        return (int)
                outcomes.stream().filter(outcome -> outcome.value().isPresent()).count();
    }

    /** How long work takes in virtual time, in nanoseconds, and how often it calls SSO Admin. */
    Cost cost(Runnable... work) {
        aws.clearCalls();
        long started = aws.clock().nanos();
        aws.run(work);
        long took = aws.clock().nanos() - started;
        long calls = aws.calls().stream()
                .filter(call -> call.service().equals("sso"))
                .count();
        long throttled = aws.calls().stream()
                .filter(call ->
                        call.errorCode().filter("ThrottlingException"::equals).isPresent())
                .count();
        return new Cost((double) took, calls, throttled);
    }

    /** What work has cost. */
    record Cost(double nanos, long calls, long throttled) {

        /** The least time that AWS allows for so many changes, in nanoseconds. */
        double floor(int changes) {
            return Math.max(changes * (double) PROVISIONING.toNanos() / 10, calls * 1e9 / 20);
        }
    }

    @Override
    public void close() {
        for (AutoCloseable each : opened) {
            try {
                each.close();
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        }
        aws.close();
    }
}
