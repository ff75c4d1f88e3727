package dev.connector.testing.internal.identitycenter;

import dev.connector.testing.SimulatedClock;
import dev.connector.testing.internal.identity.Ids;
import dev.connector.testing.internal.server.Printable;
import dev.connector.testing.internal.time.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One instance of IAM Identity Center and its identity store: as it is and, for readers who see it late, as it was. Not thread-safe. */
public final class IdentityCenter {

    private static final String NOT_FOUND = "Received a 404 status error: Not supported StatusCode: 404";

    private final SimulatedClock clock;
    private final Ids ids;
    private final Random random;
    private final String partition;
    private final String ownerAccount;
    private final String instanceId;
    private final String storeId;
    private final CenterSettings settings = new CenterSettings();

    private final Map<String, Person> users = new TreeMap<>();
    private final Map<String, String> groups = new TreeMap<>();
    private final Map<String, PermissionSetEntry> permissionSets = new TreeMap<>();
    private final Set<String> suspended = new HashSet<>();
    private final Timeline<Map<String, Membership>> memberships = new Timeline<>(Map.of());
    private final Timeline<Set<Assignment>> assignments = new Timeline<>(Set.of());
    private final List<AssignmentRequest> requests = new ArrayList<>();
    private final RateLimit adminCalls = new RateLimit();
    private final Map<String, RateLimit> storeCalls = new TreeMap<>();

    public IdentityCenter(String partition, String ownerAccount, SimulatedClock clock, long seed) {
        this.partition = partition;
        this.ownerAccount = ownerAccount;
        this.clock = clock;
        this.ids = new Ids(seed);
        this.random = new Random(seed);
        this.instanceId = "ssoins-" + hex(16);
        this.storeId = "d-" + hex(10);
    }

    private String hex(int length) {
        return ids.uuid().replace("-", "").substring(0, length);
    }

    public CenterSettings settings() {
        return settings;
    }

    public String ownerAccount() {
        return ownerAccount;
    }

    public String instanceArn() {
        return "arn:" + partition + ":sso:::instance/" + instanceId;
    }

    public String storeId() {
        return storeId;
    }

    String partition() {
        return partition;
    }

    // Users and groups.

    public String createUser(String userName, List<String> emails) {
        requireFree(userName);
        Person user = new Person(ids.uuid(), userName, emails, true);
        users.put(user.id(), user);
        return user.id();
    }

    private void requireFree(String userName) {
        if (users.values().stream().anyMatch(user -> user.userName().equalsIgnoreCase(userName))) {
            throw new IllegalStateException("There is a user of that name already: " + Printable.escape(userName));
        }
    }

    public void renameUser(String id, String userName) {
        Person user = requireUser(id);
        requireFree(userName);
        users.put(id, user.named(userName));
    }

    public void enableUser(String id, boolean on) {
        users.put(id, requireUser(id).enabled(on));
    }

    /** Memberships go with the user; assignments stay listed. */
    public void deleteUser(String id) {
        requireUser(id);
        users.remove(id);
        changeMemberships(
                all -> all.values().removeIf(membership -> membership.userId().equals(id)));
    }

    public String createGroup(String displayName) {
        String id = ids.uuid();
        groups.put(id, displayName);
        return id;
    }

    public void deleteGroup(String id) {
        requireGroup(id);
        groups.remove(id);
        changeMemberships(
                all -> all.values().removeIf(membership -> membership.groupId().equals(id)));
    }

    public String addMember(String groupId, String userId) {
        requireGroup(groupId);
        requireUser(userId);
        if (membership(groupId, userId).isPresent()) {
            throw new IllegalStateException("The user is a member already");
        }
        return createMembership(groupId, userId).id();
    }

    public void removeMember(String groupId, String userId) {
        Membership found = membership(groupId, userId)
                .orElseThrow(() -> new IllegalArgumentException("The user is no member of the group"));
        deleteMembership(found.id());
    }

    public Collection<String> memberIds(String groupId) {
        requireGroup(groupId);
        return memberships.latest().values().stream()
                .filter(membership -> membership.groupId().equals(groupId))
                .map(Membership::userId)
                .toList();
    }

    Optional<Person> user(String id) {
        return Optional.ofNullable(users.get(id.toLowerCase(Locale.ROOT)));
    }

    Collection<Person> users() {
        return users.values();
    }

    boolean hasGroup(String id) {
        return groups.containsKey(id.toLowerCase(Locale.ROOT));
    }

    Optional<Membership> membership(String groupId, String userId) {
        return of(memberships.latest(), groupId, userId);
    }

    Optional<Membership> visibleMembership(String groupId, String userId, Duration delay) {
        return of(memberships.at(clock.nanos() - delay.toNanos()), groupId, userId);
    }

    Optional<Membership> visibleMembership(String id, Duration delay) {
        return Optional.ofNullable(
                memberships.at(clock.nanos() - delay.toNanos()).get(id));
    }

    Optional<Membership> membership(String id) {
        return Optional.ofNullable(memberships.latest().get(id));
    }

    private static Optional<Membership> of(Map<String, Membership> all, String groupId, String userId) {
        String group = groupId.toLowerCase(Locale.ROOT);
        String user = userId.toLowerCase(Locale.ROOT);
        return all.values().stream()
                .filter(membership -> membership.isOf(group, user))
                .findFirst();
    }

    Membership createMembership(String groupId, String userId) {
        Membership made = new Membership(
                ids.uuid(), groupId.toLowerCase(Locale.ROOT), userId.toLowerCase(Locale.ROOT), clock.instant());
        changeMemberships(all -> all.put(made.id(), made));
        return made;
    }

    void deleteMembership(String id) {
        changeMemberships(all -> all.remove(id));
    }

    private void changeMemberships(Consumer<Map<String, Membership>> change) {
        Map<String, Membership> changed = new LinkedHashMap<>(memberships.latest());
        change.accept(changed);
        memberships.put(clock.nanos(), Map.copyOf(changed));
    }

    // Permission sets, accounts and assignments.

    public String createPermissionSet(String name, Duration sessionDuration) {
        String arn = "arn:" + partition + ":sso:::permissionSet/" + instanceId + "/ps-" + hex(16);
        permissionSets.put(arn, new PermissionSetEntry(arn, name, sessionDuration));
        return arn;
    }

    public void sessionDuration(String arn, Duration sessionDuration) {
        PermissionSetEntry entry = requirePermissionSet(arn);
        permissionSets.put(arn, new PermissionSetEntry(arn, entry.name(), sessionDuration));
    }

    public void deletePermissionSet(String arn) {
        requirePermissionSet(arn);
        permissionSets.remove(arn);
    }

    Optional<PermissionSetEntry> permissionSet(String arn) {
        return Optional.ofNullable(permissionSets.get(arn));
    }

    public void suspend(String accountId, boolean on) {
        if (on) {
            suspended.add(requireAccount(accountId));
        } else {
            suspended.remove(requireAccount(accountId));
        }
    }

    boolean isSuspended(String accountId) {
        return suspended.contains(accountId);
    }

    /** What somebody else assigns, at once. */
    public void assign(Assignment assignment) {
        requirePermissionSet(assignment.permissionSetArn());
        requireAccount(assignment.accountId());
        changeAssignments(clock.nanos(), all -> with(all, assignment));
    }

    public void unassign(Assignment assignment) {
        changeAssignments(clock.nanos(), all -> without(all, assignment));
    }

    public Set<Assignment> assignments() {
        settle();
        return assignments.latest();
    }

    Set<Assignment> visibleAssignments(Duration delay) {
        settle();
        return assignments.at(clock.nanos() - delay.toNanos());
    }

    private void changeAssignments(long nanos, UnaryOperator<Set<Assignment>> change) {
        settle();
        assignments.put(nanos, change.apply(assignments.latest()));
    }

    private static Set<Assignment> with(Set<Assignment> all, Assignment added) {
        Set<Assignment> changed = new LinkedHashSet<>(all);
        changed.add(added);
        return Set.copyOf(changed);
    }

    private static Set<Assignment> without(Set<Assignment> all, Assignment removed) {
        Set<Assignment> changed = new LinkedHashSet<>(all);
        changed.remove(removed);
        return Set.copyOf(changed);
    }

    // Requests.

    boolean admitsAdminCall() {
        return adminCalls.admits(clock.nanos(), settings.requestsPerSecond);
    }

    boolean admitsStoreCall(String operation) {
        return storeCalls
                .computeIfAbsent(operation, name -> new RateLimit())
                .admits(clock.nanos(), settings.requestsPerSecond);
    }

    boolean hasRoomFor(boolean creation) {
        settle();
        long outstanding = requests.stream()
                .filter(request -> !request.isDone())
                .filter(request -> !settings.separateOutstandingLimits || request.isCreation() == creation)
                .count();
        return outstanding < settings.outstandingLimit;
    }

    /** Whether an earlier change of the same assignment is under way, or not everywhere yet. */
    boolean isChanging(Assignment assignment, Duration delay) {
        settle();
        return requests.stream()
                .filter(request -> request.assignment().equals(assignment))
                .anyMatch(request -> clock.nanos() < request.doneAt() + delay.toNanos());
    }

    AssignmentRequest accept(Assignment assignment, boolean creation) {
        double mean = settings.provisioningTime.toNanos();
        double sigma = settings.provisioningSpread;
        long duration = (long) (mean * Math.exp(random.nextGaussian() * sigma - sigma * sigma / 2));
        AssignmentRequest request = new AssignmentRequest(
                ids.uuid(), requests.size(), assignment, creation, clock.instant(), clock.nanos() + duration);
        requests.add(request);
        settle();
        return request;
    }

    /** The newest first, as far as they are remembered. */
    List<AssignmentRequest> requests(boolean creations) {
        settle();
        List<AssignmentRequest> newestFirst = new ArrayList<>();
        for (AssignmentRequest request : requests) {
            if (request.isCreation() == creations && !isForgotten(request)) {
                newestFirst.add(0, request);
            }
        }
        return newestFirst;
    }

    private boolean isForgotten(AssignmentRequest request) {
        return request.isDone() && clock.nanos() - request.doneAt() > settings.statusRetention.toNanos();
    }

    /** What was to be done until now is done, in the order in which it was due. */
    private void settle() {
        long now = clock.nanos();
        requests.stream()
                .filter(request -> !request.isDone() && request.doneAt() <= now)
                .sorted(Comparator.comparingLong(AssignmentRequest::doneAt))
                .forEach(this::complete);
    }

    private void complete(AssignmentRequest request) {
        Assignment assignment = request.assignment();
        Set<Assignment> before = assignments.latest();
        String failure = failure(request, before);
        request.done(failure);
        if (failure == null) {
            assignments.put(
                    request.doneAt(), request.isCreation() ? with(before, assignment) : without(before, assignment));
        }
    }

    private @Nullable String failure(AssignmentRequest request, Set<Assignment> before) {
        Assignment assignment = request.assignment();
        boolean principalIsThere = assignment.isGroup()
                ? groups.containsKey(assignment.principal())
                : users.containsKey(assignment.principal());
        if (!principalIsThere) {
            return NOT_FOUND + ". " + assignment.principal() + " is not in the directory.";
        }
        if (!permissionSets.containsKey(assignment.permissionSetArn())) {
            return NOT_FOUND + ". The permission set is gone.";
        }
        return request.isCreation() || before.contains(assignment)
                ? null
                : NOT_FOUND + ". The assignment does not exist.";
    }

    // What must be there.

    private Person requireUser(String id) {
        return user(id).orElseThrow(() -> new IllegalArgumentException("There is no user " + Printable.escape(id)));
    }

    private void requireGroup(String id) {
        if (!hasGroup(id)) {
            throw new IllegalArgumentException("There is no group " + Printable.escape(id));
        }
    }

    private PermissionSetEntry requirePermissionSet(String arn) {
        return permissionSet(arn)
                .orElseThrow(() -> new IllegalArgumentException("There is no permission set " + Printable.escape(arn)));
    }

    static String requireAccount(String accountId) {
        if (!accountId.matches("[0-9]{12}")) {
            throw new IllegalArgumentException("An account has twelve digits: " + Printable.escape(accountId));
        }
        return accountId;
    }
}
