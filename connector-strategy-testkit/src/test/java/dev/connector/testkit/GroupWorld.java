package dev.connector.testkit;

import dev.connector.core.strategy.AccessStrategy;
import dev.connector.core.strategy.Requester;
import dev.connector.testing.SimulatedAws;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.iam.IamClient;

/** IAM groups, and a user whose key the strategy has. */
final class GroupWorld implements StrategyWorld<GroupTarget> {

    private static final String CHANGES = """
            {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Resource": "*",
                "Action": ["iam:AddUserToGroup", "iam:RemoveUserFromGroup", "iam:GetUser"]}}""";
    private static final String READS = """
            {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Resource": "*",
                "Action": "iam:ListGroupsForUser"}}""";

    private final SimulatedAws aws = SimulatedAws.create();
    private final List<Requester> people =
            List.of(Requester.of("ada"), Requester.of("bob"), Requester.of("cleo"), Requester.of("dan"));
    private final List<GroupTarget> targets =
            List.of(new GroupTarget("OnCall"), new GroupTarget("Billing"), new GroupTarget("Audit"));
    private final Function<GroupStrategy, AccessStrategy<GroupTarget>> strategy;

    GroupWorld(Function<GroupStrategy, AccessStrategy<GroupTarget>> strategy) {
        this.strategy = strategy;
        aws.iam().createUser("robot");
        aws.iam().putUserPolicy("robot", "changes", CHANGES);
        aws.iam().putUserPolicy("robot", "reads", READS);
        people.forEach(person -> aws.iam().createUser(person.username()));
        targets.forEach(target -> aws.iam().createGroup("/", target.name()));
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
    public List<GroupTarget> targets() {
        return targets;
    }

    @Override
    public AccessStrategy<GroupTarget> start(ServiceProcess<GroupTarget> process) {
        IamClient iam = process.configure(IamClient.builder())
                .credentialsProvider(robot())
                .build();
        return strategy.apply(new GroupStrategy(process, iam, aws.accountId()));
    }

    AwsCredentialsProvider robot() {
        return aws.credentialsOf("arn:aws:iam::" + aws.accountId() + ":user/robot");
    }

    @Override
    public Set<String> principals(GroupTarget target) {
        return aws.iam().memberIds(target.name());
    }

    @Override
    public boolean change(Change change, Requester person, GroupTarget target) {
        String user = person.username();
        switch (change) {
            case ACCESS_GIVEN -> aws.iam().addUserToGroup(user, target.name());
            case ACCESS_TAKEN -> aws.iam().removeUserFromGroup(user, target.name());
            case READS_DENIED -> aws.iam().putUserPolicy("robot", "reads", CHANGES);
            case PERSON_REPLACED -> {
                delete(user);
                aws.iam().createUser(user);
                aws.iam().addUserToGroup(user, target.name());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void delete(String user) {
        aws.iam().groupsOf(user).forEach(group -> aws.iam().removeUserFromGroup(user, group));
        aws.iam().deleteUser(user);
    }
}
