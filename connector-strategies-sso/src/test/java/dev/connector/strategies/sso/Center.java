package dev.connector.strategies.sso;

import dev.connector.core.ConnectorClock;
import dev.connector.core.RuntimeConnector;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.AccessTarget;
import dev.connector.core.strategy.Requester;
import dev.connector.testing.Fault;
import dev.connector.testing.SimulatedAws;
import dev.connector.testing.SimulatedIdentityCenter;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A simulated Identity Center with the user ada, a group, a permission set, and the roles that the Terraform modules make. */
final class Center implements AutoCloseable {

    static final String USER = "ada@example.com";
    static final String ACCOUNT = "444455556666";

    private static final String DENY = """
            {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": [%s], "Resource": "*"}}""";

    final SimulatedAws aws;
    final SimulatedIdentityCenter center;
    final String userId;
    final String groupId;
    final IdentityStoreGroupTarget group;
    final String permissionSet;
    final RuntimeConnector connector;
    final Map<String, String> settings;

    Center() {
        this(SimulatedAws.create());
    }

    Center(SimulatedAws simulated) {
        aws = simulated;
        center = aws.identityCenter();
        userId = center.createUser("ada", USER);
        groupId = center.createGroup("OnCall");
        group = IdentityStoreGroupTarget.of(groupId);
        permissionSet = center.createPermissionSet("ReadOnly", Duration.ofHours(8));
        connector = RuntimeConnector.builder()
                .settings(aws.runtimeConnector("main"))
                .environment("main")
                .sourceCredentials(aws.serviceCredentials())
                .httpClient(aws.httpClient())
                .clock(clockOf(aws))
                .build();
        settings = aws.ssoConnector("main");
        aws.clock().advance(Duration.ofDays(1));
    }

    static ConnectorClock clockOf(SimulatedAws aws) {
        return ConnectorClock.of(aws.clock(), aws.clock()::nanos, aws.clock()::sleep, aws.clock()::await);
    }

    /** The role may not do these any more, for instance {@code "\"sso:List*\""}. */
    void deny(String actions) {
        aws.iam().putRolePolicy("SymSSOMain", "denied", DENY.formatted(actions));
    }

    void denyMembershipReads() {
        deny("\"identitystore:GetGroupMembershipId\", \"identitystore:DescribeGroupMembership\"");
    }

    IdentityStoreGroupStrategy.Builder groups() {
        return IdentityStoreGroupStrategy.builder()
                .connector(connector)
                .settings(settings)
                .allowedGroups(groupId);
    }

    PermissionSetStrategy.Builder permissionSets() {
        return PermissionSetStrategy.builder()
                .connector(connector)
                .settings(settings)
                .allowedPermissionSets(PermissionSetPattern.of(permissionSet, ACCOUNT));
    }

    PermissionSetTarget target() {
        return PermissionSetTarget.of(permissionSet, ACCOUNT);
    }

    AccessRequest<PermissionSetTarget> request() {
        return requestFor(target()).build();
    }

    boolean isAssigned() {
        return center.assignedUsers(permissionSet, ACCOUNT).contains(userId);
    }

    <T extends AccessTarget> AccessRequest.Builder<T> requestFor(T target) {
        return AccessRequest.builder(Requester.of(USER), target)
                .reason("INC-42")
                .duration(Duration.ofHours(1))
                .requestedAt(aws.clock().instant());
    }

    AccessRequest<IdentityStoreGroupTarget> groupRequest() {
        return requestFor(group).build();
    }

    boolean isMember() {
        return center.memberIds(groupId).contains(userId);
    }

    void pass(Duration time) {
        aws.clock().advance(time);
    }

    /** Every attempt at the next call of an operation fails in this way. */
    void failAlways(String operation, Fault fault) {
        for (int attempt = 1; attempt <= 5; attempt++) {
            aws.fault(operation, attempt, fault);
        }
    }

    /** The operations that were called, in order, without those of STS. */
    List<String> calls() {
        return aws.calls().stream()
                .filter(call -> !call.service().equals("sts"))
                .map(call -> call.operation())
                .toList();
    }

    @Override
    public void close() {
        connector.close();
        aws.close();
    }
}
