package dev.connector.strategies.sso;

import dev.connector.core.ConnectorListener;
import dev.connector.core.InvalidSettingsException;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.AccessStrategy;
import dev.connector.core.strategy.Deadline;
import dev.connector.core.strategy.Ending;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantScope;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.Outcome;
import dev.connector.core.strategy.PriorAccess;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.StrategySession;
import dev.connector.core.strategy.TargetType;
import dev.connector.core.strategy.Verb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;

/**
 * Gives an existing user of IAM Identity Center an existing permission set in an account for a limited time, and takes it away again. It makes neither users, accounts nor
 * permission sets.
 *
 * <p>Thread-safe. All strategies of a JVM on the same instance and clock share one queue, which keeps to AWS's quotas whichever thread calls.
 *
 * <p><b>By default</b> the requester's user name is looked for as user name and as e-mail address, the session is bounded to the permission sets and accounts of the lists, and
 * the assignments are read to know whether the access was there before.
 *
 * <p><b>Close:</b> closes the clients that it made; those that were passed in, and the connector, stay open. A second call does nothing.
 *
 * <p><b>AWS permissions</b> of the role: required are {@code sso:CreateAccountAssignment}, {@code sso:DeleteAccountAssignment}, {@code
 * sso:DescribeAccountAssignmentCreationStatus} and {@code sso:DescribeAccountAssignmentDeletionStatus}, or else {@code sso:ListAccountAssignmentCreationStatus} and {@code
 * sso:ListAccountAssignmentDeletionStatus}, with which many changes take fewer calls; and to find the user {@code identitystore:GetUserId} and {@code
 * identitystore:DescribeUser}, or else {@code identitystore:ListUsers}. {@code sso:ListAccountAssignments} alone proves that nothing is there: without it {@link Grant#prior()} is
 * {@code UNKNOWN}, and so is the outcome of an end that finds nothing to delete. Used if allowed are {@code sso:DescribePermissionSet} and {@code identitystore:IsMemberInGroups} for {@link Revocation#remaining()}; {@code sso:ListInstances} if the id of the
 * identity store is not set. To assign in the management account, the role must be in it and have AWS's documented rights in IAM there.
 *
 * <p><b>Calls and waiting:</b> {@code prepare}, {@code resume} and {@code deescalate} block the calling thread: until AWS says that the change is final, or the request's
 * {@code maxWait} is over. A thread that waits may send and read for others that wait.
 *
 * <p><b>Identity:</b> the grant keeps the user's id, so that its end looks nobody up.
 *
 * <p><b>Cannot tell:</b> an assignment has no id. One that somebody else makes while a grant holds it ends with the grant.
 *
 * <p><b>Does not</b> end sessions that the user already has: {@link Revocation#remaining()} says until when they may last, and names groups through which the user still has the
 * same permission set in the same account.
 *
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreateAccountAssignment.html">CreateAccountAssignment</a>
 */
public final class PermissionSetStrategy implements AccessStrategy<PermissionSetTarget> {

    /** For each change that AWS works on, two that are next: so the queue is never empty, and none waits there for long. */
    private static final int UNDER_WAY_FOR_EACH_CHANGE = 3;

    private final Parts parts;
    private final AllowedPermissionSets lists;
    private final Sessions sessions;
    private final Store store;
    private final SsoAdminClient adminClient;
    private final boolean ownsStoreClient;
    private final boolean ownsAdminClient;
    private final Admin admin;
    private final StoreId storeId;
    private final Timeliness timeliness;
    private final AssignmentEscalation escalation;
    private final AssignmentDeescalation deescalation;
    private final int mostUnderWay;

    private PermissionSetStrategy(Builder builder) {
        Wiring wiring = new Wiring("strategy of permission sets", builder, builder.problems());
        this.parts = wiring.parts();
        this.lists = new AllowedPermissionSets(builder.allowed, builder.revocable);
        this.sessions = sessions(wiring);
        this.ownsStoreClient = wiring.makesStoreClient();
        this.ownsAdminClient = wiring.makesAdminClient();
        this.store = wiring.store();
        this.adminClient = wiring.adminClient();
        this.admin = wiring.admin(adminClient, builder.limits());
        this.storeId = new StoreId(wiring.storeId(), wiring.instanceArn(), parts.failures());
        this.timeliness = new Timeliness(parts.clock(), parts.failures());
        SessionDurations durations = new SessionDurations(parts.clock());
        Accounts accounts = new Accounts(builder.accountStatus);
        this.escalation = new AssignmentEscalation(parts, durations, accounts);
        this.deescalation = new AssignmentDeescalation(parts, accounts, new Remains(parts, durations));
        this.mostUnderWay = UNDER_WAY_FOR_EACH_CHANGE * builder.limits().outstandingChanges();
    }

    private Sessions sessions(Wiring wiring) {
        SessionPolicies policies = wiring.policies();
        return wiring.sessions(policies.ofAssignments(lists.allowed(), lists.givenOrRetired()), snapshot -> {
            PermissionSetTarget target = PermissionSetTarget.TYPE.read(snapshot);
            List<PermissionSetPattern> exactly =
                    List.of(PermissionSetPattern.of(target.permissionSetArn(), target.accountId()));
            return policies.ofAssignments(lists.allows(target) ? exactly : List.of(), exactly);
        });
    }

    /**
     * Starts from the defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The type of permission sets.
     *
     * @return {@link PermissionSetTarget#TYPE}
     */
    @Override
    public TargetType<PermissionSetTarget> targetType() {
        return PermissionSetTarget.TYPE;
    }

    /**
     * The partition, the role's account, the instance and the role.
     *
     * @return the scope that all grants of this strategy have; without a role if it was given clients and no connector
     */
    @Override
    public GrantScope scope() {
        return parts.scope();
    }

    /**
     * Looks the user up and, where the role may read, whether they have the permission set in the account. Sends {@code identitystore:GetUserId}, {@code
     * identitystore:DescribeUser} and, if allowed, {@code sso:ListAccountAssignments} and {@code sso:DescribePermissionSet}; changes nothing and may be repeated.
     *
     * @param request what is asked for
     * @return a prepared grant, to be stored
     * @see AccessStrategy#prepare
     */
    @Override
    public Grant prepare(AccessRequest<? extends PermissionSetTarget> request) {
        PermissionSetTarget target = lists.requireAllowed(request.target());
        Attempt attempt = attempt(Verb.ESCALATE, request.requester(), target);
        timeliness.require(request, attempt);
        Deadline deadline = Deadline.in(parts.clock(), request.maxWait());
        return parts.failures().reading(attempt, () -> {
            AdminReads reads = reads(target, attempt, deadline, Lane.GRANT, admin.queue()::awaitTurn);
            return escalation.prepare(
                    request, attempt, users(reads, attempt, deadline), new AssignmentReads(reads, target));
        });
    }

    /**
     * Creates the assignment and waits until AWS says that it is there. Sends {@code identitystore:GetUserId} and {@code identitystore:DescribeUser}, {@code
     * sso:CreateAccountAssignment}, and reads its status; may be repeated.
     *
     * @param grant a prepared or pending grant; a given one is answered as it is
     * @return the given grant, to be stored
     * @see AccessStrategy#resume
     */
    @Override
    public Grant resume(Grant grant) {
        return carryThrough(resuming(grant, admin.queue()::awaitTurn));
    }

    /**
     * {@link #resume Resumes} many grants, as many at one time as AWS's quotas allow, on the calling thread. The {@code maxWait} of each begins when it is taken
     * up. An interrupt ends all that are under way and keeps the others from being begun, each with its own outcome.
     *
     * @param grants prepared or pending grants
     * @param onEach told of each outcome as soon as it is there, in no order; should not take long, since nothing is sent meanwhile
     * @return the outcomes, in the order of the grants
     * @see AccessStrategy#resumeAll
     */
    @Override
    public List<Outcome<Grant>> resumeAll(Collection<Grant> grants, Consumer<Outcome<Grant>> onEach) {
        return all(grants, onEach, this::resuming);
    }

    /**
     * Deletes the assignment and waits until AWS says that it is gone. Sends {@code sso:DeleteAccountAssignment}, reads its status, and looks at what remains; may be repeated.
     *
     * @param grant a grant in any state
     * @param ending why, and which other grants are open; {@link Ending#revokedBy} goes before all that waits
     * @return how it ended
     * @see AccessStrategy#deescalate(Grant, Ending)
     */
    @Override
    public Revocation deescalate(Grant grant, Ending ending) {
        return carryThrough(ending(grant, ending, admin.queue()::awaitTurn));
    }

    /**
     * {@link #deescalate(Grant, Ending) Ends} many grants, as many at one time as AWS's quotas allow, on the calling thread. The {@code maxWait} of each begins
     * when it is taken up. An interrupt ends all that are under way and keeps the others from being begun, each with its own outcome.
     *
     * @param grants grants in any state
     * @param ending why, and which other grants are open
     * @param onEach told of each outcome as soon as it is there, in no order; should not take long, since nothing is sent meanwhile
     * @return the outcomes, in the order of the grants
     * @see AccessStrategy#deescalateAll
     */
    @Override
    public List<Outcome<Revocation>> deescalateAll(
            Collection<Grant> grants, Ending ending, Consumer<Outcome<Revocation>> onEach) {
        return all(grants, onEach, (grant, turns) -> ending(grant, ending, turns));
    }

    private <R> List<Outcome<R>> all(Collection<Grant> grants, Consumer<Outcome<R>> onEach, Batch.Beginner<R> verb) {
        try (Batch<R> batch = new Batch<>(mostUnderWay, admin.queue(), parts.listener(), grants, onEach)) {
            return batch.run(verb);
        }
    }

    private Undertaking<Grant> resuming(Grant grant, AdminReads.Turns turns) {
        PermissionSetTarget target = lists.requireAllowed(ownTarget(grant.requireNotEnding()));
        Attempt attempt = attempt(Verb.ESCALATE, grant.requester(), target);
        Deadline deadline = Deadline.in(parts.clock(), grant.maxWait());
        return undertaking(
                grant,
                target,
                attempt,
                deadline,
                () -> {},
                () -> grant.state() == GrantState.GRANTED
                        ? new Course.Done<>(grant)
                        : escalation.resume(work(grant, target, attempt, deadline, Lane.GRANT, turns)));
    }

    private Undertaking<Revocation> ending(Grant grant, Ending ending, AdminReads.Turns turns) {
        PermissionSetTarget target = lists.requireRevocable(ownTarget(grant));
        Attempt attempt = attempt(Verb.DEESCALATE, grant.requester(), target);
        Deadline deadline = Deadline.in(parts.clock(), grant.maxWait());
        Lane lane = ending.type() == Ending.Type.REVOKE ? Lane.URGENT_REVOCATION : Lane.SCHEDULED_REVOCATION;
        Optional<Revocation> kept = ending.kept(grant, parts.keepWhenPriorUnknown());
        if (kept.isPresent()) {
            return undertaking(grant, target, attempt, deadline, () -> {}, () -> new Course.Done<>(kept.get()));
        }
        PriorAccess.UnderWay underWay = parts.priorAccess().ending(grant.key());
        return undertaking(
                grant,
                target,
                attempt,
                deadline,
                underWay::close,
                () -> deescalation.takeAway(work(grant, target, attempt, deadline, lane, turns), ending));
    }

    private <R> Undertaking<R> undertaking(
            Grant grant,
            PermissionSetTarget target,
            Attempt attempt,
            Deadline deadline,
            Runnable over,
            Supplier<Course<R>> beginning) {
        QueueCalls calls = new QueueCalls(
                admin, () -> sessions.open(target, attempt.requester()), () -> timeliness.require(grant, attempt));
        return new Undertaking<>(parts.failures(), attempt, grant, deadline, calls, beginning, over);
    }

    /** Makes one change after another until there is an answer. */
    private <R> R carryThrough(Undertaking<R> undertaking) {
        try (undertaking) {
            Course<R> now = undertaking.begin();
            while (true) {
                if (now instanceof Course.Change<R> change) {
                    now = undertaking.after(change, made(change.change(), undertaking));
                } else if (now instanceof Course.Pause<R> pause) {
                    now = undertaking.after(pause, passed(pause));
                } else {
                    return answer(now);
                }
            }
        }
    }

    private ChangeResult made(AssignmentChange change, Undertaking<?> undertaking) {
        return admin.queue()
                .run(
                        change,
                        undertaking.calls(),
                        parts.listener(),
                        undertaking.deadline().remaining());
    }

    private boolean passed(Course.Pause<?> pause) {
        parts.listener().onWait(ConnectorListener.Wait.of(pause.purpose(), pause.time()));
        try {
            parts.clock().sleep(pause.time());
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static <R> R answer(Course<R> end) {
        if (end instanceof Course.Failed<R> failed) {
            throw failed.why();
        }
        return ((Course.Done<R>) end).answer();
    }

    private PermissionSetTarget ownTarget(Grant grant) {
        return grant.requireScope(scope()).requireTarget(targetType());
    }

    private static Attempt attempt(Verb verb, Requester requester, PermissionSetTarget target) {
        return new Attempt(verb, requester, "the permission set " + target);
    }

    private AssignmentWork work(
            Grant grant,
            PermissionSetTarget target,
            Attempt attempt,
            Deadline deadline,
            Lane lane,
            AdminReads.Turns turns) {
        AdminReads reads = reads(target, attempt, deadline, lane, turns);
        Supplier<UserCalls> users = () -> users(reads, attempt, deadline);
        return new AssignmentWork(grant, target, attempt, new AssignmentReads(reads, target), users, deadline);
    }

    private AdminReads reads(
            PermissionSetTarget target, Attempt attempt, Deadline deadline, Lane lane, AdminReads.Turns turns) {
        StrategySession session = sessions.open(target, attempt.requester());
        return new AdminReads(admin, session, deadline, lane, turns);
    }

    private UserCalls users(AdminReads reads, Attempt attempt, Deadline deadline) {
        return new UserCalls(store, reads.session(), deadline, storeId.get(attempt, () -> reads));
    }

    /** Closes the clients that this object made; those that were passed in, and the connector, stay open. */
    @Override
    public void close() {
        if (ownsStoreClient) {
            store.client().close();
        }
        if (ownsAdminClient) {
            adminClient.close();
        }
    }

    /** Collects settings; not thread-safe. */
    public static final class Builder extends IdentityCenterBuilder<Builder> {

        private final List<PermissionSetPattern> allowed = new ArrayList<>();
        private final List<PermissionSetPattern> revocable = new ArrayList<>();
        private Function<String, AccountStatus> accountStatus = account -> AccountStatus.UNKNOWN;
        private int requestsPerSecond = AssignmentLimits.DEFAULT.requestsPerSecond();
        private int outstandingChanges = AssignmentLimits.DEFAULT.outstandingChanges();
        private int reservedRevocationSlots = AssignmentLimits.DEFAULT.reservedRevocationSlots();
        private Duration maxProvisioning = AssignmentLimits.DEFAULT.maxProvisioning();

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * The permission sets that may be given, and in which accounts.
         *
         * @param values patterns, added to those that were given before
         * @return this
         */
        public Builder allowedPermissionSets(PermissionSetPattern... values) {
            this.allowed.addAll(List.of(values));
            return this;
        }

        /**
         * Retired permission sets: they are not given any more, but may still be taken away.
         *
         * @param values patterns, added to those that were given before
         * @return this
         */
        public Builder revocablePermissionSets(PermissionSetPattern... values) {
            this.revocable.addAll(List.of(values));
            return this;
        }

        /**
         * Tells the status of an account, for instance by {@code organizations:DescribeAccount}: it is asked after a change has failed, to say why. By default nobody knows.
         *
         * @param value is given 12 digits; what it throws counts as {@link AccountStatus#UNKNOWN}; must be thread-safe
         * @return this
         */
        public Builder accountStatus(Function<String, AccountStatus> value) {
            this.accountStatus = Objects.requireNonNull(value, "accountStatus");
            return this;
        }

        /**
         * How many calls SSO Admin bears for this instance, over all operations; default 20, which AWS does not raise. Of several strategies on one instance the lowest
         * number counts.
         *
         * @param value 1 to 1,000 calls a second
         * @return this
         */
        public Builder requestsPerSecond(int value) {
            this.requestsPerSecond = value;
            return this;
        }

        /**
         * How many changes AWS works on at one time; default 10. Of several strategies on one instance the lowest number counts.
         *
         * @param value 1 to 1,000
         * @return this
         */
        public Builder outstandingChanges(int value) {
            this.outstandingChanges = value;
            return this;
        }

        /**
         * How many of {@link #outstandingChanges} are kept free of grants, so that an end need not wait for them; default 1.
         *
         * @param value less than {@link #outstandingChanges}
         * @return this
         */
        public Builder reservedRevocationSlots(int value) {
            this.reservedRevocationSlots = value;
            return this;
        }

        /**
         * After which a change that is still in progress no longer counts against {@link #outstandingChanges}, and is unknown; default 15 minutes.
         *
         * @param value 1 minute to 1 day
         * @return this
         */
        public Builder maxProvisioning(Duration value) {
            this.maxProvisioning = Objects.requireNonNull(value, "maxProvisioning");
            return this;
        }

        private AssignmentLimits limits() {
            return new AssignmentLimits(
                    requestsPerSecond,
                    outstandingChanges,
                    reservedRevocationSlots,
                    maxProvisioning,
                    AssignmentLimits.DEFAULT.maxConflict());
        }

        private List<String> problems() {
            List<String> problems = new ArrayList<>();
            if (allowed.isEmpty() && revocable.isEmpty()) {
                problems.add("allowedPermissionSets: is empty; without a permission set there is nothing to do.");
            }
            try {
                limits();
            } catch (IllegalArgumentException outOfRange) {
                problems.add("limits: " + outOfRange.getMessage());
            }
            return problems;
        }

        /**
         * Makes the strategy. Calls nothing.
         *
         * @return a strategy
         * @throws InvalidSettingsException if settings are missing or wrong; it names all of them
         * @throws IllegalArgumentException if the session scope is {@code STRATEGY} and the policy of all permission sets is over AWS's limit
         */
        public PermissionSetStrategy build() {
            return new PermissionSetStrategy(this);
        }
    }
}
