package dev.connector.strategies.iam;

import dev.connector.core.ConnectorClock;
import dev.connector.core.ConnectorListener;
import dev.connector.core.InvalidSettingsException;
import dev.connector.core.Retries;
import dev.connector.core.RuntimeConnector;
import dev.connector.core.SessionScope;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.AccessStrategy;
import dev.connector.core.strategy.Deadline;
import dev.connector.core.strategy.Ending;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantScope;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.IdentityResolver;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.StrategySession;
import dev.connector.core.strategy.TargetType;
import dev.connector.core.strategy.Verb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;

/**
 * Adds an existing IAM user to IAM groups for a limited time, and takes them out again.
 *
 * <p>Thread-safe.
 *
 * <p><b>By default</b> the requester's user name is the IAM user's name, the session is bounded to the groups of the lists, and where the role may read the group, every change
 * is confirmed by a read within 30 seconds.
 *
 * <p><b>Close:</b> closes the client that it made; one that was passed in, and the connector, stay open. A second call does nothing.
 *
 * <p><b>AWS permissions</b> of the role: required are {@code iam:AddUserToGroup} and {@code iam:RemoveUserFromGroup} on the groups and {@code iam:GetUser} on the users. Used if
 * allowed is {@code iam:GetGroup} on the groups, or else {@code iam:ListGroupsForUser} on the users. Without either, {@link Grant#prior()} is {@code UNKNOWN}, AWS's answer alone
 * counts, {@link Grant#confirmed()} and {@link Revocation#confirmed()} are {@code false}, and the path of a group is held by the policies alone.
 *
 * <p><b>Calls and waiting:</b> {@code prepare}, {@code resume} and {@code deescalate} block the calling thread. After the request's {@code maxWait} nothing is retried and
 * nothing waited for, but each call that the verb cannot do without is still made once. Opening the session comes on top, with the connector's {@code stsTimeout} for each hop,
 * and a few times that at most; other threads wait only for that, and only where there is no valid session.
 *
 * <p><b>Identity:</b> the grant keeps the user's {@code UserId}. A name that was given to another user since is {@code IDENTITY_CHANGED}. A user who was renamed is still taken out
 * of the group where the role may read it, since the group shows ids. It keeps the group's {@code GroupId} too, if the role may read it: where another group has the name since,
 * an end is unknown, as the first group keeps its members under another name, or {@code TARGET_NOT_FOUND} if nothing was sent.
 *
 * <p><b>Does not</b> make users or groups, nor end what a user began while they had the access, for instance the session of a role: {@link Revocation#remaining()} is empty and
 * {@link Revocation#remainingComplete()} {@code false}.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddUserToGroup.html">AddUserToGroup</a>
 */
public final class IamGroupStrategy implements AccessStrategy<IamGroupTarget> {

    private final IamClient client;
    private final boolean ownsClient;
    private final GroupLists lists;
    private final Sessions sessions;
    private final Retries retries;
    private final Parts parts;
    private final Escalation escalation;
    private final Deescalation deescalation;

    private IamGroupStrategy(Wiring wiring) {
        this.lists = wiring.lists();
        this.sessions = wiring.sessions();
        this.retries = wiring.retries();
        this.parts = wiring.parts();
        this.ownsClient = wiring.makesClient();
        this.client = wiring.client();
        this.escalation = new Escalation(parts);
        this.deescalation = new Deescalation(parts);
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
     * The type of IAM groups.
     *
     * @return {@link IamGroupTarget#TYPE}
     */
    @Override
    public TargetType<IamGroupTarget> targetType() {
        return IamGroupTarget.TYPE;
    }

    /**
     * The partition, the account and the role.
     *
     * @return the scope that all grants of this strategy have; without a role if it was given a client and no connector
     */
    @Override
    public GrantScope scope() {
        return parts.scope();
    }

    /**
     * Looks the user up and, where the role may read, whether they are in the group. Sends {@code iam:GetUser}, and if allowed {@code iam:GetGroup} or {@code
     * iam:ListGroupsForUser}; changes nothing and may be repeated.
     *
     * @param request what is asked for
     * @return a prepared grant, to be stored
     * @see AccessStrategy#prepare
     */
    @Override
    public Grant prepare(AccessRequest<? extends IamGroupTarget> request) {
        IamGroupTarget group = lists.requireAllowed(request.target());
        escalation.requireInTime(request, group);
        Deadline deadline = Deadline.in(parts.clock(), request.maxWait());
        return parts.failures()
                .reading(
                        group,
                        request.requester(),
                        () -> escalation.prepare(
                                group.equals(request.target()) ? request : request.withTarget(group),
                                calls(group, request.requester(), deadline, Optional.empty())));
    }

    /**
     * Adds the user to the group, and where the role may read, waits until a read shows it. Sends {@code iam:GetUser}, {@code iam:AddUserToGroup} and the reads; may be
     * repeated.
     *
     * @param grant a prepared or pending grant; a given one is answered as it is
     * @return the given grant, to be stored
     * @see AccessStrategy#resume
     */
    @Override
    public Grant resume(Grant grant) {
        IamGroupTarget group = lists.requireAllowed(ownTarget(grant.requireNotEnding()));
        if (grant.state() == GrantState.GRANTED) {
            return grant;
        }
        Deadline deadline = Deadline.in(parts.clock(), grant.maxWait());
        return parts.failures()
                .changing(
                        Verb.ESCALATE,
                        grant,
                        group,
                        () -> escalation.resume(
                                grant, group, calls(group, grant.requester(), deadline, grant.targetId()), deadline));
    }

    /**
     * Takes the user out of the group, and where the role may read, waits until a read shows it. Sends {@code iam:GetUser}, {@code iam:RemoveUserFromGroup} and the reads; may
     * be repeated.
     *
     * @param grant a grant in any state
     * @param ending why, and which other grants are open
     * @return how it ended
     * @see AccessStrategy#deescalate(Grant, Ending)
     */
    @Override
    public Revocation deescalate(Grant grant, Ending ending) {
        IamGroupTarget group = lists.requireRevocable(ownTarget(grant));
        Optional<Revocation> kept = ending.kept(grant, parts.keepWhenPriorUnknown());
        if (kept.isPresent()) {
            return kept.get();
        }
        Deadline deadline = Deadline.in(parts.clock(), grant.maxWait());
        return parts.failures()
                .changing(
                        Verb.DEESCALATE,
                        grant,
                        group,
                        () -> deescalation.takeAway(
                                grant, group, calls(group, grant.requester(), deadline, grant.targetId()), deadline));
    }

    private IamGroupTarget ownTarget(Grant grant) {
        return grant.requireScope(scope()).requireTarget(targetType());
    }

    private GroupCalls calls(IamGroupTarget group, Requester requester, Deadline deadline, Optional<String> groupId) {
        return new GroupCalls(client, retries, sessions.open(group, requester), deadline, group, groupId);
    }

    /** Closes the client that this object made; one that was passed in, and the connector, stay open. */
    @Override
    public void close() {
        if (ownsClient) {
            client.close();
        }
    }

    /** Where the credentials of a verb's calls come from. */
    @FunctionalInterface
    interface Sessions {
        StrategySession open(IamGroupTarget group, Requester requester);
    }

    /** Collects settings; not thread-safe. */
    public static final class Builder {

        final List<IamGroupPattern> allowed = new ArrayList<>();
        final List<IamGroupPattern> revocable = new ArrayList<>();

        @Nullable
        RuntimeConnector connector;

        @Nullable
        IamClient client;

        @Nullable
        String roleArn;

        @Nullable
        String externalId;

        @Nullable
        String accountId;

        @Nullable
        String partition;

        @Nullable
        ConnectorClock clock;

        @Nullable
        ConnectorListener listener;

        @Nullable
        Retries retries;

        Map<String, String> settings = Map.of();
        SessionScope sessionScope = SessionScope.AUTO;
        boolean sessionPerRequester;
        boolean membershipReads = true;
        boolean keepWhenPriorUnknown;
        Duration settleTime = Duration.ofSeconds(30);
        IdentityResolver identityResolver = requester -> Optional.of(requester.username());

        private Builder() {}

        /**
         * Opens the sessions of the role; without one, {@link #iamClient} and {@link #accountId} are needed.
         *
         * @param value a connector, which stays open when the strategy is closed
         * @return this
         */
        public Builder connector(RuntimeConnector value) {
            this.connector = Objects.requireNonNull(value, "connector");
            return this;
        }

        /**
         * What the Terraform module iam-connector outputs: {@code role_arn} and {@code account_id}; {@code cloud} must be {@code aws} if it is there, other keys are not looked at.
         *
         * @param value the map
         * @return this
         */
        public Builder settings(Map<String, String> value) {
            this.settings = Map.copyOf(value);
            return this;
        }

        /**
         * The role that the strategy works with; goes before the one of {@link #settings}.
         *
         * @param value its ARN
         * @return this
         */
        public Builder roleArn(String value) {
            this.roleArn = Objects.requireNonNull(value, "roleArn");
            return this;
        }

        /**
         * The External ID that the role's trust policy asks for; by default none is sent, since the published module asks for none on this hop.
         *
         * @param value the External ID
         * @return this
         */
        public Builder externalId(String value) {
            this.externalId = Objects.requireNonNull(value, "externalId");
            return this;
        }

        /**
         * The groups that access may be given to.
         *
         * @param values patterns, added to those that were given before
         * @return this
         */
        public Builder allowedGroups(IamGroupPattern... values) {
            this.allowed.addAll(List.of(values));
            return this;
        }

        /**
         * Retired groups: access to them is not given any more, but may still be taken away.
         *
         * @param values patterns, added to those that were given before
         * @return this
         */
        public Builder revocableGroups(IamGroupPattern... values) {
            this.revocable.addAll(List.of(values));
            return this;
        }

        /**
         * The client to use; by default one is made with the connector's HTTP client. With a connector each request carries the role's credentials; without one the client's own
         * are used.
         *
         * @param value a client, which stays open when the strategy is closed; turn its retries off, or limits count too few attempts, and a failure after more than one
         *     of them is an unknown outcome
         * @return this
         */
        public Builder iamClient(IamClient value) {
            this.client = Objects.requireNonNull(value, "iamClient");
            return this;
        }

        /**
         * The account that the strategy works in; by default the role's.
         *
         * @param value 12 digits
         * @return this
         */
        public Builder accountId(String value) {
            this.accountId = Objects.requireNonNull(value, "accountId");
            return this;
        }

        /**
         * The partition that the strategy works in; by default the role's, or {@code aws} without a role.
         *
         * @param value for instance {@code aws-cn}
         * @return this
         */
        public Builder partition(String value) {
            this.partition = Objects.requireNonNull(value, "partition");
            return this;
        }

        /**
         * How narrow the sessions are; default {@link SessionScope#AUTO}.
         *
         * @param value the scope
         * @return this
         */
        public Builder sessionScope(SessionScope value) {
            this.sessionScope = Objects.requireNonNull(value, "sessionScope");
            return this;
        }

        /**
         * Whether the requester's name stands in the session name, so that the account's trail shows who asked; default {@code false}.
         *
         * @param value whether
         * @return this
         */
        public Builder sessionPerRequester(boolean value) {
            this.sessionPerRequester = value;
            return this;
        }

        /**
         * Whether the strategy looks at memberships where the role may; default {@code true}. Off, it calls nothing but what it cannot do without.
         *
         * @param value whether
         * @return this
         */
        public Builder membershipReads(boolean value) {
            this.membershipReads = value;
            return this;
        }

        /**
         * How long IAM's reads may lag behind its writes; default 30 seconds. A change that no read has shown after that is unknown.
         *
         * @param value from zero to an hour
         * @return this
         */
        public Builder settleTime(Duration value) {
            this.settleTime = Objects.requireNonNull(value, "settleTime");
            return this;
        }

        /**
         * Whether access is kept at the end if nobody knows whether it was there before; default {@code false}, since access that nobody ends is the worse fault.
         *
         * @param value whether
         * @return this
         */
        public Builder keepWhenPriorUnknown(boolean value) {
            this.keepWhenPriorUnknown = value;
            return this;
        }

        /**
         * Finds the IAM user name of a requester; by default it is the requester's user name.
         *
         * @param value answers an IAM user name
         * @return this
         */
        public Builder identityResolver(IdentityResolver value) {
            this.identityResolver = Objects.requireNonNull(value, "identityResolver");
            return this;
        }

        /**
         * How calls are retried; by default as {@link Retries#builder()} says, on this strategy's clock.
         *
         * @param value retries
         * @return this
         */
        public Builder retries(Retries value) {
            this.retries = Objects.requireNonNull(value, "retries");
            return this;
        }

        /**
         * The clock to go by; by default the connector's, or the machine's without one.
         *
         * @param value a clock
         * @return this
         */
        public Builder clock(ConnectorClock value) {
            this.clock = Objects.requireNonNull(value, "clock");
            return this;
        }

        /**
         * Who is told of calls and waits; by default the connector's listener.
         *
         * @param value a listener
         * @return this
         */
        public Builder listener(ConnectorListener value) {
            this.listener = Objects.requireNonNull(value, "listener");
            return this;
        }

        /**
         * Makes the strategy. Calls nothing.
         *
         * @return a strategy
         * @throws InvalidSettingsException if settings are missing or wrong; it names all of them
         * @throws IllegalArgumentException if the session scope is {@link SessionScope#STRATEGY} and the policy of all groups is over AWS's limit
         */
        public IamGroupStrategy build() {
            return new IamGroupStrategy(new Wiring(this));
        }
    }
}
