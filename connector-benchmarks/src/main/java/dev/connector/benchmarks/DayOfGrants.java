package dev.connector.benchmarks;

import dev.connector.core.ConnectorClock;
import dev.connector.core.RuntimeConnector;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.Revocation;
import dev.connector.strategies.iam.IamGroupPattern;
import dev.connector.strategies.iam.IamGroupStrategy;
import dev.connector.strategies.iam.IamGroupTarget;
import dev.connector.testing.SimulatedAws;
import dev.connector.testing.SimulatedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A day of a service in virtual time: twenty people get access again and again, each on a thread of their own, and each grant is ended when its time is over.
 */
final class DayOfGrants implements AutoCloseable {

    private static final Duration DAY = Duration.ofDays(1);
    private static final int PEOPLE = 20;
    private static final String GROUP = "OnCall";

    private final SimulatedAws aws = SimulatedAws.create();
    private final SimulatedClock clock = aws.clock();
    private final AtomicInteger ended = new AtomicInteger();
    private final int grantsEach;
    private final RuntimeConnector connector;
    private final IamGroupStrategy strategy;
    private final Instant begin;

    private DayOfGrants(int grants) {
        grantsEach = grants / PEOPLE;
        aws.iam().createGroup(Account.PATH, GROUP);
        IntStream.range(0, PEOPLE).forEach(person -> aws.iam().createUser(name(person)));
        connector = RuntimeConnector.builder()
                .settings(aws.runtimeConnector("main"))
                .environment("main")
                .sourceCredentials(aws.serviceCredentials())
                .httpClient(aws.httpClient())
                .clock(ConnectorClock.of(clock, clock::nanos, clock::sleep, clock::await))
                .build();
        strategy = IamGroupStrategy.builder()
                .connector(connector)
                .settings(aws.iamConnector("main"))
                .allowedGroups(IamGroupPattern.of(Account.PATH, GROUP))
                .build();
        aws.iam().putRolePolicy("SymIAMMain", "look-at-groups", """
                {"Version": "2012-10-17", "Statement": {
                    "Effect": "Allow", "Action": "iam:GetGroup", "Resource": "arn:aws:iam::*:group/sym/*"}}
                """);
        begin = clock.instant();
    }

    static List<Row> rows(Effort effort) {
        int grants = effort.grants();
        try (DayOfGrants day = new DayOfGrants(grants)) {
            long started = System.nanoTime();
            day.run();
            double took = System.nanoTime() - started;
            return List.of(
                    Row.atMost(30e9, "a day in virtual time, " + Unit.GRANTS.print(grants), Unit.NANOSECONDS, took),
                    Row.exactly(grants, "grants ended in their time", Unit.GRANTS, day.ended.get()),
                    Row.exactly(
                            0,
                            "members left",
                            Unit.GRANTS,
                            day.aws.iam().members(GROUP).size()));
        }
    }

    private void run() {
        aws.run(IntStream.range(0, PEOPLE)
                .mapToObj(person -> (Runnable) () -> live(person))
                .toArray(Runnable[]::new));
        waitUntil(begin.plus(DAY));
    }

    /** One grant after the other, evenly over the day; each person begins a little after the one before. */
    private void live(int person) {
        Duration period = DAY.dividedBy(grantsEach);
        Instant first = begin.plus(period.dividedBy(2 * PEOPLE).multipliedBy(person));
        for (int number = 0; number < grantsEach; number++) {
            waitUntil(first.plus(period.multipliedBy(number)));
            Grant grant = strategy.escalate(request(person, period.dividedBy(3)));
            waitUntil(grant.endsAt());
            Revocation revocation = strategy.deescalate(grant);
            if (revocation.result() == Revocation.Result.REVOKED && revocation.confirmed()) {
                ended.incrementAndGet();
            }
        }
    }

    private AccessRequest<IamGroupTarget> request(int person, Duration duration) {
        return AccessRequest.builder(Requester.of(name(person)), IamGroupTarget.of(Account.PATH, GROUP))
                .requestedAt(clock.instant())
                .duration(duration)
                .build();
    }

    private static String name(int person) {
        return "person-" + person;
    }

    private void waitUntil(Instant instant) {
        try {
            clock.sleep(Duration.between(clock.instant(), instant));
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        strategy.close();
        connector.close();
        aws.close();
    }
}
