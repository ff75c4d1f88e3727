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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** An Identity Center with people and permission sets, in which everything happens that the kit knows. */
final class PermissionSetWorld implements StrategyWorld<PermissionSetTarget> {

    private static final String ACCOUNT = "444455556666";

    private final SimulatedAws aws = SimulatedAws.create();
    private final SimulatedIdentityCenter center = aws.identityCenter();
    private final Map<String, String> runtimeSettings = aws.runtimeConnector("main");
    private final Map<String, String> ssoSettings = aws.ssoConnector("main");
    private final List<Requester> people =
            Stream.of("ada", "bob", "cleo", "dan").map(Requester::of).toList();
    private final List<PermissionSetTarget> targets = Stream.of("ReadOnly", "Billing", "Audit")
            .map(name -> PermissionSetTarget.builder(center.createPermissionSet(name, Duration.ofHours(1)), ACCOUNT)
                    .name(name)
                    .build())
            .toList();
    private final Map<String, String> ids = new HashMap<>();
    private final Set<PermissionSetTarget> deleted = new HashSet<>();
    private int renamings;

    PermissionSetWorld() {
        people.forEach(person -> create(person.username()));
        center.provisioningTime(Duration.ofSeconds(1));
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
    public List<PermissionSetTarget> targets() {
        return targets;
    }

    /** The durations are log-normal: none is so far from their mean. */
    @Override
    public Duration provisioningTime() {
        return Duration.ofMinutes(1);
    }

    @Override
    public AccessStrategy<PermissionSetTarget> start(ServiceProcess<PermissionSetTarget> process) {
        return PermissionSetStrategy.builder()
                .connector(process.connector(runtimeSettings, "main"))
                .settings(ssoSettings)
                .retries(process.retries())
                .allowedPermissionSets(patterns(process.allowed()))
                .revocablePermissionSets(patterns(process.revocable()))
                .build();
    }

    private static PermissionSetPattern[] patterns(List<PermissionSetTarget> targets) {
        return targets.stream()
                .map(target -> PermissionSetPattern.of(target.permissionSetArn(), target.accountId()))
                .toArray(PermissionSetPattern[]::new);
    }

    @Override
    public Set<String> principals(PermissionSetTarget target) {
        return deleted.contains(target) ? Set.of() : center.assignedUsers(target.permissionSetArn(), ACCOUNT);
    }

    @Override
    public boolean change(Change change, Requester person, PermissionSetTarget target) {
        String user = ids.get(person.username());
        if (change == Change.READS_DENIED) {
            // That nothing is there to be deleted is proven by a read alone, so the strategy requires it.
            return false;
        }
        boolean happens = !deleted.contains(target) && (user != null || change == Change.PERSON_REPLACED);
        if (happens) {
            change(change, person.username(), user == null ? "" : user, target.permissionSetArn());
        }
        if (change == Change.TARGET_DELETED) {
            deleted.add(target);
        }
        return happens;
    }

    private void change(Change change, String person, String user, String set) {
        switch (change) {
            case ACCESS_GIVEN -> center.assignUser(set, ACCOUNT, user);
            case ACCESS_TAKEN -> center.unassignUser(set, ACCOUNT, user);
            case PERSON_RENAMED -> center.renameUser(user, person + "-renamed-" + ++renamings);
            case PERSON_DELETED -> delete(person);
            case PERSON_REPLACED -> {
                delete(person);
                center.assignUser(set, ACCOUNT, create(person));
            }
            case TARGET_DELETED -> center.deletePermissionSet(set);
            default -> throw new IllegalArgumentException(change + " is not possible here");
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
            // AWS may go on listing the assignments; here it does not, since the kit asks who has access.
            targets.forEach(target -> center.unassignUser(target.permissionSetArn(), ACCOUNT, user));
            center.deleteUser(user);
        }
    }
}
