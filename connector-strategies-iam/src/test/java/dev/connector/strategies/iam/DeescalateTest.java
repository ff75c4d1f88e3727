package dev.connector.strategies.iam;

import static dev.connector.strategies.iam.Caught.refusal;
import static dev.connector.strategies.iam.Caught.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connector.core.strategy.Actor;
import dev.connector.core.strategy.Ending;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantRejectedException;
import dev.connector.core.strategy.GrantScope;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.OutcomeUnknownException;
import dev.connector.core.strategy.Prior;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.Revocation.Result;
import dev.connector.core.strategy.StrategyException;
import dev.connector.core.strategy.StrategyException.Reason;
import dev.connector.core.strategy.TargetNotAllowedException;
import dev.connector.core.strategy.TargetSnapshot;
import dev.connector.core.strategy.Verb;
import dev.connector.testing.AwsFact;
import dev.connector.testing.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a caller sees of deescalate, over simulated AWS. */
class DeescalateTest {

    private final Account account = Account.withReads();
    private final IamGroupStrategy strategy = account.strategy().build();

    @AfterEach
    void close() {
        strategy.close();
        account.close();
    }

    @Test
    void deescalate_whenGranted_takesTheUserOutAndSaysWhen() {
        Grant grant = Grant.fromJson(strategy.escalate(account.request()).toJson());

        Revocation revocation = strategy.deescalate(grant, Ending.revokedBy(Actor.of("boss@example.com"), "done"));

        assertThat(revocation.result()).isEqualTo(Result.REVOKED);
        assertThat(revocation.confirmed()).isTrue();
        assertThat(revocation.endedAt()).contains(account.aws.clock().instant());
        assertThat(revocation.remaining()).isEmpty();
        assertThat(revocation.remainingComplete())
                .as("nobody looked for sessions")
                .isFalse();
        assertThat(account.isMember()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(GrantState.class)
    void deescalate_whateverTheState_takesTheUserOut(GrantState state) {
        Grant granted = strategy.escalate(account.request());
        Grant prepared = granted.toBuilder()
                .state(GrantState.PREPARED)
                .grantedAt(Optional.empty())
                .confirmed(false)
                .build();
        Grant grant = switch (state) {
            case PREPARED -> prepared;
            case PENDING -> prepared.pending();
            case GRANTED -> granted;
            case ENDING -> granted.ending();
        };

        assertThat(strategy.deescalate(grant).result()).isEqualTo(Result.REVOKED);
        assertThat(account.isMember()).isFalse();
    }

    @Test
    void deescalate_whenTheAccessWasThereBefore_keepsItWithoutACall() {
        account.aws.iam().addUserToGroup(Account.USER, Account.GROUP);
        Grant grant = strategy.escalate(account.request());
        account.aws.clearCalls();

        Revocation revocation = strategy.deescalate(grant);

        assertThat(revocation.result()).isEqualTo(Result.KEPT_PREEXISTING);
        assertThat(revocation.endedAt()).isEmpty();
        assertThat(account.aws.calls()).isEmpty();
        assertThat(account.isMember()).isTrue();
    }

    @Test
    void deescalate_whenPriorIsUnknown_revokesAndTheRevocationSaysSo() {
        account.aws.iam().addUserToGroup(Account.USER, Account.GROUP);
        Grant grant =
                strategy.escalate(account.requestBuilder().mayHaveRun(true).build());

        Revocation revocation = strategy.deescalate(grant);

        assertThat(revocation.result()).isEqualTo(Result.REVOKED);
        assertThat(revocation.grant().prior()).isEqualTo(Prior.UNKNOWN);
        assertThat(account.isMember()).isFalse();
    }

    @Test
    void deescalate_whenPriorIsUnknownAndToBeKept_keepsIt() {
        try (IamGroupStrategy keeping =
                account.strategy().keepWhenPriorUnknown(true).build()) {
            Grant grant =
                    keeping.escalate(account.requestBuilder().mayHaveRun(true).build());
            assertThat(grant.prior()).isEqualTo(Prior.ABSENT);

            Grant unknown = grant.toBuilder().prior(Prior.UNKNOWN).build();

            assertThat(keeping.deescalate(unknown).result()).isEqualTo(Result.KEPT_PREEXISTING);
            assertThat(keeping.deescalate(grant).result()).isEqualTo(Result.REVOKED);
        }
    }

    @Test
    void deescalate_whenAnEndWasBegunAndUnknownPriorsAreKeptSince_carriesItOn() {
        Grant ending = strategy.escalate(account.requestBuilder().build()).toBuilder()
                .prior(Prior.UNKNOWN)
                .build()
                .ending();
        try (IamGroupStrategy keeping =
                account.strategy().keepWhenPriorUnknown(true).build()) {
            assertThat(keeping.deescalate(ending).result()).isEqualTo(Result.REVOKED);
        }
    }

    @Test
    void deescalate_whileAnotherGrantOfTheSameAccessIsOpen_keepsItAndTheLastOneOutRevokes() {
        Grant first = strategy.escalate(account.request());
        Grant second =
                strategy.escalate(account.requestBuilder().addOpenGrants(first).build());

        Revocation kept = strategy.deescalate(first, Ending.scheduled().whileOpen(List.of(first, second)));
        Revocation revoked = strategy.deescalate(second, Ending.scheduled().whileOpen(List.of(second)));

        assertThat(kept.result()).isEqualTo(Result.KEPT_IN_USE);
        assertThat(kept.inUseBy()).contains(second.requestId());
        assertThat(revoked.result()).isEqualTo(Result.REVOKED);
        assertThat(account.isMember()).isFalse();
    }

    @Test
    @AwsFact(39)
    void deescalate_whenTheUserIsNoMemberAnyMore_isRevokedSinceAwsIsSilentAboutIt() {
        Grant grant = strategy.escalate(account.request());
        account.aws.iam().removeUserFromGroup(Account.USER, Account.GROUP);

        Revocation revocation = strategy.deescalate(grant);

        assertThat(revocation.result()).isEqualTo(Result.REVOKED);
        assertThat(account.iamCalls()).contains("RemoveUserFromGroup");
    }

    @Test
    @AwsFact(44)
    void deescalate_whenReadsLagBehind_waitsUntilTheyShowIt() {
        Grant grant = strategy.escalate(account.request());
        account.aws.clock().advance(Duration.ofMinutes(5));
        account.aws.propagationDelay(Duration.ofSeconds(8));

        assertThat(strategy.deescalate(grant).confirmed()).isTrue();
    }

    @Test
    void deescalate_whenNoReadShowsItInTime_isUnknownAndCanBeEndedAgain() {
        Grant grant = strategy.escalate(account.request());
        account.aws.clock().advance(Duration.ofMinutes(50));
        account.aws.propagationDelay(Duration.ofMinutes(2));

        OutcomeUnknownException unknown = unknown(() -> strategy.deescalate(grant));

        assertThat(unknown.during()).isEqualTo(Verb.DEESCALATE);
        assertThat(unknown.pending().state()).isEqualTo(GrantState.ENDING);
        account.aws.propagationDelay(Duration.ZERO);
        assertThat(strategy.deescalate(unknown.pending()).confirmed()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {
                "SERVER_ERROR_BEFORE",
                "SERVER_ERROR_AFTER",
                "CONNECTION_RESET_BEFORE",
                "CONNECTION_RESET_AFTER",
                "SLOW_BEFORE",
                "SLOW_AFTER",
                "GARBAGE_BODY"
            })
    void deescalate_whenEveryAnswerIsLost_isUnknownAndEndsRightTheNextTime(Fault fault) {
        Grant grant = strategy.escalate(account.request());
        account.failAlways("RemoveUserFromGroup", fault);

        OutcomeUnknownException unknown = unknown(() -> strategy.deescalate(grant));

        assertThat(unknown.pending()).isEqualTo(grant.ending());
        assertThat(strategy.deescalate(unknown.pending()).result()).isEqualTo(Result.REVOKED);
        assertThat(account.isMember()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "ACCESS_DENIED")
    void deescalate_whenTheRemoveFailsOnce_isSentAgain(Fault fault) {
        Grant grant = strategy.escalate(account.request());
        account.aws.fault("RemoveUserFromGroup", 1, fault);

        assertThat(strategy.deescalate(grant).confirmed()).isTrue();
        assertThat(account.isMember()).isFalse();
    }

    @Test
    void deescalate_whenDenied_namesActionRoleAndGroupAndNothingChanged() {
        Grant grant = strategy.escalate(account.request());
        account.aws.fault("RemoveUserFromGroup", 1, Fault.ACCESS_DENIED);

        StrategyException refused = refusal(() -> strategy.deescalate(grant));

        assertThat(refused.reason()).isEqualTo(Reason.DENIED);
        assertThat(refused)
                .hasMessageContaining("iam:RemoveUserFromGroup")
                .hasMessageContaining("SymIAMMain")
                .hasMessageContaining("/sym/OnCall");
        assertThat(account.isMember()).isTrue();
    }

    @Test
    void deescalate_whenAnEndThatWasBegunIsDenied_staysUnknown() {
        Grant ending = strategy.escalate(account.request()).ending();
        account.aws.fault("RemoveUserFromGroup", 1, Fault.ACCESS_DENIED);

        assertThat(unknown(() -> strategy.deescalate(ending)).pending()).isEqualTo(ending);
    }

    @Test
    @AwsFact(72)
    void deescalate_whenTheNameBelongsToAnotherUserNow_isIdentityChangedAndTouchesNobody() {
        Grant grant = strategy.escalate(account.request());
        account.aws.iam().renameUser(Account.USER, "ada.old");
        account.aws.iam().createUser(Account.USER);
        account.aws.iam().addUserToGroup(Account.USER, Account.GROUP);

        StrategyException refused = refusal(() -> strategy.deescalate(grant));

        assertThat(refused.reason()).isEqualTo(Reason.IDENTITY_CHANGED);
        assertThat(refused).hasMessageContaining(account.userId);
        assertThat(account.aws.iam().members(Account.GROUP)).containsExactlyInAnyOrder("ada.old", Account.USER);
    }

    @Test
    @AwsFact(72)
    void deescalate_whenTheUserWasRenamed_findsThemInTheGroupByTheirId() {
        Grant grant = strategy.escalate(account.request());
        account.aws.iam().renameUser(Account.USER, "ada.new");

        Revocation revocation = strategy.deescalate(grant);

        assertThat(revocation.result()).isEqualTo(Result.REVOKED);
        assertThat(account.aws.iam().members(Account.GROUP)).isEmpty();
    }

    @Test
    void deescalate_whenTheRenamedUserChangesAgainMeanwhile_isUnknown() {
        Grant grant = strategy.escalate(account.request());
        account.aws.iam().renameUser(Account.USER, "ada.new");
        try (IamGroupStrategy disturbed = account.strategy()
                .listener(Listeners.onCall("iam:GetGroup", () -> renameOnce("ada.new", "ada.newer")))
                .build()) {
            unknown(() -> disturbed.deescalate(grant));
        }
        assertThat(account.isMember()).isTrue();
        assertThat(strategy.deescalate(grant.ending()).result()).isEqualTo(Result.REVOKED);
    }

    private void renameOnce(String from, String to) {
        if (account.aws.iam().members(Account.GROUP).contains(from)) {
            account.aws.iam().renameUser(from, to);
        }
    }

    @Test
    void deescalate_whenTheUserIsGone_isAlreadyAbsentAfterTwoReadsTheSettleTimeApart() {
        Grant grant = strategy.escalate(account.request());
        account.aws.iam().removeUserFromGroup(Account.USER, Account.GROUP);
        account.aws.iam().deleteUser(Account.USER);
        account.aws.clearCalls();

        Revocation revocation = strategy.deescalate(grant);

        assertThat(revocation.result()).isEqualTo(Result.ALREADY_ABSENT);
        assertThat(revocation.confirmed()).isTrue();
        assertThat(account.aws.calls("GetGroup"))
                .hasSize(2)
                .satisfies(reads -> assertThat(Duration.between(
                                reads.get(0).time(), reads.get(1).time()))
                        .isEqualTo(Duration.ofSeconds(30)));
        assertThat(account.iamCalls()).doesNotContain("RemoveUserFromGroup");
    }

    @Test
    void deescalate_whenTheUserIsGoneAndTheGroupCannotBeRead_isUnknown() {
        Grant grant = strategy.escalate(account.request());
        account.aws.iam().removeUserFromGroup(Account.USER, Account.GROUP);
        account.aws.iam().deleteUser(Account.USER);
        account.denyReads();

        unknown(() -> strategy.deescalate(grant));
        try (IamGroupStrategy blind = account.strategy().membershipReads(false).build()) {
            unknown(() -> blind.deescalate(grant));
        }
    }

    @Test
    void deescalate_whenTheUserIsGoneAndThereIsNoTimeForTwoReads_isUnknown() {
        Grant grant = strategy.escalate(
                account.requestBuilder().maxWait(Duration.ofSeconds(10)).build());
        account.aws.iam().removeUserFromGroup(Account.USER, Account.GROUP);
        account.aws.iam().deleteUser(Account.USER);

        assertThat(unknown(() -> strategy.deescalate(grant))).hasMessageContaining("maxWait is PT10S");
    }

    @Test
    void deescalate_whenTheUserIsGoneAndTheReadFails_saysThatNothingWasMade() {
        Grant grant = strategy.escalate(account.request());
        account.aws.iam().removeUserFromGroup(Account.USER, Account.GROUP);
        account.aws.iam().deleteUser(Account.USER);
        account.failAlways("GetGroup", Fault.SERVER_ERROR_BEFORE);

        assertThat(refusal(() -> strategy.deescalate(grant)).reason()).isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    void deescalate_whenTheUserIsDeletedWhileTheRemoveIsSent_isDecidedByTheGroup() {
        Grant grant = strategy.escalate(account.request());
        try (IamGroupStrategy disturbed = account.strategy()
                .listener(Listeners.onCall("iam:GetUser", this::deleteUserOnce))
                .build()) {
            assertThat(disturbed.deescalate(grant).result()).isEqualTo(Result.ALREADY_ABSENT);
        }
    }

    private void deleteUserOnce() {
        if (account.isMember()) {
            account.aws.iam().removeUserFromGroup(Account.USER, Account.GROUP);
            account.aws.iam().deleteUser(Account.USER);
        }
    }

    @Test
    @AwsFact({39, 72})
    void deescalate_whenTheGroupIsGone_isTargetNotFoundAndNeverAbsent() {
        Grant grant = strategy.escalate(account.request());
        account.aws.iam().renameGroup(Account.GROUP, "Renamed");

        assertThat(refusal(() -> strategy.deescalate(grant)).reason()).isEqualTo(Reason.TARGET_NOT_FOUND);
        assertThat(account.aws.iam().members("Renamed")).containsExactly(Account.USER);
    }

    @Test
    @AwsFact(72)
    void deescalate_whenAnotherGroupHasTheNameNow_isUnknownSinceTheUserIsStillInTheFirst() {
        Grant grant = strategy.escalate(account.request());
        account.aws.iam().renameGroup(Account.GROUP, "Renamed");
        account.aws.iam().createGroup("/sym/", Account.GROUP);

        OutcomeUnknownException unknown = unknown(() -> strategy.deescalate(grant));

        assertThat(unknown).hasMessageContaining(grant.targetId().orElseThrow());
        assertThat(account.aws.iam().members("Renamed")).containsExactly(Account.USER);
    }

    @Test
    @AwsFact(72)
    void deescalate_whenUserAndGroupWereRenamed_isNeverAbsent() {
        Grant grant = strategy.escalate(account.request());
        account.aws.iam().renameUser(Account.USER, "ada.new");
        account.aws.iam().renameGroup(Account.GROUP, "Renamed");
        account.aws.iam().createGroup("/sym/", Account.GROUP);

        assertThat(refusal(() -> strategy.deescalate(grant)).reason()).isEqualTo(Reason.TARGET_NOT_FOUND);
    }

    @Test
    void deescalate_whenUserAndGroupAreGone_isTargetNotFoundAndNeverAbsent() {
        Grant grant = strategy.escalate(account.request());
        account.aws.iam().removeUserFromGroup(Account.USER, Account.GROUP);
        account.aws.iam().deleteUser(Account.USER);
        account.aws.iam().deleteGroup(Account.GROUP);

        assertThat(refusal(() -> strategy.deescalate(grant)).reason()).isEqualTo(Reason.TARGET_NOT_FOUND);
    }

    @Test
    void deescalate_whenTheTargetWasRetired_needsItOnTheOtherList() {
        Grant grant = strategy.escalate(account.request());
        IamGroupPattern other = IamGroupPattern.of("/sym/", "Other");
        account.aws.clearCalls();
        try (IamGroupStrategy shrunk = account.strategyFor(other).build();
                IamGroupStrategy retiring = account.strategyFor(other)
                        .revocableGroups(IamGroupPattern.of("/sym/", "OnCall"))
                        .build()) {
            assertThatThrownBy(() -> shrunk.deescalate(grant))
                    .isInstanceOf(TargetNotAllowedException.class)
                    .hasMessageContaining("revocableGroups");
            assertThat(account.aws.calls()).isEmpty();

            assertThat(retiring.deescalate(grant).result()).isEqualTo(Result.REVOKED);
        }
    }

    @Test
    void deescalate_whenTheGrantIsOfAnotherType_isRejectedBeforeAnyCall() {
        Grant foreign = strategy.prepare(account.request()).toBuilder()
                .target(TargetSnapshot.builder("feature_flag", "beta").build())
                .build();
        account.aws.clearCalls();

        assertThatThrownBy(() -> strategy.deescalate(foreign)).isInstanceOf(GrantRejectedException.class);
        assertThat(account.aws.calls()).isEmpty();
    }

    @Test
    void deescalate_whenInterruptedBeforeAnythingWasSent_isNotStarted() {
        Grant grant = strategy.escalate(account.request());
        Thread.currentThread().interrupt();

        StrategyException refused = refusal(() -> strategy.deescalate(grant));

        assertThat(Thread.interrupted()).as("flag restored").isTrue();
        assertThat(refused.reason()).isEqualTo(Reason.NOT_STARTED);
        assertThat(account.isMember()).isTrue();
    }

    @Test
    void deescalate_whenInterruptedWhileItConfirms_isUnknown() {
        Grant grant = strategy.escalate(account.request());
        account.aws.clock().advance(Duration.ofMinutes(5));
        account.aws.propagationDelay(Duration.ofSeconds(5));
        try (IamGroupStrategy interrupted = account.strategy()
                .listener(Listeners.onWait(() -> Thread.currentThread().interrupt()))
                .build()) {
            unknown(() -> interrupted.deescalate(grant));
            assertThat(Thread.interrupted()).as("flag restored").isTrue();
        }
    }

    @Test
    void deescalate_whenInterruptedBetweenTheTwoReads_isUnknown() {
        Grant grant = strategy.escalate(account.request());
        account.aws.iam().removeUserFromGroup(Account.USER, Account.GROUP);
        account.aws.iam().deleteUser(Account.USER);
        try (IamGroupStrategy interrupted = account.strategy()
                .listener(Listeners.onWait(() -> Thread.currentThread().interrupt()))
                .build()) {
            unknown(() -> interrupted.deescalate(grant));
            assertThat(Thread.interrupted()).as("flag restored").isTrue();
        }
    }

    @Test
    void deescalateAll_whenOneFails_endsTheOthers() {
        Grant good = strategy.escalate(account.request());
        Grant foreign =
                good.toBuilder().scope(GrantScope.of("aws", "999988887777")).build();

        assertThat(strategy.deescalateAll(List.of(foreign, good), Ending.scheduled(), outcome -> {}))
                .extracting(outcome -> outcome.failure().isPresent())
                .containsExactly(true, false);
        assertThat(account.isMember()).isFalse();
    }
}
