package dev.connector.strategies.sso;

import static dev.connector.strategies.sso.Caught.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.connector.core.strategy.Actor;
import dev.connector.core.strategy.Ending;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantRejectedException;
import dev.connector.core.strategy.GrantScope;
import dev.connector.core.strategy.GrantState;
import dev.connector.core.strategy.Outcome;
import dev.connector.core.strategy.OutcomeUnknownException;
import dev.connector.core.strategy.Prior;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.Revocation.Result;
import dev.connector.core.strategy.StrategyException;
import dev.connector.core.strategy.StrategyException.Reason;
import dev.connector.testing.AwsFact;
import dev.connector.testing.Fault;
import dev.connector.testing.RecordedCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.identitystore.IdentitystoreClient;
import software.amazon.awssdk.services.ssoadmin.SsoAdminClient;
import software.amazon.awssdk.services.ssoadmin.model.AccountAssignmentOperationStatus;
import software.amazon.awssdk.services.ssoadmin.model.DeleteAccountAssignmentRequest;
import software.amazon.awssdk.services.ssoadmin.model.DeleteAccountAssignmentResponse;
import software.amazon.awssdk.services.ssoadmin.model.StatusValues;

/** What a caller sees of many grants at once, on one thread, over simulated AWS. */
class PermissionSetBatchTest {

    private static final int MANY = 60;
    private static final Duration PROVISIONING = Duration.ofSeconds(5);

    private final Center center = new Center();
    private final PermissionSetStrategy strategy = center.permissionSets().build();
    private final Instant start = center.aws.clock().instant();

    @AfterEach
    void close() {
        strategy.close();
        center.close();
    }

    @Test
    void resumeAllAndDeescalateAll_goOnWithAsManyAsAwsAllowsAtOneTime() {
        List<Grant> prepared = prepared(MANY);
        center.center.provisioningTime(PROVISIONING);

        List<Outcome<Grant>> granted = strategy.resumeAll(prepared, outcome -> {});

        assertThat(granted).extracting(Outcome::grant).isEqualTo(prepared);
        assertThat(granted)
                .allSatisfy(outcome -> assertThat(outcome.orElseThrow().state()).isEqualTo(GrantState.GRANTED));
        assertThat(center.center.assignedUsers(center.permissionSet, Center.ACCOUNT))
                .hasSize(MANY);
        assertThat(sinceTheStart()).isLessThan(PROVISIONING.multipliedBy(MANY / 6));

        List<Outcome<Revocation>> revoked = strategy.deescalateAll(
                granted.stream().map(Outcome::orElseThrow).toList(), Ending.scheduled(), outcome -> {});

        assertThat(revoked)
                .allSatisfy(
                        outcome -> assertThat(outcome.orElseThrow().result()).isEqualTo(Result.REVOKED));
        assertThat(center.center.assignedUsers(center.permissionSet, Center.ACCOUNT))
                .isEmpty();
        assertNothingThrottled();
        assertThat(sinceTheStart()).isLessThan(PROVISIONING.multipliedBy(2 * MANY / 6));
    }

    @Test
    void deescalateAll_whenManyAreAbsent_provesItOfAllAtOneTime() {
        List<Grant> granted = granted(MANY);
        granted.forEach(grant -> center.center.unassignUser(center.permissionSet, Center.ACCOUNT, grant.principalId()));
        Instant begun = center.aws.clock().instant();

        assertThat(strategy.deescalateAll(granted, Ending.scheduled(), outcome -> {}))
                .allSatisfy(
                        outcome -> assertThat(outcome.orElseThrow().result()).isEqualTo(Result.ALREADY_ABSENT));
        assertThat(Duration.between(begun, center.aws.clock().instant())).isLessThan(Duration.ofMinutes(2));
    }

    @Test
    void deescalateAll_whenSomeFail_endsTheOthersAndSaysWhichFailed() {
        List<Grant> grants = new ArrayList<>(granted(4));
        Grant foreign = grants.get(0).toBuilder()
                .scope(GrantScope.builder("aws", "111122223333")
                        .instanceArn("arn:aws:sso:::instance/ssoins-0000000000000000")
                        .build())
                .build();
        grants.set(1, foreign);
        center.aws.fault("DeleteAccountAssignment", 2, Fault.ACCESS_DENIED);
        List<Outcome<Revocation>> told = new ArrayList<>();

        List<Outcome<Revocation>> outcomes =
                strategy.deescalateAll(grants, Ending.revokedBy(Actor.of("grace"), "fire"), told::add);

        assertThat(outcomes).extracting(Outcome::grant).isEqualTo(grants);
        assertThat(told).containsExactlyInAnyOrderElementsOf(outcomes);
        assertThat(outcomes.get(1).failure()).containsInstanceOf(GrantRejectedException.class);
        assertThat(outcomes).filteredOn(outcome -> outcome.value().isPresent()).hasSize(2);
        assertThat(outcomes.get(2).failure()).containsInstanceOf(StrategyException.class);
    }

    @Test
    void resumeAll_whenTheConsumerThrows_resumesAllAndThrowsThen() {
        List<Grant> prepared = prepared(3);

        assertThatThrownBy(() -> strategy.resumeAll(prepared, outcome -> {
                    throw new IllegalStateException("full");
                }))
                .hasMessage("full");
        assertThat(center.center.assignedUsers(center.permissionSet, Center.ACCOUNT))
                .hasSize(3);
    }

    @Test
    void resumeAll_whenInterrupted_saysOfEachWhatIsKnownAndGoesOnLater() {
        List<Grant> prepared = prepared(MANY);
        center.center.provisioningTime(PROVISIONING);

        List<Outcome<Grant>> outcomes = strategy.resumeAll(prepared, outcome -> {
            if (outcome.value().isPresent()) {
                Thread.currentThread().interrupt();
            }
        });

        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcomes)
                .hasSize(MANY)
                .anySatisfy(outcome -> assertThat(outcome.value()).isPresent());
        List<Grant> pending = new ArrayList<>();
        for (Outcome<Grant> outcome : outcomes) {
            outcome.failure().ifPresent(failure -> pending.add(pendingOf(outcome.grant(), failure)));
        }
        assertThat(pending)
                .as("those that AWS had accepted are pending with its id")
                .filteredOn(grant -> grant.awsRequestId().isPresent())
                .hasSizeBetween(5, 9);

        assertThat(strategy.resumeAll(pending, outcome -> {}))
                .allSatisfy(outcome -> assertThat(outcome.orElseThrow().state()).isEqualTo(GrantState.GRANTED));
        assertThat(center.aws.calls("CreateAccountAssignment")).hasSize(MANY);
    }

    private static Grant pendingOf(Grant asked, RuntimeException failure) {
        if (failure instanceof OutcomeUnknownException unknown) {
            return unknown.pending();
        }
        assertThat(failure)
                .isInstanceOfSatisfying(
                        StrategyException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.NOT_STARTED));
        return asked;
    }

    @Test
    void deescalateAll_whenInterruptedBetweenTwoLooks_provesNothing() {
        List<Grant> granted = granted(2);
        center.center.unassignUser(
                center.permissionSet, Center.ACCOUNT, granted.get(0).principalId());

        List<Outcome<Revocation>> outcomes = strategy.deescalateAll(
                granted, Ending.scheduled(), outcome -> Thread.currentThread().interrupt());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(outcomes.get(0).failure()).containsInstanceOf(OutcomeUnknownException.class);
        assertThat(outcomes.get(1).orElseThrow().result()).isEqualTo(Result.REVOKED);
    }

    @Test
    void resumeAll_whenMaxWaitPasses_isUnknownOfThoseThatAwsHasAndCertainOfTheOthers() {
        List<Grant> prepared = prepared(12).stream()
                .map(grant -> grant.toBuilder().maxWait(Duration.ofMinutes(1)).build())
                .toList();
        center.center.provisioningTime(Duration.ofMinutes(30));

        List<Outcome<Grant>> outcomes = strategy.resumeAll(prepared, outcome -> {});

        assertThat(outcomes)
                .filteredOn(outcome -> outcome.failure().orElseThrow() instanceof OutcomeUnknownException)
                .hasSize(9);
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.failure().orElseThrow() instanceof StrategyException)
                .hasSize(3)
                .allSatisfy(outcome ->
                        assertThat(refusal(outcome::orElseThrow).reason()).isEqualTo(Reason.NOT_STARTED));
    }

    @Test
    void deescalateAll_overAClientThatAnswersNothing_isUnknownAndSaysWhy() {
        SsoAdminClient admin = mock(SsoAdminClient.class);
        when(admin.deleteAccountAssignment(any(DeleteAccountAssignmentRequest.class)))
                .thenReturn(DeleteAccountAssignmentResponse.builder()
                        .accountAssignmentDeletionStatus(AccountAssignmentOperationStatus.builder()
                                .requestId(UUID.randomUUID().toString())
                                .status(StatusValues.IN_PROGRESS)
                                .build())
                        .build());
        PermissionSetStrategy mocked = PermissionSetStrategy.builder()
                .ssoAdminClient(admin)
                .identityStoreClient(mock(IdentitystoreClient.class))
                .identityStoreId("d-0123456789")
                .instanceArn("arn:aws:sso:::instance/ssoins-0000000000000000")
                .accountId("111122223333")
                .clock(Center.clockOf(center.aws))
                .allowedPermissionSets(PermissionSetPattern.of("*", "*"))
                .build();
        Grant granted = Grant.prepared(center.request(), mocked.scope(), center.userId, Prior.ABSENT)
                .granted(start);

        Outcome<Revocation> outcome = mocked.deescalateAll(List.of(granted), Ending.scheduled(), each -> {})
                .get(0);

        assertThat(outcome.failure())
                .containsInstanceOf(OutcomeUnknownException.class)
                .hasValueSatisfying(failure -> assertThat(failure.getSuppressed()[0])
                        .hasMessageContaining("ListAccountAssignmentDeletionStatus"));
    }

    @Test
    void batches_whileOthersCall_shareTheQueue() {
        List<Grant> first = prepared(MANY);
        Grant second = strategy.prepare(center.request());
        center.center.provisioningTime(PROVISIONING);
        center.aws.latency(Duration.ofMillis(40));

        center.aws.run(
                () -> strategy.resumeAll(first, outcome -> {}),
                () -> assertThat(strategy.resume(second).state()).isEqualTo(GrantState.GRANTED));

        assertThat(center.center.assignedUsers(center.permissionSet, Center.ACCOUNT))
                .hasSize(MANY + 1);
        assertNothingThrottled();
    }

    @ParameterizedTest
    @CsvSource({"10,false", "10,true", "15,false", "15,true"})
    @AwsFact(71)
    void bothDirections_whicheverWayAwsCounts_areDoneWithoutThrottling(int limit, boolean separate) {
        center.center.outstandingLimit(limit);
        center.center.separateOutstandingLimits(separate);
        List<Grant> given = granted(20);
        List<Grant> asked = IntStream.range(0, 20)
                .mapToObj(number -> prepared("another-" + number))
                .toList();
        center.center.provisioningTime(PROVISIONING);
        center.aws.latency(Duration.ofMillis(40));
        List<Outcome<?>> outcomes = new ArrayList<>();

        center.aws.run(
                () -> outcomes.addAll(strategy.deescalateAll(given, Ending.scheduled(), outcome -> {})),
                () -> outcomes.addAll(strategy.resumeAll(asked, outcome -> {})));

        assertThat(outcomes).hasSize(40).allMatch(outcome -> outcome.value().isPresent());
        assertThat(center.center.assignedUsers(center.permissionSet, Center.ACCOUNT))
                .hasSize(20);
        assertNothingThrottled();
    }

    private void assertNothingThrottled() {
        assertThat(center.aws.calls())
                .filteredOn(call -> call.service().equals("sso"))
                .extracting(RecordedCall::errorCode)
                .containsOnly(Optional.empty());
    }

    private List<Grant> granted(int count) {
        return strategy.resumeAll(prepared(count), outcome -> {}).stream()
                .map(Outcome::orElseThrow)
                .toList();
    }

    private List<Grant> prepared(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> prepared("user-" + number))
                .toList();
    }

    private Grant prepared(String user) {
        center.center.createUser(user);
        return strategy.prepare(
                center.requestFor(center.target()).requester(Requester.of(user)).build());
    }

    private Duration sinceTheStart() {
        return Duration.between(start, center.aws.clock().instant());
    }
}
