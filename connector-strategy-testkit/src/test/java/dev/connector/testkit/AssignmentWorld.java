package dev.connector.testkit;

import dev.connector.core.strategy.AccessStrategy;
import dev.connector.core.strategy.Requester;
import dev.connector.testing.SimulatedAws;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;

/** Permission sets, which AWS assigns some seconds after it has accepted to, and a user whose key the strategy has. */
final class AssignmentWorld implements StrategyWorld<AssignmentTarget> {

    private static final String RIGHTS = """
            {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Resource": "*", "Action": "sso:*"}}""";

    private final SimulatedAws aws = SimulatedAws.create();
    private final Map<String, String> ids = Stream.of("ada", "bob", "cleo", "dan")
            .collect(Collectors.toUnmodifiableMap(
                    Function.identity(), name -> aws.identityCenter().createUser(name)));
    private final List<Requester> people =
            ids.keySet().stream().sorted().map(Requester::of).toList();
    private final List<AssignmentTarget> targets = Stream.of("ReadOnly", "Billing", "Audit")
            .map(name ->
                    new AssignmentTarget(name, aws.identityCenter().createPermissionSet(name, Duration.ofHours(1))))
            .toList();
    private final Function<AssignmentStrategy, AccessStrategy<AssignmentTarget>> strategy;

    AssignmentWorld(Function<AssignmentStrategy, AccessStrategy<AssignmentTarget>> strategy) {
        this.strategy = strategy;
        aws.iam().createUser("robot");
        aws.iam().putUserPolicy("robot", "rights", RIGHTS);
        aws.identityCenter().provisioningTime(Duration.ofSeconds(5));
    }

    @Override
    public SimulatedAws aws() {
        return aws;
    }

    @Override
    public List<Requester> people() {
        return people;
    }

    @Override
    public List<AssignmentTarget> targets() {
        return targets;
    }

    @Override
    public Duration provisioningTime() {
        return Duration.ofMinutes(2);
    }

    @Override
    public AccessStrategy<AssignmentTarget> start(ServiceProcess<AssignmentTarget> process) {
        SsoAdminClient admin = process.configure(SsoAdminClient.builder())
                .credentialsProvider(aws.credentialsOf("arn:aws:iam::" + aws.accountId() + ":user/robot"))
                .build();
        Assignments assignments =
                new Assignments(admin, aws.identityCenter().instanceArn(), process.retries(), process.clock());
        return strategy.apply(new AssignmentStrategy(process, assignments, ids, aws.accountId()));
    }

    @Override
    public Set<String> principals(AssignmentTarget target) {
        return aws.identityCenter().assignedUsers(target.permissionSetArn(), AssignmentTarget.ACCOUNT);
    }

    @Override
    public boolean change(Change change, Requester person, AssignmentTarget target) {
        String user = ids.getOrDefault(person.username(), "");
        switch (change) {
            case ACCESS_GIVEN ->
                aws.identityCenter().assignUser(target.permissionSetArn(), AssignmentTarget.ACCOUNT, user);
            case ACCESS_TAKEN ->
                aws.identityCenter().unassignUser(target.permissionSetArn(), AssignmentTarget.ACCOUNT, user);
            default -> {
                return false;
            }
        }
        return true;
    }
}
