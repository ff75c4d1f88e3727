package dev.connector.strategies.sso;

import dev.connector.core.strategy.AccessStrategy;
import dev.connector.core.strategy.Requester;
import dev.connector.testing.SimulatedAws;
import dev.connector.testing.SimulatedIdentityCenter;
import dev.connector.testkit.Change;
import dev.connector.testkit.ServiceProcess;
import dev.connector.testkit.StrategyWorld;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** An identity store with people and groups, in which everything happens that the kit knows. */
final class IdentityStoreGroupWorld implements StrategyWorld<IdentityStoreGroupTarget> {

    private final SimulatedAws aws = SimulatedAws.create();
    private final SimulatedIdentityCenter center = aws.identityCenter();
    private final Map<String, String> runtimeSettings = aws.runtimeConnector("main");
    private final Map<String, String> ssoSettings = aws.ssoConnector("main");
    private final List<Requester> people =
            Stream.of("ada", "bob", "cleo", "dan").map(Requester::of).toList();
    private final List<IdentityStoreGroupTarget> targets = Stream.of("OnCall", "Billing", "Audit")
            .map(name -> IdentityStoreGroupTarget.builder(center.createGroup(name))
                    .name(name)
                    .build())
            .toList();
    private final Map<String, String> ids = new HashMap<>();
    private int renamings;

    IdentityStoreGroupWorld() {
        people.forEach(person -> create(person.username()));
        aws.clock().advance(Duration.ofDays(1));
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
    public List<IdentityStoreGroupTarget> targets() {
        return targets;
    }

    @Override
    public AccessStrategy<IdentityStoreGroupTarget> start(ServiceProcess<IdentityStoreGroupTarget> process) {
        return IdentityStoreGroupStrategy.builder()
                .connector(process.connector(runtimeSettings, "main"))
                .settings(ssoSettings)
                .retries(process.retries())
                .allowedGroups(ids(process.allowed()))
                .revocableGroups(ids(process.revocable()))
                .build();
    }

    private static String[] ids(List<IdentityStoreGroupTarget> targets) {
        return targets.stream().map(IdentityStoreGroupTarget::groupId).toArray(String[]::new);
    }

    @Override
    public Set<String> principals(IdentityStoreGroupTarget target) {
        return isThere(target) ? center.memberIds(target.groupId()) : Set.of();
    }

    private boolean isThere(IdentityStoreGroupTarget target) {
        try {
            center.memberIds(target.groupId());
            return true;
        } catch (IllegalArgumentException gone) {
            return false;
        }
    }

    @Override
    public boolean change(Change change, Requester person, IdentityStoreGroupTarget target) {
        String user = ids.get(person.username());
        if (change == Change.READS_DENIED) {
            // The id of a membership can be had by no other way than by the read, so the strategy requires it.
            return false;
        }
        boolean happens = isThere(target) && (user != null || change == Change.PERSON_REPLACED);
        if (happens) {
            change(change, person.username(), user == null ? "" : user, target.groupId());
        }
        return happens;
    }

    private void change(Change change, String person, String user, String group) {
        switch (change) {
            case ACCESS_GIVEN -> give(user, group);
            case ACCESS_TAKEN -> {
                if (center.memberIds(group).contains(user)) {
                    center.removeMember(group, user);
                }
            }
            case PERSON_RENAMED -> center.renameUser(user, person + "-renamed-" + ++renamings);
            case PERSON_DELETED -> delete(person);
            case PERSON_REPLACED -> {
                delete(person);
                give(create(person), group);
            }
            case TARGET_DELETED -> center.deleteGroup(group);
            default -> throw new IllegalArgumentException(change + " is not possible here");
        }
    }

    private void give(String user, String group) {
        if (!center.memberIds(group).contains(user)) {
            center.addMember(group, user);
        }
    }

    private String create(String person) {
        String id = center.createUser(person);
        ids.put(person, id);
        return id;
    }

    private void delete(String person) {
        String user = ids.remove(person);
        if (user != null) {
            center.deleteUser(user);
        }
    }
}
