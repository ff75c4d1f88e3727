package dev.connector.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The default methods, over a strategy that knows no better. */
class AccessStrategyTest {

    private final InMemoryStrategy<DoorTarget> strategy = new InMemoryStrategy<>(DoorTarget.TYPE, Samples.scope());
    private final List<Grant> grants = List.of(door("a"), door("b"), door("c"));

    private static Grant door(String name) {
        return Samples.grantOf(DoorTarget.of(name), Samples.scope());
    }

    @Test
    void escalate_whenCalled_preparesAndResumes() {
        Grant grant =
                strategy.escalate(Samples.requestOf(DoorTarget.of("front")).build());

        assertThat(grant.state()).isEqualTo(GrantState.GRANTED);
        assertThat(grant.requestId()).isEqualTo(Samples.REQUEST_ID);
        assertThat(strategy.calls).containsExactly("prepare", "resume");
        assertThat(strategy.open).containsExactly(grant.key());
    }

    @Test
    void deescalate_whenEndingIsNotGiven_isScheduled() {
        Grant grant =
                strategy.escalate(Samples.requestOf(DoorTarget.of("front")).build());

        assertThat(strategy.deescalate(grant).result()).isEqualTo(Revocation.Result.REVOKED);
        assertThat(strategy.calls).endsWith("deescalate SCHEDULED");
        assertThat(strategy.open).isEmpty();
    }

    @Test
    void resumeAll_whenOneFails_resumesTheOthersAndKeepsTheOrder() {
        IllegalStateException failure = new IllegalStateException("b is jammed");
        strategy.failures.put(grants.get(1).requestId(), failure);
        List<Outcome<Grant>> told = new ArrayList<>();

        List<Outcome<Grant>> outcomes = strategy.resumeAll(grants, told::add);

        assertThat(outcomes).isEqualTo(told).extracting(Outcome::grant).isEqualTo(grants);
        assertThat(outcomes.get(0).value()).isPresent();
        assertThat(outcomes.get(1).failure()).containsSame(failure);
        assertThat(outcomes.get(2).value()).isPresent();
        assertThat(strategy.open).hasSize(2);
    }

    @Test
    void deescalateAll_whenOneFails_endsTheOthersAndKeepsTheOrder() {
        grants.forEach(strategy::resume);
        strategy.failures.put(grants.get(0).requestId(), new IllegalStateException("a is jammed"));

        List<Outcome<Revocation>> outcomes =
                strategy.deescalateAll(grants, Ending.revokedBy(Samples.fullActor(), "fire"), outcome -> {});

        assertThat(outcomes).extracting(Outcome::grant).isEqualTo(grants);
        assertThat(outcomes).extracting(outcome -> outcome.value().isPresent()).containsExactly(false, true, true);
        assertThat(strategy.open).containsExactly(grants.get(0).key());
        assertThat(strategy.calls).endsWith("deescalate REVOKE");
    }

    @Test
    void deescalateAll_whenConsumerThrows_endsAllAndThrowsThen() {
        grants.forEach(strategy::resume);
        List<IllegalStateException> thrown = new ArrayList<>();

        assertThatThrownBy(() -> strategy.deescalateAll(grants, Ending.scheduled(), outcome -> {
                    thrown.add(new IllegalStateException("disk full " + thrown.size()));
                    throw thrown.get(thrown.size() - 1);
                }))
                .isSameAs(thrown.get(0))
                .satisfies(first -> assertThat(first.getSuppressed()).containsExactly(thrown.get(1), thrown.get(2)));
        assertThat(strategy.open).isEmpty();
    }

    /** Not every language makes a consumer say what it throws. */
    @ParameterizedTest
    @ValueSource(classes = {AssertionError.class, IOException.class})
    void deescalateAll_whenConsumerThrowsWhatIsNoRuntimeException_endsAllAndThrowsThen(Class<? extends Throwable> type)
            throws ReflectiveOperationException {
        grants.forEach(strategy::resume);
        Throwable thrown = type.getConstructor().newInstance();

        assertThatThrownBy(() -> strategy.deescalateAll(grants, Ending.scheduled(), outcome -> throwAny(thrown)))
                .isSameAs(thrown);
        assertThat(strategy.open).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwAny(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /** An exception cannot be suppressed by itself. */
    @Test
    void resumeAll_whenConsumerThrowsTheSameEachTime_throwsIt() {
        IllegalStateException same = new IllegalStateException("disk full");

        assertThatThrownBy(() -> strategy.resumeAll(grants, outcome -> {
                    throw same;
                }))
                .isSameAs(same)
                .hasNoSuppressedExceptions();
        assertThat(strategy.open).hasSize(3);
    }

    /** A consumer that keeps a store takes out of it what is done. */
    @Test
    void resumeAll_whenConsumerChangesTheCollection_resumesAllThatWereInIt() {
        List<Grant> store = new ArrayList<>(grants);

        List<Outcome<Grant>> outcomes = strategy.resumeAll(store, outcome -> store.remove(outcome.grant()));

        assertThat(outcomes).hasSize(3);
        assertThat(store).isEmpty();
        assertThat(strategy.open).hasSize(3);
    }

    @Test
    void resumeAll_whenThereAreNone_answersNone() {
        assertThat(strategy.resumeAll(List.of(), outcome -> {})).isEmpty();
    }

    @Test
    void close_whenNotOverridden_doesNothing() {
        AccessStrategy<DoorTarget> plain = new AccessStrategy<>() {
            @Override
            public TargetType<DoorTarget> targetType() {
                return DoorTarget.TYPE;
            }

            @Override
            public GrantScope scope() {
                return Samples.scope();
            }

            @Override
            public Grant prepare(AccessRequest<? extends DoorTarget> request) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Grant resume(Grant grant) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Revocation deescalate(Grant grant, Ending ending) {
                throw new UnsupportedOperationException();
            }
        };

        assertThatCode(plain::close).doesNotThrowAnyException();
        assertThatCode(plain::close).doesNotThrowAnyException();
    }
}
