package dev.connector.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StrategyRouterTest {

    private final InMemoryStrategy<DoorTarget> doors = new InMemoryStrategy<>(DoorTarget.TYPE, Samples.scope());
    private final InMemoryStrategy<DoorTarget> doorsElsewhere =
            new InMemoryStrategy<>(DoorTarget.TYPE, Samples.otherScope());
    private final InMemoryStrategy<WindowTarget> windows = new InMemoryStrategy<>(WindowTarget.TYPE, Samples.scope());
    private final StrategyRouter router = StrategyRouter.of(doors, doorsElsewhere, windows);

    private final List<Grant> mixed = List.of(
            Samples.grantOf(DoorTarget.of("a"), Samples.scope()),
            Samples.grantOf(new WindowTarget("b"), Samples.scope()),
            Samples.grantOf(DoorTarget.of("c"), Samples.otherScope()),
            Samples.grantOf(DoorTarget.of("d"), Samples.scope()),
            Samples.grantOf(new WindowTarget("e"), Samples.otherScope()),
            Samples.grantOf(new WindowTarget("f"), Samples.scope()));

    @Test
    void escalate_whenOneStrategyServesTheType_goesThere() {
        Grant grant = router.escalate(Samples.requestOf(new WindowTarget("w1")).build());

        assertThat(windows.open).containsExactly(grant.key());
        assertThat(router.deescalate(grant).result()).isEqualTo(Revocation.Result.REVOKED);
        assertThat(windows.calls).containsExactly("prepare", "resume", "deescalate SCHEDULED");
        assertThat(doors.calls).isEmpty();
    }

    @Test
    void prepare_whenRequestNamesTheScope_goesThereAndKeepsEveryField() {
        AccessRequest<TargetSnapshot> request =
                Samples.fullRequest().toBuilder().scope(Samples.otherScope()).build();

        router.prepare(request);

        assertThat(doors.calls).isEmpty();
        assertThat(doorsElsewhere.requests).hasSize(1);
        AccessRequest<? extends DoorTarget> received = doorsElsewhere.requests.get(0);
        assertThat(received.target()).isEqualTo(new DoorTarget("front", Optional.of("Front door")));
        assertThat(received).isEqualTo(request.withTarget(received.target()));
    }

    @Test
    void prepare_whenSeveralServeTheType_asksForTheScope() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        router.prepare(Samples.requestOf(DoorTarget.of("front")).build()))
                .withMessageContaining("Several strategies serve the type door; set the request's scope")
                .withMessageContaining("accountId=111122223333")
                .withMessageContaining("accountId=444455556666");
    }

    @Test
    void prepare_whenNobodyServesTheType_saysWhoThereIs() {
        TargetSnapshot gate = TargetSnapshot.builder("gate", "g").build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> router.prepare(Samples.requestOf(gate).build()))
                .withMessageContaining("No strategy serves the type gate")
                .withMessageContaining("window in GrantScope{");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> router.prepare(Samples.requestOf(new WindowTarget("w1"))
                        .scope(Samples.otherScope())
                        .build()))
                .withMessageContaining("No strategy serves the type window in the request's scope");
    }

    @Test
    void prepare_whenSnapshotCannotBeReadBack_isRefusedBeforeTheStrategyIsAsked() {
        TargetSnapshot broken = TargetSnapshot.builder("window", "w").build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> router.prepare(Samples.requestOf(broken).build()))
                .withMessageContaining("lacks the setting window");
        assertThat(windows.calls).isEmpty();
    }

    @Test
    void resumeAndDeescalate_whenGrantIsReadFromAStore_goToTheStrategyThatGaveIt() {
        Grant stored = Grant.fromJson(
                Samples.grantOf(DoorTarget.of("c"), Samples.otherScope()).toJson());

        assertThat(router.resume(stored).state()).isEqualTo(GrantState.GRANTED);
        router.deescalate(stored, Ending.revokedBy(Samples.fullActor(), "fire"));

        assertThat(doorsElsewhere.calls).containsExactly("resume", "deescalate REVOKE");
        assertThat(doors.calls).isEmpty();
    }

    @Test
    void resumeAndDeescalate_whenGrantIsNobodys_areRejected() {
        Grant nobodys = Samples.grantOf(new WindowTarget("e"), Samples.otherScope());

        assertThatThrownBy(() -> router.resume(nobodys))
                .isInstanceOf(GrantRejectedException.class)
                .hasMessageContaining(nobodys.requestId().toString())
                .hasMessageContaining("no strategy serves the type window in the scope")
                .hasMessageContaining("Add the strategy that gave it");
        assertThatThrownBy(() -> router.deescalate(nobodys)).isInstanceOf(GrantRejectedException.class);
    }

    @Test
    void of_whenThereIsNoneOrADuplicate_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StrategyRouter.of())
                .withMessage("A StrategyRouter needs at least one strategy.");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        StrategyRouter.of(List.of(doors, new InMemoryStrategy<>(DoorTarget.TYPE, Samples.scope()))))
                .withMessageContaining("Two strategies have the type door and the scope");
    }

    @Test
    void scope_whenAllShareOne_isThat() {
        assertThat(StrategyRouter.of(doors, windows).scope()).isEqualTo(Samples.scope());
        assertThat(router.targetType()).isEqualTo(TargetType.any());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(router::scope)
                .withMessageContaining("have 2 scopes");
    }

    @Test
    void resumeAll_whenGrantsAreMixed_handsEachStrategyItsPartAtOnceAndKeepsTheOrder() {
        List<Outcome<Grant>> told = new ArrayList<>();

        List<Outcome<Grant>> outcomes = router.resumeAll(mixed, told::add);

        assertThat(outcomes).extracting(Outcome::grant).isEqualTo(mixed);
        assertThat(told).containsExactlyInAnyOrderElementsOf(outcomes);
        assertThat(doors.batches)
                .containsExactly(List.of(mixed.get(0).requestId(), mixed.get(3).requestId()));
        assertThat(windows.batches)
                .containsExactly(List.of(mixed.get(1).requestId(), mixed.get(5).requestId()));
        assertThat(doorsElsewhere.batches).containsExactly(List.of(mixed.get(2).requestId()));
        assertThat(outcomes.get(4).failure()).get().isInstanceOf(GrantRejectedException.class);
        assertThat(outcomes).filteredOn(outcome -> outcome.value().isPresent()).hasSize(5);
    }

    @Test
    void deescalateAll_whenConsumerThrows_endsAllAndThrowsThen() {
        router.resumeAll(mixed, outcome -> {});
        List<RuntimeException> thrown = new ArrayList<>();

        assertThatThrownBy(() -> router.deescalateAll(mixed, Ending.scheduled(), outcome -> {
                    thrown.add(new IllegalStateException("disk full"));
                    throw thrown.get(thrown.size() - 1);
                }))
                .isSameAs(thrown.get(0))
                .satisfies(first -> assertThat(first.getSuppressed()).hasSize(5));
        assertThat(doors.open).isEmpty();
        assertThat(doorsElsewhere.open).isEmpty();
        assertThat(windows.open).isEmpty();
    }

    /** Whatever one strategy does, the access that the others gave must end. */
    @Test
    void deescalateAll_whenOneStrategyThrowsInsteadOfAnswering_endsTheOthersGrants() {
        router.resumeAll(mixed, outcome -> {});
        IllegalStateException failure = new IllegalStateException("doors are broken");
        doors.failureOfBatches = Optional.of(failure);
        List<Outcome<Revocation>> told = new ArrayList<>();

        List<Outcome<Revocation>> outcomes = router.deescalateAll(mixed, Ending.scheduled(), told::add);

        assertThat(windows.open).isEmpty();
        assertThat(doorsElsewhere.open).isEmpty();
        assertThat(outcomes).extracting(Outcome::grant).isEqualTo(mixed);
        assertThat(outcomes.get(0).failure()).containsSame(failure);
        assertThat(outcomes.get(3).failure()).containsSame(failure);
        assertThat(told).containsExactlyInAnyOrderElementsOf(outcomes);
    }

    @Test
    void resumeAll_whenOneStrategyForgetsAnOutcome_tellsWhatItToldAndFailsTheRest() {
        windows.forgetsLastOfBatch = true;
        List<Outcome<Grant>> told = new ArrayList<>();

        List<Outcome<Grant>> outcomes = router.resumeAll(mixed, told::add);

        assertThat(outcomes).extracting(Outcome::grant).isEqualTo(mixed);
        assertThat(outcomes.get(1).value()).isPresent();
        assertThat(outcomes.get(5).value()).as("it was told, if not answered").isPresent();
        assertThat(told).containsExactlyInAnyOrderElementsOf(outcomes);
    }

    @Test
    void prepare_whenTypeIsForged_isRefusedInOneLine() {
        StrategyRouter forged = StrategyRouter.of(new InMemoryStrategy<>(
                DoorTarget.TYPE,
                GrantScope.builder("aws", "111122223333")
                        .instanceArn(Samples.FORGERY)
                        .build()));

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        forged.prepare(Samples.requestOf(new WindowTarget("w")).build()))
                .satisfies(thrown -> OneLine.check(String.valueOf(thrown.getMessage())));
    }

    @Test
    void close_whenCalled_closesNothing() {
        router.close();

        assertThat(doors.calls).isEmpty();
        assertThat(windows.calls).isEmpty();
    }

    @Test
    void of_whenCallersListChanges_keepsItsStrategies() {
        List<AccessStrategy<?>> strategies = new ArrayList<>(List.of(doors, windows));
        StrategyRouter own = StrategyRouter.of(strategies);
        strategies.clear();

        own.resume(mixed.get(0));

        assertThat(doors.open).containsExactly(mixed.get(0).key());
    }
}
