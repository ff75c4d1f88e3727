package dev.connector.strategies.sso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.connector.core.InvalidSettingsException;
import dev.connector.core.strategy.Ending;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.Outcome;
import dev.connector.core.strategy.OutcomeUnknownException;
import dev.connector.core.strategy.Prior;
import dev.connector.core.strategy.Revocation.Result;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;

/** A client that was set to call a host that is not AWS's sends nothing: each verb says so at once, and is no more certain than it can be. */
class RefusedEndpointTest {

    private static final URI ELSEWHERE = URI.create("https://elsewhere.example");
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    private final Center center = new Center();
    private final SsoAdminClient admin = center.connector
            .configure(SsoAdminClient.builder())
            .endpointOverride(ELSEWHERE)
            .build();
    private final IdentitystoreClient store = center.connector
            .configure(IdentitystoreClient.builder())
            .endpointOverride(ELSEWHERE)
            .build();
    private final PermissionSetStrategy permissionSets =
            center.permissionSets().ssoAdminClient(admin).build();
    private final IdentityStoreGroupStrategy groups =
            center.groups().identityStoreClient(store).build();
    private final Grant assignment =
            Grant.prepared(center.request(), permissionSets.scope(), center.userId, Prior.ABSENT);
    private final Grant membership = Grant.prepared(center.groupRequest(), groups.scope(), center.userId, Prior.ABSENT);

    @AfterEach
    void close() {
        groups.close();
        permissionSets.close();
        store.close();
        admin.close();
        center.close();
    }

    private static Stream<Grant> open(Grant prepared) {
        Grant pending = prepared.pending();
        return Stream.of(
                prepared, pending, pending.toBuilder().awsRequestId("request-1").build());
    }

    @Test
    void deescalate_ofAnAssignmentThatMayNotHaveBeenGiven_saysThatNothingWasSent() {
        assertThat(open(assignment)).allSatisfy(grant -> isRefused(() -> permissionSets.deescalate(grant)));
    }

    @Test
    void deescalate_ofAnAssignmentWhoseEndIsUnknown_staysUnknown() {
        isUnknown(GrantState.ENDING, () -> permissionSets.deescalate(assignment.ending()));
    }

    @Test
    void deescalate_ofAMembershipWhoseIdIsNotKnown_saysThatNothingWasSent() {
        assertThat(List.of(membership, membership.pending(), membership.granted(membership.notAfter())))
                .allSatisfy(grant -> isRefused(() -> groups.deescalate(grant)));
    }

    @Test
    void deescalate_ofAMembershipWhoseEndIsUnknown_staysUnknown() {
        isUnknown(GrantState.ENDING, () -> groups.deescalate(membership.ending()));
    }

    private void isRefused(ThrowingCallable verb) {
        Instant begun = center.aws.clock().instant();

        assertThatThrownBy(verb)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("endpoint: 'elsewhere.example'")
                .hasMessageContaining("Whoever runs this service");
        assertThat(Duration.between(begun, center.aws.clock().instant())).isLessThan(AT_ONCE);
    }

    private void isUnknown(GrantState state, ThrowingCallable verb) {
        Instant begun = center.aws.clock().instant();

        assertIsUnknown(state, catchThrowable(verb));
        assertThat(Duration.between(begun, center.aws.clock().instant())).isLessThan(AT_ONCE);
    }

    private static void assertIsUnknown(GrantState state, Throwable thrown) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        OutcomeUnknownException.class,
                        unknown -> assertThat(unknown.pending().state()).isEqualTo(state))
                .hasMessageContaining("endpoint: 'elsewhere.example'")
                .hasMessageContaining("Whoever runs this service")
                .hasMessageNotContaining("..");
    }

    @Test
    void resume_ofAPreparedAssignment_saysThatNothingWasSent() {
        isRefused(() -> permissionSets.resume(assignment));
    }

    @Test
    void resume_ofAnAssignmentThatMayHaveBeenGiven_staysUnknown() {
        assertThat(open(assignment).skip(1))
                .allSatisfy(grant -> isUnknown(GrantState.PENDING, () -> permissionSets.resume(grant)));
    }

    @Test
    void resume_afterItsTime_isUnknown() {
        center.pass(Duration.ofHours(1));

        assertThat(open(assignment))
                .allSatisfy(grant -> isUnknown(GrantState.PENDING, () -> permissionSets.resume(grant)));
    }

    @Test
    void batches_endAtOnceToo() {
        List<Grant> pending = Stream.generate(
                        () -> Grant.prepared(center.request(), permissionSets.scope(), center.userId, Prior.ABSENT)
                                .pending())
                .limit(20)
                .toList();
        Instant begun = center.aws.clock().instant();

        assertThat(permissionSets.resumeAll(pending, outcome -> {}))
                .hasSize(20)
                .allSatisfy(outcome -> assertIsUnknown(GrantState.PENDING, failureOf(outcome)));
        assertThat(permissionSets.deescalateAll(pending, Ending.scheduled(), outcome -> {}))
                .hasSize(20)
                .allSatisfy(outcome -> assertThat(failureOf(outcome)).isInstanceOf(InvalidSettingsException.class));
        assertThat(Duration.between(begun, center.aws.clock().instant())).isLessThan(Duration.ofMinutes(1));
    }

    private static Throwable failureOf(Outcome<?> outcome) {
        return outcome.failure().orElseThrow();
    }

    @Test
    void anotherStrategyOfTheInstance_isNotKept() {
        try (PermissionSetStrategy other = center.permissionSets().build()) {
            Grant grant = other.escalate(center.request());
            Grant pending = grant.toBuilder()
                    .state(GrantState.PENDING)
                    .grantedAt(Optional.empty())
                    .build();
            center.aws.run(
                    () -> isRefused(() -> permissionSets.deescalate(assignment)),
                    () -> assertThat(other.deescalate(pending).result()).isEqualTo(Result.REVOKED));
        }
    }
}
