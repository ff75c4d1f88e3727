package dev.connector.strategies.sso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.core.ConnectorException;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.AccessStrategy;
import dev.connector.core.strategy.AccessTarget;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.OutcomeUnknownException;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.StrategyException;
import dev.connector.core.strategy.StrategyException.Reason;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of it if the role may not do something, and what the sessions of the strategies may not do at all. */
class NarrowRoleTest {

    private final Center center = new Center();

    @AfterEach
    void close() {
        center.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sso:CreateAccountAssignment",
                "sso:DeleteAccountAssignment",
                "sso:DescribeAccountAssignmentCreationStatus",
                "sso:DescribeAccountAssignmentDeletionStatus",
                "sso:ListAccountAssignmentCreationStatus",
                "sso:ListAccountAssignmentDeletionStatus",
                "sso:ListAccountAssignmentCreationStatus sso:DescribeAccountAssignmentCreationStatus",
                "sso:ListAccountAssignmentDeletionStatus sso:DescribeAccountAssignmentDeletionStatus",
                "sso:ListAccountAssignments",
                "sso:DescribePermissionSet",
                "identitystore:GetUserId",
                "identitystore:DescribeUser",
                "identitystore:IsMemberInGroups",
                "identitystore:GetUserId identitystore:ListUsers"
            })
    void permissionSets_whenAnActionIsDenied_sayNothingThatIsNotSo(String actions) {
        center.center.provisioningTime(Duration.ofSeconds(2));
        try (PermissionSetStrategy strategy = center.permissionSets().build()) {
            saysNothingThatIsNotSo(actions, strategy, center.request(), center::isAssigned);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "identitystore:CreateGroupMembership",
                "identitystore:DeleteGroupMembership",
                "identitystore:GetGroupMembershipId",
                "identitystore:DescribeGroupMembership",
                "identitystore:GetUserId",
                "identitystore:DescribeUser",
                "identitystore:GetUserId identitystore:ListUsers"
            })
    void groups_whenAnActionIsDenied_sayNothingThatIsNotSo(String actions) {
        try (IdentityStoreGroupStrategy strategy = center.groups().build()) {
            saysNothingThatIsNotSo(actions, strategy, center.groupRequest(), center::isMember);
        }
    }

    private <T extends AccessTarget> void saysNothingThatIsNotSo(
            String actions, AccessStrategy<T> strategy, AccessRequest<T> request, BooleanSupplier isThere) {
        center.deny(
                Stream.of(actions.split(" ")).map(action -> '"' + action + '"').collect(Collectors.joining(", ")));
        Object given = answerOf(() -> strategy.escalate(request));
        if (given instanceof Grant grant) {
            assertThat(grant.state()).isEqualTo(GrantState.GRANTED);
            assertThat(isThere.getAsBoolean()).isTrue();
            ends(actions, strategy, grant, isThere);
        } else if (given instanceof OutcomeUnknownException unknown) {
            assertNames(unknown, actions);
            ends(actions, strategy, unknown.pending(), isThere);
        } else {
            assertNames((ConnectorException) given, actions);
            assertThat(isThere.getAsBoolean()).isFalse();
        }
    }

    private void ends(String actions, AccessStrategy<?> strategy, Grant grant, BooleanSupplier isThere) {
        center.pass(Duration.ofMinutes(5));
        Object ended = answerOf(() -> strategy.deescalate(grant));
        if (ended instanceof Revocation revocation) {
            assertThat(revocation.result().isGone()).isTrue();
            assertThat(isThere.getAsBoolean()).isFalse();
        } else {
            assertNames((ConnectorException) ended, actions);
            assertThat(ended instanceof OutcomeUnknownException || isThere.getAsBoolean())
                    .isTrue();
        }
    }

    /** A denial names the action, and the role or what AWS said of it. */
    private static void assertNames(ConnectorException failed, String actions) {
        assertThat(List.of(actions.split(" ")))
                .anySatisfy(action -> assertThat(failed).hasMessageContaining(action));
        assertThat(failed).hasMessageContaining("SymSSOMain");
        if (failed instanceof StrategyException certain) {
            assertThat(certain.reason()).isEqualTo(Reason.DENIED);
        }
    }

    private static Object answerOf(Supplier<?> verb) {
        try {
            return verb.get();
        } catch (ConnectorException failed) {
            return failed;
        }
    }

    @Test
    void reasons_ofAws_areShownOnOneLineAndInPart() {
        String reason = "first\nsecond\u001b[31m\u202e" + "x".repeat(100_000);
        ChangeResult result = new ChangeResult(ChangeResult.End.FAILED, "request", reason, null);

        String words = Waiting.words(result);

        assertThat(words).startsWith("first second").doesNotContainPattern("[\\p{Cntrl}\\p{Cf}]");
        assertThat(words.length()).isLessThan(2_000);
    }
}
