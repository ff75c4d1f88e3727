package dev.connector.testkit;

import dev.connector.core.AwsCallException;
import dev.connector.core.AwsFailure;
import dev.connector.core.ConnectorClock;
import dev.connector.core.ConnectorListener;
import dev.connector.core.Retries;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.AccessStrategy;
import dev.connector.core.strategy.Deadline;
import dev.connector.core.strategy.Ending;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantKey;
import dev.connector.core.strategy.GrantScope;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.OutcomeUnknownException;
import dev.connector.core.strategy.Prior;
import dev.connector.core.strategy.PriorAccess;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.Settling;
import dev.connector.core.strategy.StrategyException;
import dev.connector.core.strategy.StrategyException.Reason;
import dev.connector.core.strategy.TargetNotAllowedException;
import dev.connector.core.strategy.TargetType;
import dev.connector.core.strategy.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AddUserToGroupRequest;
import software.amazon.awssdk.services.iam.model.GetUserRequest;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserRequest;
import software.amazon.awssdk.services.iam.model.ListGroupsForUserResponse;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.RemoveUserFromGroupRequest;

/** A strategy as somebody may write their own: short, honest, and in doubt about everything that it cannot know. */
class GroupStrategy implements AccessStrategy<GroupTarget> {

    private static final Duration SETTLE_TIME = Duration.ofSeconds(30);

    private final GrantScope scope;
    private final IamClient iam;
    private final Retries retries;
    private final ConnectorClock clock;
    private final PriorAccess priorAccess;
    private final Settling settling;
    private final List<GroupTarget> allowed;
    private final List<GroupTarget> revocable;

    GroupStrategy(ServiceProcess<GroupTarget> process, IamClient iam, String accountId) {
        this.scope = GrantScope.of("aws", accountId);
        this.iam = iam;
        this.retries = process.retries();
        this.clock = process.clock();
        this.priorAccess = new PriorAccess(clock, SETTLE_TIME);
        this.settling = new Settling(clock, ConnectorListener.none(), SETTLE_TIME);
        this.allowed = process.allowed();
        this.revocable = process.revocable();
    }

    @Override
    public TargetType<GroupTarget> targetType() {
        return GroupTarget.TYPE;
    }

    @Override
    public GrantScope scope() {
        return scope;
    }

    @Override
    public Grant prepare(AccessRequest<? extends GroupTarget> request) {
        GroupTarget group = requireIn(allowed.contains(request.target()), request.target());
        Deadline deadline = Deadline.in(clock, request.maxWait());
        String user = request.requester().username();
        String id = certainly(() -> idOf(user, deadline))
                .orElseThrow(() -> new StrategyException(Reason.IDENTITY_NOT_FOUND, "There is no user " + user + "."));
        Prior seen = certainly(() -> look(user, group, deadline));
        Prior prior = priorAccess.of(request, GrantKey.of(scope, id, group), seen);
        return Grant.prepared(request, scope, id, prior).toBuilder()
                .principalName(user)
                .build();
    }

    @Override
    public Grant resume(Grant grant) {
        GroupTarget group = ownTarget(grant.requireNotEnding());
        requireIn(allowed.contains(group), group);
        if (grant.state() == GrantState.GRANTED) {
            return grant;
        }
        Deadline deadline = Deadline.in(clock, grant.maxWait());
        return unlessUnknown(Verb.ESCALATE, grant, () -> {
            requireSame(grant, deadline);
            if (clock.instant().isAfter(grant.notAfter())) {
                throw unknown(Verb.ESCALATE, grant, "It is too late to give anything.", null);
            }
            change(Verb.ESCALATE, grant, () -> add(grant.principalName().orElseThrow(), group, deadline));
            Prior shown = settle(Verb.ESCALATE, grant, group, Prior.PRESENT, deadline);
            return grant.granted(clock.instant()).toBuilder()
                    .confirmed(shown == Prior.PRESENT)
                    .build();
        });
    }

    @Override
    public Revocation deescalate(Grant grant, Ending ending) {
        GroupTarget group = ownTarget(grant);
        requireIn(allowed.contains(group) || revocable.contains(group), group);
        Optional<Revocation> kept = ending.kept(grant, false);
        if (kept.isPresent()) {
            return kept.get();
        }
        Deadline deadline = Deadline.in(clock, grant.maxWait());
        return unlessUnknown(Verb.DEESCALATE, grant, () -> {
            requireSame(grant, deadline);
            priorAccess.ending(
                    grant.key(),
                    () -> change(
                            Verb.DEESCALATE,
                            grant,
                            () -> remove(grant.principalName().orElseThrow(), group, deadline)));
            Prior shown = settle(Verb.DEESCALATE, grant, group, Prior.ABSENT, deadline);
            return Revocation.builder(grant, Revocation.Result.REVOKED)
                    .confirmed(shown == Prior.ABSENT)
                    .endedAt(clock.instant())
                    .build();
        });
    }

    private void requireSame(Grant grant, Deadline deadline) {
        Optional<String> id = idOf(grant.principalName().orElseThrow(), deadline);
        if (!id.equals(Optional.of(grant.principalId()))) {
            throw new StrategyException(
                    Reason.IDENTITY_CHANGED, "The name is not that of " + grant.principalId() + ".");
        }
    }

    /** AWS's answer counts where the role may not look; where it may, the change must show. */
    private Prior settle(Verb verb, Grant grant, GroupTarget group, Prior hopedFor, Deadline deadline) {
        try {
            Prior shown = settling.readUntil(
                    "IAM",
                    deadline,
                    () -> look(grant.principalName().orElseThrow(), group, deadline),
                    seen -> seen == hopedFor || seen == Prior.UNKNOWN);
            if (shown != hopedFor && shown != Prior.UNKNOWN) {
                throw unknown(verb, grant, "No read shows it.", null);
            }
            return shown;
        } catch (AwsCallException unread) {
            throw unknown(verb, grant, "It cannot be read.", unread);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw unknown(verb, grant, "Interrupted.", interrupted);
        }
    }

    private static void change(Verb verb, Grant grant, Runnable call) {
        try {
            call.run();
        } catch (AwsCallException failed) {
            if (failed.failure().mayHaveTakenEffect()) {
                throw unknown(verb, grant, failed.failure().description(), failed);
            }
            throw failed;
        }
    }

    /** What an earlier call may have done, the failure of this one does not undo. */
    private static <R> R unlessUnknown(Verb verb, Grant grant, Supplier<R> work) {
        boolean mayBeDone = grant.state() == (verb == Verb.ESCALATE ? GrantState.PENDING : GrantState.ENDING);
        try {
            return certainly(work);
        } catch (StrategyException failed) {
            if (mayBeDone) {
                throw unknown(verb, grant, failed.getMessage(), failed);
            }
            throw failed;
        }
    }

    private static <R> R certainly(Supplier<R> work) {
        try {
            return work.get();
        } catch (AwsCallException failed) {
            throw new StrategyException(Reason.UNAVAILABLE, failed.failure().description(), failed);
        }
    }

    private static OutcomeUnknownException unknown(
            Verb verb, Grant grant, @Nullable String why, @Nullable Throwable cause) {
        Grant pending = verb == Verb.ESCALATE ? grant.pending() : grant.ending();
        return new OutcomeUnknownException(verb, pending, "Nobody knows: " + why, cause);
    }

    private GroupTarget ownTarget(Grant grant) {
        return grant.requireScope(scope).requireTarget(GroupTarget.TYPE);
    }

    private static GroupTarget requireIn(boolean listed, GroupTarget group) {
        if (!listed) {
            throw new TargetNotAllowedException(group, "The group " + group.name() + " is not on the list.");
        }
        return group;
    }

    Instant now() {
        return clock.instant();
    }

    Deadline deadline(Duration limit) {
        return Deadline.in(clock, limit);
    }

    private Optional<String> idOf(String user, Deadline deadline) {
        GetUserRequest request = GetUserRequest.builder().userName(user).build();
        try {
            return Optional.of(call("iam:GetUser", deadline, () -> iam.getUser(request))
                    .user()
                    .userId());
        } catch (AwsCallException failed) {
            if (failed.failure().cause() instanceof NoSuchEntityException) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    /** UNKNOWN if the role may not look. */
    Prior look(String user, GroupTarget group, Deadline deadline) {
        ListGroupsForUserRequest request =
                ListGroupsForUserRequest.builder().userName(user).build();
        try {
            ListGroupsForUserResponse answer =
                    call("iam:ListGroupsForUser", deadline, () -> iam.listGroupsForUser(request));
            boolean in = answer.groups().stream()
                    .anyMatch(listed -> listed.groupName().equals(group.name()));
            return in ? Prior.PRESENT : Prior.ABSENT;
        } catch (AwsCallException failed) {
            if (failed.failure().kind() == AwsFailure.Kind.DENIED) {
                return Prior.UNKNOWN;
            }
            throw failed;
        }
    }

    void add(String user, GroupTarget group, Deadline deadline) {
        AddUserToGroupRequest request = AddUserToGroupRequest.builder()
                .userName(user)
                .groupName(group.name())
                .build();
        call("iam:AddUserToGroup", deadline, () -> iam.addUserToGroup(request));
    }

    void remove(String user, GroupTarget group, Deadline deadline) {
        RemoveUserFromGroupRequest request = RemoveUserFromGroupRequest.builder()
                .userName(user)
                .groupName(group.name())
                .build();
        call("iam:RemoveUserFromGroup", deadline, () -> iam.removeUserFromGroup(request));
    }

    private <R> R call(String operation, Deadline deadline, Supplier<R> call) {
        return retries.call(operation, deadline.remaining(), () -> {}, call);
    }
}
