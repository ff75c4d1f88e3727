package dev.connector.strategies.iam;

import dev.connector.core.strategy.AccessStrategy;
import dev.connector.core.strategy.Requester;
import dev.connector.testing.SimulatedAws;
import dev.connector.testing.SimulatedIam;
import dev.connector.testkit.Change;
import dev.connector.testkit.ServiceProcess;
import dev.connector.testkit.StrategyWorld;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An account with the connectors' roles, users and groups, in which everything happens that the kit knows. */
final class IamGroupWorld implements StrategyWorld<IamGroupTarget> {

    private static final String READS = """
            {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:GetGroup", "Resource": "*"}}""";

    private final SimulatedAws aws = SimulatedAws.create();
    private final SimulatedIam iam = aws.iam();
    private final Map<String, String> runtimeSettings = aws.runtimeConnector("main");
    private final Map<String, String> iamSettings = aws.iamConnector("main");
    private final List<Requester> people =
            List.of(Requester.of("ada"), Requester.of("bob"), Requester.of("cleo"), Requester.of("dan"));
    private final List<IamGroupTarget> targets = List.of(
            IamGroupTarget.of("/sym/", "OnCall"),
            IamGroupTarget.of("/sym/", "Billing"),
            IamGroupTarget.of("/sym/", "Audit"));
    private final Map<String, String> names = new HashMap<>();
    private final Set<IamGroupTarget> deleted = new HashSet<>();

    IamGroupWorld() {
        iam.putRolePolicy("SymIAMMain", "reads", READS);
        people.forEach(person -> create(person.username()));
        targets.forEach(target -> iam.createGroup("/sym/", target.groupName()));
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
    public List<IamGroupTarget> targets() {
        return targets;
    }

    @Override
    public AccessStrategy<IamGroupTarget> start(ServiceProcess<IamGroupTarget> process) {
        return IamGroupStrategy.builder()
                .connector(process.connector(runtimeSettings, "main"))
                .settings(iamSettings)
                .retries(process.retries())
                .allowedGroups(patterns(process.allowed()))
                .revocableGroups(patterns(process.revocable()))
                .build();
    }

    private static IamGroupPattern[] patterns(List<IamGroupTarget> targets) {
        return targets.stream()
                .map(target -> IamGroupPattern.of("/sym/", target.groupName()))
                .toArray(IamGroupPattern[]::new);
    }

    @Override
    public Set<String> principals(IamGroupTarget target) {
        return deleted.contains(target) ? Set.of() : iam.memberIds(target.groupName());
    }

    @Override
    public boolean change(Change change, Requester person, IamGroupTarget target) {
        String user = names.get(person.username());
        boolean happens = !deleted.contains(target) && (user != null || change == Change.PERSON_REPLACED);
        if (happens) {
            change(change, person.username(), user == null ? person.username() : user, target.groupName());
        }
        if (change == Change.TARGET_DELETED) {
            deleted.add(target);
        }
        return happens;
    }

    private void change(Change change, String person, String user, String group) {
        switch (change) {
            case ACCESS_GIVEN -> iam.addUserToGroup(user, group);
            case ACCESS_TAKEN -> iam.removeUserFromGroup(user, group);
            case READS_DENIED -> iam.deleteRolePolicy("SymIAMMain", "reads");
            case PERSON_RENAMED -> {
                iam.renameUser(user, user + "x");
                names.put(person, user + "x");
            }
            case PERSON_DELETED -> delete(person, user);
            case PERSON_REPLACED -> {
                delete(person, user);
                create(person);
                iam.addUserToGroup(person, group);
            }
            case TARGET_DELETED -> {
                iam.members(group).forEach(member -> iam.removeUserFromGroup(member, group));
                iam.deleteGroup(group);
            }
        }
    }

    private void create(String person) {
        iam.createUser(person);
        names.put(person, person);
    }

    private void delete(String person, String user) {
        if (names.remove(person) != null) {
            iam.groupsOf(user).forEach(group -> iam.removeUserFromGroup(user, group));
            iam.deleteUser(user);
        }
    }
}
