package dev.connector.strategies.iam;

import dev.connector.core.ConnectorClock;
import dev.connector.core.RuntimeConnector;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.Requester;
import dev.connector.testing.Fault;
import dev.connector.testing.SimulatedAws;
import dev.connector.testing.SimulatedClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A simulated account with the user ada, the group /sym/OnCall and the roles that the Terraform modules make. */
final class Account implements AutoCloseable {

    static final String USER = "ada@example.com";
    static final String GROUP = "OnCall";
    static final IamGroupTarget TARGET = IamGroupTarget.of("/sym/", GROUP);

    private static final String READS = """
            {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": %s, "Resource": "*"}}""";

    final SimulatedAws aws;
    final String userId;
    final RuntimeConnector connector;
    final Map<String, String> iamSettings;

    private Account(SimulatedAws simulated) {
        aws = simulated;
        userId = aws.iam().createUser(USER);
        aws.iam().createGroup("/sym/", GROUP);
        connector = RuntimeConnector.builder()
                .settings(aws.runtimeConnector("main"))
                .environment("main")
                .sourceCredentials(aws.serviceCredentials())
                .httpClient(aws.httpClient())
                .clock(clockOf(aws.clock()))
                .build();
        iamSettings = aws.iamConnector("main");
        aws.clock().advance(Duration.ofDays(1));
    }

    /** The role is as the published Terraform module makes it: it may read nothing but users. */
    static Account withoutReads() {
        return new Account(SimulatedAws.create());
    }

    /** The role may read groups too. */
    static Account withReads() {
        return withoutReads().allow("\"iam:GetGroup\"");
    }

    /** Likewise, with calls that take a while and cross each other as the seed has it. */
    static Account withReadsAndLatency(long seed) {
        Account account = new Account(SimulatedAws.builder().seed(seed).build()).allow("\"iam:GetGroup\"");
        account.aws.latency(Duration.ofMillis(20), Duration.ofMillis(200));
        return account;
    }

    /** The role may not read groups, but which groups a user is in. */
    static Account withReadsOfUsers() {
        return withoutReads().allow("\"iam:ListGroupsForUser\"");
    }

    Account allow(String action) {
        aws.iam().putRolePolicy("SymIAMMain", "reads", READS.formatted(action));
        return this;
    }

    void denyReads() {
        aws.iam().deleteRolePolicy("SymIAMMain", "reads");
    }

    static ConnectorClock clockOf(SimulatedClock clock) {
        return ConnectorClock.of(clock, clock::nanos, clock::sleep, clock::await);
    }

    IamGroupStrategy.Builder strategy() {
        return strategyFor(IamGroupPattern.of("/sym/", "*"));
    }

    IamGroupStrategy.Builder strategyFor(IamGroupPattern... allowed) {
        return IamGroupStrategy.builder()
                .connector(connector)
                .settings(iamSettings)
                .allowedGroups(allowed);
    }

    AccessRequest<IamGroupTarget> request() {
        return requestBuilder().build();
    }

    AccessRequest.Builder<IamGroupTarget> requestBuilder() {
        return AccessRequest.builder(Requester.of(USER), TARGET)
                .reason("INC-42")
                .duration(Duration.ofHours(1))
                .requestedAt(aws.clock().instant());
    }

    AccessRequest<IamGroupTarget> requestFor(IamGroupTarget target) {
        return request().withTarget(target);
    }

    AccessRequest<IamGroupTarget> requestOf(String username) {
        return requestBuilder().requester(Requester.of(username)).build();
    }

    /** Every attempt at the next call of an operation fails in this way. */
    void failAlways(String operation, Fault fault) {
        for (int attempt = 1; attempt <= 5; attempt++) {
            aws.fault(operation, attempt, fault);
        }
    }

    boolean isMember() {
        return aws.iam().hasMemberId(GROUP, userId);
    }

    /** The operations that were called on IAM, in order. */
    List<String> iamCalls() {
        return aws.calls().stream()
                .filter(call -> call.service().equals("iam"))
                .map(call -> call.operation())
                .toList();
    }

    @Override
    public void close() {
        connector.close();
        aws.close();
    }
}
