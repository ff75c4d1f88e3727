package dev.connector.strategies.iam;

import static dev.connector.strategies.iam.Caught.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.core.SessionScope;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.Prior;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.Revocation.Result;
import dev.connector.core.strategy.StrategyException;
import dev.connector.core.strategy.StrategyException.Reason;
import dev.connector.testing.AwsFact;
import dev.connector.testing.Decision;
import dev.connector.testing.RecordedCall;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the strategy does with a role that may do little, and what a session policy keeps it from. */
class NarrowRoleTest {

    @Test
    @AwsFact(40)
    void escalate_whenTheRoleMayReadNothing_takesAwsAtItsWord() {
        try (Account account = Account.withoutReads();
                IamGroupStrategy strategy = account.strategy().build()) {
            Grant grant = strategy.escalate(account.request());

            assertThat(grant.prior()).isEqualTo(Prior.UNKNOWN);
            assertThat(grant.confirmed()).isFalse();
            assertThat(account.isMember()).isTrue();

            Revocation revocation = strategy.deescalate(grant);

            assertThat(revocation.result()).isEqualTo(Result.REVOKED);
            assertThat(revocation.confirmed()).isFalse();
            assertThat(account.isMember()).isFalse();
        }
    }

    @Test
    @AwsFact(40)
    void escalate_whenReadsAreOff_callsNothingButWhatItCannotDoWithout() {
        try (Account account = Account.withoutReads();
                IamGroupStrategy strategy =
                        account.strategy().membershipReads(false).build()) {
            strategy.deescalate(strategy.escalate(account.request()));

            assertThat(account.iamCalls())
                    .containsExactly("GetUser", "GetUser", "AddUserToGroup", "GetUser", "RemoveUserFromGroup");
            assertThat(account.aws.calls()).extracting(RecordedCall::decision).containsOnly(Decision.ALLOWED);
        }
    }

    @Test
    void escalate_whenTheRoleMayListAUsersGroups_usesThatInstead() {
        try (Account account = Account.withReadsOfUsers();
                IamGroupStrategy strategy = account.strategy().build()) {
            account.aws.pageSize(1);
            account.aws.emptyPages(true);
            account.aws.iam().createGroup("/", "Another");
            account.aws.iam().addUserToGroup(Account.USER, "Another");

            Grant grant = strategy.escalate(account.request());

            assertThat(grant.prior()).isEqualTo(Prior.ABSENT);
            assertThat(grant.confirmed()).isTrue();
            assertThat(strategy.deescalate(grant).confirmed()).isTrue();
        }
    }

    @Test
    void prepare_whenTheListOfAUsersGroupsShowsItAtAnotherPath_isTargetNotFound() {
        try (Account account = Account.withReadsOfUsers();
                IamGroupStrategy strategy = account.strategy().build()) {
            account.aws.iam().createGroup("/elsewhere/", "Strays");
            account.aws.iam().addUserToGroup(Account.USER, "Strays");

            assertThat(refusal(() -> strategy.prepare(account.requestFor(IamGroupTarget.of("/sym/", "Strays"))))
                            .reason())
                    .isEqualTo(Reason.TARGET_NOT_FOUND);
        }
    }

    @Test
    void prepare_whenTheRoleMayNotLookUsersUp_isDeniedAndNamesTheAction() {
        try (Account account = Account.withoutReads();
                IamGroupStrategy strategy = account.strategy().build()) {
            account.aws.iam().putRolePolicy("SymIAMMain", "no-users", DENY_GET_USER);

            StrategyException refused = refusal(() -> strategy.prepare(account.request()));

            assertThat(refused.reason()).isEqualTo(Reason.DENIED);
            assertThat(refused).hasMessageContaining("iam:GetUser").hasMessageContaining("role/sym/SymIAMMain");
        }
    }

    private static final String DENY_GET_USER = """
            {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "iam:GetUser", "Resource": "*"}}""";

    @ParameterizedTest
    @EnumSource(
            value = SessionScope.class,
            names = {"AUTO", "STRATEGY", "TARGET"})
    @AwsFact(41)
    void resume_whenTheRoleIsWiderThanTheList_theSessionPolicyStillHoldsThePath(SessionScope scope) {
        try (Account account = Account.withoutReads();
                IamGroupStrategy strategy =
                        account.strategy().sessionScope(scope).build()) {
            account.allow("[\"iam:AddUserToGroup\", \"iam:RemoveUserFromGroup\"]");
            account.aws.iam().createGroup("/elsewhere/", "Strays");

            StrategyException refused =
                    refusal(() -> strategy.escalate(account.requestFor(IamGroupTarget.of("/sym/", "Strays"))));

            assertThat(refused.reason()).isEqualTo(Reason.DENIED);
            assertThat(refused).hasMessageContaining("session policy");
            assertThat(account.aws.iam().members("Strays")).isEmpty();
        }
    }

    @Test
    void resume_whenThereIsNoSessionPolicy_onlyTheRoleHoldsThePath() {
        try (Account account = Account.withoutReads();
                IamGroupStrategy strategy =
                        account.strategy().sessionScope(SessionScope.NONE).build()) {
            strategy.escalate(account.request());

            assertThat(account.aws.calls("AssumeRole"))
                    .allSatisfy(call -> assertThat(call.parameters()).doesNotContainKey("Policy"));
        }
    }

    @Test
    @AwsFact(67)
    void escalate_whenTheListIsTooLongForOneSessionPolicy_opensASessionForTheTarget() {
        IamGroupPattern[] many = new IamGroupPattern[80];
        for (int i = 0; i < many.length; i++) {
            many[i] = IamGroupPattern.of("/sym/", "A-group-with-a-rather-long-name-" + i);
        }
        try (Account account = Account.withReads();
                IamGroupStrategy strategy =
                        account.strategy().allowedGroups(many).build()) {
            assertThat(strategy.escalate(account.request()).confirmed()).isTrue();
        }
    }

    @Test
    @AwsFact({3, 67})
    void escalate_whenStsFindsThePolicyPackedTooLarge_opensASessionForTheTarget() {
        try (Account account = Account.withReads();
                IamGroupStrategy strategy = account.strategy()
                        .allowedGroups(
                                IamGroupPattern.of("/sym/", "A-group-with-a-rather-long-name-1"),
                                IamGroupPattern.of("/sym/", "A-group-with-a-rather-long-name-2"),
                                IamGroupPattern.of("/sym/", "A-group-with-a-rather-long-name-3"))
                        .build()) {
            account.aws.packedPolicyLimit(400);

            assertThat(strategy.escalate(account.request()).confirmed()).isTrue();
            long refused = account.aws.calls("AssumeRole").stream()
                    .filter(call -> call.errorCode().isPresent())
                    .count();
            strategy.escalate(account.request());

            assertThat(refused).isEqualTo(1);
            assertThat(account.aws.calls("AssumeRole").stream()
                            .filter(call -> call.errorCode().isPresent()))
                    .as("it remembers")
                    .hasSize(1);
        }
    }

    @Test
    void escalate_whenTheConnectorsSessionsLastAWhile_assumesEachRoleOnce() {
        try (Account account = Account.withReads();
                IamGroupStrategy strategy = account.strategy().build()) {
            for (int i = 0; i < 5; i++) {
                strategy.deescalate(strategy.escalate(account.request()));
                account.aws.clock().advance(Duration.ofMinutes(5));
            }
            assertThat(account.aws.calls("AssumeRole")).hasSize(2);
        }
    }

    @Test
    @AwsFact(46)
    void client_isSignedForTheOneRegionThatIamHas() {
        try (Account account = Account.withReads();
                IamGroupStrategy strategy = account.strategy().build()) {
            strategy.prepare(account.request());

            assertThat(account.iamCalls()).isEqualTo(List.of("GetUser", "GetGroup"));
        }
    }
}
