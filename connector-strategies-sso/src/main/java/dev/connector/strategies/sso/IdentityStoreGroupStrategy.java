package dev.connector.strategies.sso;

import dev.connector.core.InvalidSettingsException;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.AccessStrategy;
import dev.connector.core.strategy.Deadline;
import dev.connector.core.strategy.Ending;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantScope;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.StrategySession;
import dev.connector.core.strategy.TargetType;
import dev.connector.core.strategy.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;

/**
 * Adds an existing user to groups of IAM Identity Center's identity store for a limited time, and takes them out again. It makes neither users nor groups.
 *
 * <p>Thread-safe.
 *
 * <p><b>By default</b> the requester's user name is looked for as user name and as e-mail address, the session is bounded to the groups of the lists, and where the role
 * may read memberships, every change is confirmed by a read within 30 seconds.
 *
 * <p><b>Close:</b> closes the clients that it made; those that were passed in, and the connector, stay open. A second call does nothing.
 *
 * <p><b>AWS permissions</b> of the role: required are {@code identitystore:CreateGroupMembership} and {@code identitystore:DeleteGroupMembership}, and to find the user {@code
 * identitystore:GetUserId} and {@code identitystore:DescribeUser}, or else {@code identitystore:ListUsers}. Used if allowed are {@code identitystore:GetGroupMembershipId} and
 * {@code identitystore:DescribeGroupMembership}; without them {@link Grant#prior()} is {@code UNKNOWN}, AWS's answer alone counts, and where it is lost the outcome stays
 * unknown. {@code sso:ListInstances}, if the id of the identity store is not set.
 *
 * <p><b>Calls and waiting:</b> {@code prepare}, {@code resume} and {@code deescalate} block the calling thread. After the request's {@code maxWait} nothing is retried and
 * nothing waited for, but each call that the verb cannot do without is still made once.
 *
 * <p><b>Identity:</b> the grant keeps the user's id, so that its end looks nobody up, and the membership's. A membership of the same user and group with another id was made by
 * somebody else: it stays, and the end is {@code KEPT_FOREIGN}. An open grant with another id does not keep this one's membership, since its own is gone. Access was there before if its membership is older than the request; a minute is allowed for clocks that differ.
 *
 * <p><b>Does not</b> end sessions that the user already has in the accounts that the group is assigned to: {@link Revocation#remaining()} says until when. Where an identity
 * provider synchronises the group, it may undo a change; AWS advises caution there.
 *
 * @see <a href="https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_CreateGroupMembership.html">CreateGroupMembership</a>
 */
public final class IdentityStoreGroupStrategy implements AccessStrategy<IdentityStoreGroupTarget> {

    private final Parts parts;
    private final AllowedGroups lists;
    private final Sessions sessions;
    private final Store store;
    private final SsoAdminClient adminClient;
    private final boolean ownsStoreClient;
    private final boolean ownsAdminClient;
    private final Admin admin;
    private final StoreId storeId;
    private final Timeliness timeliness;
    private final MembershipEscalation escalation;
    private final MembershipDeescalation deescalation;

    private IdentityStoreGroupStrategy(Builder builder) {
        Wiring wiring = new Wiring("strategy of Identity Store groups", builder, builder.problems());
        this.parts = wiring.parts();
        this.lists = new AllowedGroups(builder.allowed, builder.revocable);
        this.sessions = sessions(wiring);
        this.ownsStoreClient = wiring.makesStoreClient();
        this.ownsAdminClient = wiring.makesAdminClient();
        this.store = wiring.store();
        this.adminClient = wiring.adminClient();
        this.admin = wiring.admin(adminClient, AssignmentLimits.DEFAULT);
        this.storeId = new StoreId(wiring.storeId(), wiring.instanceArn(), parts.failures());
        this.timeliness = new Timeliness(parts.clock(), parts.failures());
        this.escalation = new MembershipEscalation(parts);
        this.deescalation = new MembershipDeescalation(parts);
    }

    private Sessions sessions(Wiring wiring) {
        SessionPolicies policies = wiring.policies();
        return wiring.sessions(policies.ofGroups(lists.allowed(), lists.givenOrRetired()), snapshot -> {
            IdentityStoreGroupTarget group = IdentityStoreGroupTarget.TYPE.read(snapshot);
            List<String> id = List.of(group.groupId());
            return policies.ofGroups(lists.allows(group) ? id : List.of(), id);
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
     * The type of Identity Store groups.
     *
     * @return {@link IdentityStoreGroupTarget#TYPE}
     */
    @Override
    public TargetType<IdentityStoreGroupTarget> targetType() {
        return IdentityStoreGroupTarget.TYPE;
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
     * Looks the user up and, where the role may read, whether they are in the group. Sends {@code identitystore:GetUserId}, {@code identitystore:DescribeUser} and, if
     * allowed, {@code identitystore:GetGroupMembershipId} and {@code identitystore:DescribeGroupMembership}; changes nothing and may be repeated.
     *
     * @param request what is asked for
     * @return a prepared grant, to be stored
     * @see AccessStrategy#prepare
     */
    @Override
    public Grant prepare(AccessRequest<? extends IdentityStoreGroupTarget> request) {
        IdentityStoreGroupTarget group = lists.requireAllowed(request.target());
        Attempt attempt = attempt(Verb.ESCALATE, request.requester(), group);
        timeliness.require(request, attempt);
        Deadline deadline = Deadline.in(parts.clock(), request.maxWait());
        return parts.failures()
                .reading(attempt, () -> escalation.prepare(request, attempt, calls(group, attempt, deadline)));
    }

    /**
     * Adds the user to the group, and where the role may read, waits until a read shows it. Sends {@code identitystore:CreateGroupMembership} and the reads; may be repeated.
     *
     * @param grant a prepared or pending grant; a given one is answered as it is
     * @return the given grant, to be stored
     * @see AccessStrategy#resume
     */
    @Override
    public Grant resume(Grant grant) {
        IdentityStoreGroupTarget group = lists.requireAllowed(ownTarget(grant.requireNotEnding()));
        if (grant.state() == GrantState.GRANTED) {
            return grant;
        }
        Attempt attempt = attempt(Verb.ESCALATE, grant.requester(), group);
        Deadline deadline = Deadline.in(parts.clock(), grant.maxWait());
        return parts.failures()
                .changing(
                        attempt,
                        grant,
                        () -> escalation.resume(grant, attempt, calls(group, attempt, deadline), deadline));
    }

    /**
     * Takes the user out of the group, and where the role may read, waits until a read shows it. Sends {@code identitystore:DeleteGroupMembership} and the reads; may be
     * repeated.
     *
     * @param grant a grant in any state
     * @param ending why, and which other grants are open
     * @return how it ended
     * @see AccessStrategy#deescalate(Grant, Ending)
     */
    @Override
    public Revocation deescalate(Grant grant, Ending ending) {
        IdentityStoreGroupTarget group = lists.requireRevocable(ownTarget(grant));
        Optional<Revocation> kept = withoutOthers(ending, grant).kept(grant, parts.keepWhenPriorUnknown());
        if (kept.isPresent()) {
            return kept.get();
        }
        Attempt attempt = attempt(Verb.DEESCALATE, grant.requester(), group);
        Deadline deadline = Deadline.in(parts.clock(), grant.maxWait());
        return parts.failures()
                .changing(
                        attempt,
                        grant,
                        () -> deescalation.takeAway(grant, attempt, calls(group, attempt, deadline), deadline));
    }

    /**
     * An open grant with another membership cannot take this one over: its end would find a membership that is not its own, and leave it. Its own is gone, since a user
     * has one at a time.
     */
    private static Ending withoutOthers(Ending ending, Grant grant) {
        return grant.membershipId().isEmpty() || ending.openGrants().isEmpty()
                ? ending
                : ending.whileOpen(ending.openGrants().stream()
                        .filter(open -> open.membershipId().isEmpty()
                                || open.membershipId().equals(grant.membershipId()))
                        .toList());
    }

    private IdentityStoreGroupTarget ownTarget(Grant grant) {
        return grant.requireScope(scope()).requireTarget(targetType());
    }

    private static Attempt attempt(Verb verb, Requester requester, IdentityStoreGroupTarget group) {
        return new Attempt(verb, requester, "the Identity Store group " + group);
    }

    private MembershipCalls calls(IdentityStoreGroupTarget group, Attempt attempt, Deadline deadline) {
        StrategySession session = sessions.open(group, attempt.requester());
        Lane lane = attempt.verb() == Verb.ESCALATE ? Lane.GRANT : Lane.SCHEDULED_REVOCATION;
        String id =
                storeId.get(attempt, () -> new AdminReads(admin, session, deadline, lane, admin.queue()::awaitTurn));
        return new MembershipCalls(store, session, deadline, id, group.groupId());
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

        private final List<String> allowed = new ArrayList<>();
        private final List<String> revocable = new ArrayList<>();

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * The groups that access may be given to.
         *
         * @param groupIds ids, added to those that were given before
         * @return this
         * @throws IllegalArgumentException if one cannot be the id of a group
         */
        public Builder allowedGroups(String... groupIds) {
            add(groupIds, allowed);
            return this;
        }

        /**
         * Retired groups: access to them is not given any more, but may still be taken away.
         *
         * @param groupIds ids, added to those that were given before
         * @return this
         * @throws IllegalArgumentException if one cannot be the id of a group
         */
        public Builder revocableGroups(String... groupIds) {
            add(groupIds, revocable);
            return this;
        }

        private static void add(String[] groupIds, List<String> list) {
            for (String id : groupIds) {
                DirectoryIds.requireId("group", id);
                list.add(id.toLowerCase(Locale.ROOT));
            }
        }

        private List<String> problems() {
            return allowed.isEmpty() && revocable.isEmpty()
                    ? List.of("allowedGroups: is empty; without a group there is nothing to do.")
                    : List.of();
        }

        /**
         * Makes the strategy. Calls nothing.
         *
         * @return a strategy
         * @throws InvalidSettingsException if settings are missing or wrong; it names all of them
         * @throws IllegalArgumentException if the session scope is {@code STRATEGY} and the policy of all groups is over AWS's limit
         */
        public IdentityStoreGroupStrategy build() {
            return new IdentityStoreGroupStrategy(this);
        }
    }
}
