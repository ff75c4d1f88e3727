package dev.connector.strategies.iam;

import static dev.connector.strategies.iam.Caught.refusal;
import static dev.connector.strategies.iam.Caught.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connector.core.RoleAssumptionException;
import dev.connector.core.SessionScope;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantRejectedException;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.OutcomeUnknownException;
import dev.connector.core.strategy.Prior;
import dev.connector.core.strategy.StrategyException;
import dev.connector.core.strategy.StrategyException.Reason;
import dev.connector.core.strategy.TargetNotAllowedException;
import dev.connector.core.strategy.Verb;
import dev.connector.testing.AwsFact;
import dev.connector.testing.Fault;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.iam.IamClient;

/** What a caller sees of prepare, resume and escalate, over simulated AWS. */
class EscalateTest {

    private final Account account = Account.withReads();
    private final IamGroupStrategy strategy = account.strategy().build();
    private boolean nameWasGivenAway;

    @AfterEach
    void close() {
        strategy.close();
        account.close();
    }

    @Test
    void prepare_whenAllIsWell_changesNothingAndKeepsTheUserId() {
        Grant grant = strategy.prepare(account.request());

        assertThat(grant.state()).isEqualTo(GrantState.PREPARED);
        assertThat(grant.principalId()).isEqualTo(account.userId);
        assertThat(grant.principalName()).contains(Account.USER);
        assertThat(grant.prior()).isEqualTo(Prior.ABSENT);
        assertThat(grant.scope()).isEqualTo(strategy.scope());
        assertThat(grant.targetId()).isPresent();
        assertThat(account.isMember()).isFalse();
    }

    @Test
    void prepare_whenGroupIsNotAllowed_isRefusedBeforeAnyCall() {
        AccessRequest<IamGroupTarget> request = account.requestFor(IamGroupTarget.of("/other/", "Admins"));

        assertThatThrownBy(() -> strategy.prepare(request))
                .isInstanceOf(TargetNotAllowedException.class)
                .hasMessageContaining("/other/Admins")
                .hasMessageContaining("/sym/*")
                .hasMessageContaining("allowedGroups");
        assertThat(account.aws.calls()).isEmpty();
    }

    @Test
    void prepare_whenOnlyTheNameIsGiven_takesTheOnePathThatCanMatchAndSharesTheKey() {
        Grant byName = strategy.prepare(account.requestFor(IamGroupTarget.of(Account.GROUP)));
        Grant byPath = strategy.prepare(account.request());

        assertThat(byName.key()).isEqualTo(byPath.key());
        assertThat(byName.target().settings()).containsEntry("iam_group_path", "/sym/");
    }

    @Test
    void prepare_whenOnlyTheNameIsGivenAndTwoPathsCanMatch_asksForThePath() {
        try (IamGroupStrategy two = account.strategy()
                .allowedGroups(IamGroupPattern.of("/ops/", "OnCall"))
                .build()) {
            AccessRequest<IamGroupTarget> request = account.requestFor(IamGroupTarget.of(Account.GROUP));

            assertThatThrownBy(() -> two.prepare(request))
                    .isInstanceOf(TargetNotAllowedException.class)
                    .hasMessageContaining("Name the path");
            assertThat(account.aws.calls()).isEmpty();
        }
    }

    @Test
    void prepare_whenUserIsUnknown_isIdentityNotFound() {
        AccessRequest<IamGroupTarget> request = account.requestOf("grace@example.com");

        assertThat(refusal(() -> strategy.prepare(request)).reason()).isEqualTo(Reason.IDENTITY_NOT_FOUND);
    }

    @Test
    void prepare_whenNoIamUserCanHaveTheName_isIdentityNotFoundBeforeAnyCallToIam() {
        AccessRequest<IamGroupTarget> request = account.requestOf("Ada Lovelace");

        StrategyException refused = refusal(() -> strategy.prepare(request));

        assertThat(refused.reason()).isEqualTo(Reason.IDENTITY_NOT_FOUND);
        assertThat(refused).hasMessageContaining("IdentityResolver");
        assertThat(account.iamCalls()).isEmpty();
    }

    @Test
    void prepare_whenAnIdentityResolverIsSet_looksUpTheNameItAnswers() {
        String id = account.aws.iam().createUser("alovelace");
        try (IamGroupStrategy resolving = account.strategy()
                .identityResolver(requester -> Optional.of("alovelace"))
                .build()) {
            Grant grant = resolving.prepare(account.requestOf("Ada Lovelace"));

            assertThat(grant.principalId()).isEqualTo(id);
            assertThat(resolving.escalate(account.requestOf("Ada Lovelace")).confirmed())
                    .isTrue();
            assertThat(account.aws.iam().members(Account.GROUP)).containsExactly("alovelace");
        }
    }

    @Test
    void prepare_whenTheIdentityResolverKnowsNobody_isIdentityNotFound() {
        try (IamGroupStrategy resolving = account.strategy()
                .identityResolver(requester -> Optional.empty())
                .build()) {
            StrategyException refused = refusal(() -> resolving.prepare(account.request()));

            assertThat(refused.reason()).isEqualTo(Reason.IDENTITY_NOT_FOUND);
            assertThat(refused).hasMessageContaining("the IdentityResolver knows no IAM user");
        }
    }

    @Test
    void prepare_whenTheRequestComesTooLate_isRequestExpiredBeforeAnyCall() {
        AccessRequest<IamGroupTarget> request = account.request();
        account.aws.clock().advance(Duration.ofMinutes(15).plusNanos(1_000_000));

        assertThat(refusal(() -> strategy.prepare(request)).reason()).isEqualTo(Reason.REQUEST_EXPIRED);
        assertThat(account.aws.calls()).isEmpty();
    }

    @Test
    void prepare_whenALateRequestMayHaveRun_preparesItSoThatItCanBeEnded() {
        AccessRequest<IamGroupTarget> request =
                account.requestBuilder().mayHaveRun(true).build();
        account.aws.clock().advance(Duration.ofHours(1));

        assertThat(strategy.prepare(request).state()).isEqualTo(GrantState.PREPARED);
    }

    @Test
    void prepare_whenUserIsAMemberAlready_isPriorPresent() {
        account.aws.iam().addUserToGroup(Account.USER, Account.GROUP);

        assertThat(strategy.prepare(account.request()).prior()).isEqualTo(Prior.PRESENT);
    }

    @Test
    void prepare_whenTheRequestMayHaveRun_neverSaysPresent() {
        account.aws.iam().addUserToGroup(Account.USER, Account.GROUP);

        Grant grant = strategy.prepare(account.requestBuilder().mayHaveRun(true).build());

        assertThat(grant.prior()).isEqualTo(Prior.UNKNOWN);
    }

    @Test
    @AwsFact(44)
    void prepare_whenAReadIsStaleAfterAnEnd_doesNotBelieveIt() {
        Grant first = strategy.escalate(account.request());
        strategy.deescalate(first);
        account.aws.propagationDelay(Duration.ofSeconds(20));

        assertThat(strategy.prepare(account.request()).prior()).isNotEqualTo(Prior.PRESENT);
    }

    @Test
    void prepare_whenAnOpenGrantIsNamed_inheritsWhatItKnows() {
        Grant open = strategy.escalate(account.request());

        Grant second =
                strategy.prepare(account.requestBuilder().addOpenGrants(open).build());

        assertThat(second.prior()).isEqualTo(Prior.ABSENT);
    }

    @Test
    void prepare_whenTheGroupHasManyPages_readsThemAll() {
        for (int i = 0; i < 7; i++) {
            account.aws.iam().createUser("u" + i);
            account.aws.iam().addUserToGroup("u" + i, Account.GROUP);
        }
        account.aws.pageSize(2);
        account.aws.emptyPages(true);

        assertThat(strategy.prepare(account.request()).prior()).isEqualTo(Prior.ABSENT);
        assertThat(account.aws.calls("GetGroup"))
                .as("one empty page and four full ones")
                .hasSize(5);

        account.aws.iam().addUserToGroup(Account.USER, Account.GROUP);
        assertThat(strategy.prepare(account.request()).prior()).isEqualTo(Prior.PRESENT);
    }

    @Test
    @AwsFact(41)
    void prepare_whenTheGroupIsAtAnotherPath_isTargetNotFound() {
        account.aws.iam().createGroup("/elsewhere/", "Strays");
        AccessRequest<IamGroupTarget> request = account.requestFor(IamGroupTarget.of("/sym/", "Strays"));
        account.allow("\"iam:*\"");
        try (IamGroupStrategy unbounded =
                account.strategy().sessionScope(SessionScope.NONE).build()) {
            StrategyException refused = refusal(() -> unbounded.prepare(request));

            assertThat(refused.reason()).isEqualTo(Reason.TARGET_NOT_FOUND);
            assertThat(refused).hasMessageContaining("/elsewhere/Strays");
        }
    }

    @Test
    void prepare_whenTheGroupIsMissing_isTargetNotFound() {
        account.aws.iam().deleteGroup(Account.GROUP);

        assertThat(refusal(() -> strategy.prepare(account.request())).reason()).isEqualTo(Reason.TARGET_NOT_FOUND);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"THROTTLE", "SERVER_ERROR_BEFORE", "CONNECTION_RESET_AFTER", "SLOW_AFTER", "GARBAGE_BODY"})
    void prepare_whenAReadFailsForGood_saysSoAndChangesNothing(Fault fault) {
        account.failAlways("GetUser", fault);

        StrategyException refused = refusal(() -> strategy.prepare(account.request()));

        assertThat(refused.reason()).isEqualTo(fault == Fault.THROTTLE ? Reason.THROTTLED : Reason.UNAVAILABLE);
        assertThat(refused.isRetryable()).isTrue();
        assertThat(refused.awsOperation()).contains("iam:GetUser");
    }

    @Test
    void resume_whenPrepared_addsTheUserAndConfirms() {
        Grant prepared = Grant.fromJson(strategy.prepare(account.request()).toJson());

        Grant granted = strategy.resume(prepared);

        assertThat(granted.state()).isEqualTo(GrantState.GRANTED);
        assertThat(granted.grantedAt()).contains(account.aws.clock().instant());
        assertThat(granted.confirmed()).isTrue();
        assertThat(account.isMember()).isTrue();
    }

    @Test
    void resume_whenGrantedAlready_answersTheGrantWithoutACall() {
        Grant granted = strategy.escalate(account.request());
        account.aws.clearCalls();

        assertThat(strategy.resume(granted)).isSameAs(granted);
        assertThat(account.aws.calls()).isEmpty();
    }

    @Test
    void resume_whenTheEndWasBegun_isRejectedBeforeAnyCall() {
        Grant ending = strategy.prepare(account.request()).ending();
        account.aws.clearCalls();

        assertThatThrownBy(() -> strategy.resume(ending))
                .isInstanceOf(GrantRejectedException.class)
                .hasMessageContaining("deescalate");
        assertThat(account.aws.calls()).isEmpty();
    }

    @Test
    void resume_whenTheGrantIsOfAnotherScope_isRejectedBeforeAnyCall() {
        Grant prepared = strategy.prepare(account.request());
        account.aws.clearCalls();
        try (IamGroupStrategy other = IamGroupStrategy.builder()
                .iamClient(account.aws.configure(IamClient.builder()).build())
                .accountId("999988887777")
                .allowedGroups(IamGroupPattern.of("/sym/", "*"))
                .build()) {
            assertThatThrownBy(() -> other.resume(prepared)).isInstanceOf(GrantRejectedException.class);
        }
        assertThat(account.aws.calls()).isEmpty();
    }

    @Test
    void resume_whenTheAllowListHasShrunk_isRefusedBeforeAnyCall() {
        Grant prepared = strategy.prepare(account.request());
        account.aws.clearCalls();
        try (IamGroupStrategy shrunk = account.strategyFor(IamGroupPattern.of("/sym/", "Other"))
                .revocableGroups(IamGroupPattern.of("/sym/", "OnCall"))
                .build()) {
            assertThatThrownBy(() -> shrunk.resume(prepared)).isInstanceOf(TargetNotAllowedException.class);
        }
        assertThat(account.aws.calls()).isEmpty();
    }

    @Test
    @AwsFact(72)
    void resume_whenTheNameBelongsToAnotherUserNow_isIdentityChangedAndTouchesNothing() {
        Grant prepared = strategy.prepare(account.request());
        account.aws.iam().renameUser(Account.USER, "ada.old");
        account.aws.iam().createUser(Account.USER);

        StrategyException refused = refusal(() -> strategy.resume(prepared));

        assertThat(refused.reason()).isEqualTo(Reason.IDENTITY_CHANGED);
        assertThat(account.aws.iam().members(Account.GROUP)).isEmpty();
        assertThat(account.iamCalls()).doesNotContain("AddUserToGroup");
    }

    @Test
    @AwsFact(72)
    void resume_whenTheNameIsGivenToAnotherUserBetweenCheckAndAdd_doesNotSayGranted() {
        Grant prepared = strategy.prepare(account.request());
        try (IamGroupStrategy disturbed = account.strategy()
                .listener(Listeners.onCall("iam:GetUser", this::giveTheNameToAnotherOnce))
                .build()) {
            OutcomeUnknownException unknown = unknown(() -> disturbed.resume(prepared));

            assertThat(unknown.pending().principalId()).isEqualTo(account.userId);
        }
        assertThat(account.isMember()).isFalse();
    }

    private void giveTheNameToAnotherOnce() {
        if (!nameWasGivenAway) {
            nameWasGivenAway = true;
            account.aws.iam().renameUser(Account.USER, "ada.old");
            account.aws.iam().createUser(Account.USER);
        }
    }

    @Test
    @AwsFact(39)
    void resume_whenTheUserIsAMemberAlready_sendsTheAddAllTheSame() {
        account.aws.iam().addUserToGroup(Account.USER, Account.GROUP);

        Grant granted = strategy.escalate(account.request());

        assertThat(granted.prior()).isEqualTo(Prior.PRESENT);
        assertThat(account.iamCalls()).contains("AddUserToGroup");
    }

    @Test
    @AwsFact(44)
    void resume_whenReadsLagBehind_waitsUntilTheyShowIt() {
        Grant prepared = strategy.prepare(account.request());
        account.aws.propagationDelay(Duration.ofSeconds(8));

        Grant granted = strategy.resume(prepared);

        assertThat(granted.confirmed()).isTrue();
        assertThat(account.aws.clock().instant())
                .isAfterOrEqualTo(prepared.requestedAt().plusSeconds(8));
    }

    @Test
    void resume_whenNoReadShowsItInTime_isUnknownAndCanBeResumed() {
        Grant prepared = strategy.prepare(account.request());
        account.aws.propagationDelay(Duration.ofMinutes(2));

        OutcomeUnknownException unknown = unknown(() -> strategy.resume(prepared));

        assertThat(unknown.during()).isEqualTo(Verb.ESCALATE);
        assertThat(unknown.pending().state()).isEqualTo(GrantState.PENDING);
        account.aws.propagationDelay(Duration.ZERO);
        assertThat(strategy.resume(unknown.pending()).confirmed()).isTrue();
    }

    @Test
    void resume_whenMaxWaitIsShorterThanTheSettleTime_givesUpThen() {
        Grant prepared = strategy.prepare(
                account.requestBuilder().maxWait(Duration.ofSeconds(3)).build());
        account.aws.propagationDelay(Duration.ofMinutes(2));

        unknown(() -> strategy.resume(prepared));

        assertThat(account.aws.clock().instant())
                .isEqualTo(prepared.requestedAt().plusSeconds(3));
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "ACCESS_DENIED")
    void resume_whenTheAddFailsOnce_isSentAgain(Fault fault) {
        Grant prepared = strategy.prepare(account.request());
        account.aws.fault("AddUserToGroup", 1, fault);

        assertThat(strategy.resume(prepared).confirmed()).isTrue();

        assertThat(account.aws.calls("AddUserToGroup")).hasSize(2);
        assertThat(account.isMember()).isTrue();
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
    void resume_whenEveryAnswerIsLost_isUnknownWhateverTookEffect(Fault fault) {
        Grant prepared = strategy.prepare(account.request());
        account.failAlways("AddUserToGroup", fault);

        OutcomeUnknownException unknown = unknown(() -> strategy.resume(prepared));

        assertThat(unknown.pending()).isEqualTo(prepared.pending());
        assertThat(unknown.isRetryable()).isTrue();
        assertThat(unknown.awsOperation()).contains("iam:AddUserToGroup");
        assertThat(strategy.resume(unknown.pending()).state()).isEqualTo(GrantState.GRANTED);
        assertThat(account.isMember()).isTrue();
    }

    @Test
    void resume_whenALostAnswerIsFollowedByADenial_isUnknown() {
        Grant prepared = strategy.prepare(account.request());
        account.aws.fault("AddUserToGroup", 1, Fault.CONNECTION_RESET_AFTER);
        account.aws.fault("AddUserToGroup", 2, Fault.ACCESS_DENIED);

        unknown(() -> strategy.resume(prepared));
        assertThat(account.isMember()).isTrue();
    }

    @Test
    @AwsFact(45)
    void resume_whenThrottledForGood_isThrottledAndNothingWasMade() {
        Grant prepared = strategy.prepare(account.request());
        account.failAlways("AddUserToGroup", Fault.THROTTLE);

        StrategyException refused = refusal(() -> strategy.resume(prepared));

        assertThat(refused.reason()).isEqualTo(Reason.THROTTLED);
        assertThat(refused.awsErrorCode()).contains("Throttling");
        assertThat(account.isMember()).isFalse();
    }

    @Test
    void resume_whenDenied_namesActionRoleAndGroup() {
        Grant prepared = strategy.prepare(account.request());
        account.aws.fault("AddUserToGroup", 1, Fault.ACCESS_DENIED);

        StrategyException refused = refusal(() -> strategy.resume(prepared));

        assertThat(refused.reason()).isEqualTo(Reason.DENIED);
        assertThat(refused.isRetryable()).isFalse();
        assertThat(refused)
                .hasMessageContaining("iam:AddUserToGroup")
                .hasMessageContaining("role/sym/SymIAMMain")
                .hasMessageContaining("/sym/OnCall")
                .hasMessageContaining("group_config");
    }

    @Test
    @AwsFact(43)
    void resume_whenTheUserIsInTenGroups_isQuotaExceededAndNotRetried() {
        Grant prepared = strategy.prepare(account.request());
        for (int i = 0; i < 10; i++) {
            account.aws.iam().createGroup("/", "g" + i);
            account.aws.iam().addUserToGroup(Account.USER, "g" + i);
        }

        StrategyException refused = refusal(() -> strategy.resume(prepared));

        assertThat(refused.reason()).isEqualTo(Reason.QUOTA_EXCEEDED);
        assertThat(refused).hasMessageContaining("10 groups");
        assertThat(account.aws.calls("AddUserToGroup")).hasSize(1);
    }

    @Test
    @AwsFact(39)
    void resume_whenTheGroupIsGone_isTargetNotFound() {
        Grant prepared = strategy.prepare(account.request());
        account.aws.iam().deleteGroup(Account.GROUP);

        assertThat(refusal(() -> strategy.resume(prepared)).reason()).isEqualTo(Reason.TARGET_NOT_FOUND);
    }

    @Test
    void resume_whenTheUserIsGone_isIdentityNotFound() {
        Grant prepared = strategy.prepare(account.request());
        account.aws.iam().deleteUser(Account.USER);

        assertThat(refusal(() -> strategy.resume(prepared)).reason()).isEqualTo(Reason.IDENTITY_NOT_FOUND);
    }

    @Test
    void resume_whenAPendingGrantCannotBeCarriedOn_staysUnknown() {
        Grant pending = strategy.prepare(account.request()).pending();
        account.aws.iam().deleteUser(Account.USER);

        OutcomeUnknownException unknown = unknown(() -> strategy.resume(pending));

        assertThat(unknown.pending()).isEqualTo(pending);
        assertThat(unknown).hasCauseInstanceOf(StrategyException.class);
    }

    @Test
    void resume_whenAPendingGrantMeetsAThrottle_staysUnknown() {
        Grant pending = strategy.prepare(account.request()).pending();
        account.failAlways("GetUser", Fault.THROTTLE);

        assertThat(unknown(() -> strategy.resume(pending)).pending()).isEqualTo(pending);
    }

    @Test
    void resume_whenNotAfterHasPassedAndNothingIsThere_isRequestExpired() {
        Grant prepared = strategy.prepare(account.request());
        account.aws.clock().advance(Duration.ofMinutes(16));

        StrategyException refused = refusal(() -> strategy.resume(prepared.pending()));

        assertThat(refused.reason()).isEqualTo(Reason.REQUEST_EXPIRED);
        assertThat(account.iamCalls()).doesNotContain("AddUserToGroup");
        assertThat(account.aws.clock().instant())
                .as("two reads, the settle time apart")
                .isEqualTo(prepared.requestedAt().plus(Duration.ofMinutes(16)).plusSeconds(30));
    }

    @Test
    void resume_whenNotAfterHasPassedAndTheAccessIsThere_isGranted() {
        Grant prepared = strategy.prepare(account.request());
        account.aws.iam().addUserToGroup(Account.USER, Account.GROUP);
        account.aws.clock().advance(Duration.ofMinutes(16));

        Grant granted = strategy.resume(prepared.pending());

        assertThat(granted.confirmed()).isTrue();
        assertThat(granted.endsAt()).as("no later for having been found late").isEqualTo(prepared.endsAt());
        assertThat(account.iamCalls()).doesNotContain("AddUserToGroup");
    }

    @Test
    void resume_whenNotAfterHasPassedAndNothingCanBeRead_isUnknown() {
        Grant prepared = strategy.prepare(account.request());
        account.aws.clock().advance(Duration.ofMinutes(16));
        account.denyReads();

        unknown(() -> strategy.resume(prepared));
        try (IamGroupStrategy blind = account.strategy().membershipReads(false).build()) {
            unknown(() -> blind.resume(prepared));
        }
        assertThat(account.iamCalls()).doesNotContain("AddUserToGroup");
    }

    @Test
    void resume_whenNotAfterPassesDuringRetries_sendsNoMore() {
        Grant prepared = strategy.prepare(account.requestBuilder()
                .notAfter(account.aws.clock().instant().plusSeconds(20))
                .build());
        account.failAlways("AddUserToGroup", Fault.SLOW_BEFORE);

        unknown(() -> strategy.resume(prepared));

        assertThat(account.aws.calls("AddUserToGroup")).hasSize(1);
    }

    @Test
    void resume_whenTheMachineIsSuspendedBetweenAttempts_sendsNoMore() {
        Grant prepared = strategy.prepare(account.request());
        account.aws.fault("AddUserToGroup", 1, Fault.THROTTLE);

        assertThat(refusal(() -> resumeOnAMachineThatIsThenSuspended(prepared)).reason())
                .isEqualTo(Reason.REQUEST_EXPIRED);
        assertThat(account.aws.calls("AddUserToGroup")).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CONNECTION_RESET_BEFORE", "CONNECTION_RESET_AFTER"})
    void resume_whenAnAnswerIsLostBeforeTheMachineIsSuspended_isUnknown(Fault fault) {
        Grant prepared = strategy.prepare(account.request());
        account.aws.fault("AddUserToGroup", 1, fault);

        unknown(() -> resumeOnAMachineThatIsThenSuspended(prepared));
        assertThat(account.aws.calls("AddUserToGroup")).hasSize(1);
    }

    /** When it wakes up, the wall clock is right, and the monotonic one has not moved. */
    private void resumeOnAMachineThatIsThenSuspended(Grant prepared) {
        Runnable suspend = () -> account.aws.clock().set(prepared.notAfter().plusSeconds(1));
        try (IamGroupStrategy suspended = account.strategy()
                .listener(Listeners.onCall("iam:AddUserToGroup", suspend))
                .build()) {
            suspended.resume(prepared);
        }
    }

    @Test
    void resume_whenAnotherGroupHasTheNameNow_isUnknownAndTheEndTakesTheUserOut() {
        account.allow("[\"iam:GetGroup\", \"iam:AddUserToGroup\", \"iam:RemoveUserFromGroup\"]");
        try (IamGroupStrategy unbounded =
                account.strategy().sessionScope(SessionScope.NONE).build()) {
            Grant prepared = unbounded.prepare(account.request());
            account.aws.iam().renameGroup(Account.GROUP, "Old");
            account.aws.iam().createGroup("/elsewhere/", Account.GROUP);

            OutcomeUnknownException unknown = unknown(() -> unbounded.resume(prepared));

            assertThat(unknown).hasMessageContaining("/elsewhere/OnCall");
            assertThat(account.isMember()).as("AWS's call takes the name alone").isTrue();
            unknown(() -> unbounded.deescalate(unknown.pending()));
        }
        assertThat(account.isMember()).isFalse();
    }

    @Test
    void resume_whenInterruptedBeforeAnythingWasSent_isNotStarted() {
        Grant prepared = strategy.prepare(account.request());
        Thread.currentThread().interrupt();

        StrategyException refused = refusal(() -> strategy.resume(prepared));

        assertThat(Thread.interrupted()).as("flag restored").isTrue();
        assertThat(refused.reason()).isEqualTo(Reason.NOT_STARTED);
        assertThat(refused.isRetryable()).isTrue();
        assertThat(account.isMember()).isFalse();
    }

    @Test
    void prepare_whenInterruptedBeforeTheFirstSession_isNotStarted() {
        Thread.currentThread().interrupt();

        StrategyException refused = refusal(() -> strategy.prepare(account.request()));

        assertThat(Thread.interrupted()).as("flag restored").isTrue();
        assertThat(refused.reason()).isEqualTo(Reason.NOT_STARTED);
    }

    @Test
    void resume_whenInterruptedWhileItConfirms_isUnknown() {
        try (IamGroupStrategy interrupted = account.strategy()
                .listener(Listeners.onWait(() -> Thread.currentThread().interrupt()))
                .build()) {
            Grant prepared = interrupted.prepare(account.request());
            account.aws.propagationDelay(Duration.ofSeconds(5));

            OutcomeUnknownException unknown = unknown(() -> interrupted.resume(prepared));

            assertThat(Thread.interrupted()).as("flag restored").isTrue();
            assertThat(unknown.pending().state()).isEqualTo(GrantState.PENDING);
        }
    }

    @Test
    @AwsFact({6, 7})
    void resume_whenTheSessionHasExpiredAtAws_assumesTheRoleAgainAndRepeatsOnce() {
        Grant prepared = strategy.prepare(account.request());
        account.aws.clearCalls();
        account.aws.fault("AddUserToGroup", 1, Fault.EXPIRED_TOKEN);

        assertThat(strategy.resume(prepared).confirmed()).isTrue();
        assertThat(account.aws.calls("AssumeRole")).isNotEmpty();
    }

    @Test
    @AwsFact(8)
    void resume_whenTheRoleMayNotBeAssumedAnyMore_saysThatItIsTheRole() {
        Grant prepared = strategy.prepare(account.request());
        account.aws.clock().advance(Duration.ofMinutes(61));
        for (int i = 1; i <= 10; i++) {
            account.aws.fault("AssumeRole", i, Fault.ACCESS_DENIED);
        }

        assertThatThrownBy(() -> strategy.resume(prepared)).isInstanceOf(RoleAssumptionException.class);
        assertThat(unknown(() -> strategy.resume(prepared.pending())))
                .hasCauseInstanceOf(RoleAssumptionException.class);
    }

    @Test
    void resume_whenTheWallClockStepsBack_stillEndsItsWaitInTime() {
        Grant prepared = strategy.prepare(account.request());
        account.aws.propagationDelay(Duration.ofHours(1));
        long before = account.aws.clock().nanos();
        try (IamGroupStrategy stepping = account.strategy()
                .listener(Listeners.onWait(
                        () -> account.aws.clock().set(prepared.requestedAt().minusSeconds(3600))))
                .build()) {
            unknown(() -> stepping.resume(prepared));
        }
        assertThat(Duration.ofNanos(account.aws.clock().nanos() - before)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void escalate_whenTheRequesterIsNamedPerSession_showsTheNameInTheTrail() {
        try (IamGroupStrategy perRequester =
                account.strategy().sessionPerRequester(true).build()) {
            perRequester.escalate(account.request());
        }

        assertThat(account.aws.calls("AddUserToGroup"))
                .allSatisfy(call -> assertThat(call.caller()).endsWith("SymIAMMain/" + Account.USER));
    }
}
