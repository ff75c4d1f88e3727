package dev.connector.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndingTest {

    private final Grant ended = Samples.grantedGrant();

    @Test
    void scheduled_whenMade_namesNobody() {
        Ending ending = Ending.scheduled();

        assertThat(ending.type()).isEqualTo(Ending.Type.SCHEDULED);
        assertThat(ending.actor()).isEmpty();
        assertThat(ending.reason()).isEmpty();
        assertThat(ending.openGrants()).isEmpty();
        assertThat(ending).isEqualTo(Ending.scheduled());
    }

    @Test
    void revokedBy_whenOthersAreOpen_keepsWhoAndWhy() {
        Ending ending = Ending.revokedBy(Samples.fullActor(), "left early").whileOpen(List.of(Samples.openGrant()));

        assertThat(ending.type()).isEqualTo(Ending.Type.REVOKE);
        assertThat(ending.actor()).contains(Samples.fullActor());
        assertThat(ending.reason()).contains("left early");
        assertThat(ending.openGrants()).containsExactly(Samples.openGrant());
    }

    @Test
    void whileOpen_whenCalledAgain_replaces() {
        assertThat(Ending.scheduled().whileOpen(List.of(Samples.openGrant())).whileOpen(List.of()))
                .isEqualTo(Ending.scheduled());
    }

    /** However long the words: an end is never refused for them. */
    @Test
    void revokedBy_whenReasonIsVeryLong_takesIt() {
        assertThat(Ending.revokedBy(Samples.fullActor(), "x".repeat(100_000)).reason())
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "PRESENT, GRANTED, false, true",
        "PRESENT, ENDING, true, true",
        "ABSENT, GRANTED, true, false",
        "ABSENT, ENDING, true, false",
        "UNKNOWN, GRANTED, false, false",
        "UNKNOWN, GRANTED, true, true",
        "UNKNOWN, ENDING, true, false"
    })
    void kept_whenNoOtherGrantIsOpen_goesByWhatWasThereBefore(
            Prior prior, GrantState state, boolean keepWhenPriorUnknown, boolean kept) {
        Grant grant = ended.toBuilder().prior(prior).state(state).build();

        assertThat(Ending.scheduled().kept(grant, keepWhenPriorUnknown).map(Revocation::result))
                .isEqualTo(kept ? Optional.of(Revocation.Result.KEPT_PREEXISTING) : Optional.empty());
    }

    @Test
    void kept_whenAnotherGrantOfTheSameAccessIsOpen_namesIt() {
        Ending ending = Ending.scheduled().whileOpen(List.of(Samples.openGrant()));
        Grant absent = ended.toBuilder().prior(Prior.ABSENT).build();

        Revocation kept = ending.kept(absent, false).orElseThrow();

        assertThat(kept.result()).isEqualTo(Revocation.Result.KEPT_IN_USE);
        assertThat(kept.inUseBy()).contains(Samples.openGrant().requestId());
    }

    @Test
    void inUseBy_whenAnotherGrantIsOfTheSameAccess_namesIt() {
        Ending ending = Ending.scheduled().whileOpen(List.of(ended, Samples.openGrant()));

        assertThat(ending.inUseBy(ended)).contains(Samples.openGrant());
        assertThat(ending.inUseBy(Samples.openGrant())).contains(ended);
    }

    @Test
    void inUseBy_whenNoOtherIsOfTheSameAccess_isEmpty() {
        Ending ending = Ending.scheduled()
                .whileOpen(List.of(
                        ended,
                        ended.ending(),
                        Samples.openGrant().toBuilder().principalId("AIDAGRACE").build(),
                        Samples.openGrant().toBuilder()
                                .scope(Samples.otherScope())
                                .build(),
                        Samples.openGrant().toBuilder()
                                .target(TargetSnapshot.of(DoorTarget.of("back")))
                                .build()));

        assertThat(ending.inUseBy(ended)).isEmpty();
        assertThat(Ending.scheduled().inUseBy(ended)).isEmpty();
    }

    /** Of two ends at the same time, each would else leave the access to the other, for ever. */
    @Test
    void inUseBy_whenEndOfTheOtherWasBegun_isEmpty() {
        Grant other = Samples.openGrant().ending();

        assertThat(Ending.scheduled().whileOpen(List.of(other)).inUseBy(ended)).isEmpty();
        assertThat(Ending.scheduled().whileOpen(List.of(ended.ending())).inUseBy(other))
                .isEmpty();
    }

    @Test
    void inUseBy_whenTheOtherIsNotGivenYet_namesIt() {
        Grant prepared =
                Samples.preparedGrant().toBuilder().requestId(new UUID(1, 1)).build();

        assertThat(Ending.scheduled().whileOpen(List.of(prepared)).inUseBy(ended))
                .contains(prepared);
        assertThat(Ending.scheduled().whileOpen(List.of(prepared.pending())).inUseBy(ended))
                .contains(prepared.pending());
    }

    @Test
    void toString_whenReasonIsForged_isOneLineWithoutIt() {
        String text = Ending.revokedBy(Samples.fullActor(), Samples.FORGERY)
                .whileOpen(List.of(Samples.openGrant()))
                .toString();

        assertThat(text).isEqualTo("Ending{type=REVOKE, actor=grace@example.com, openGrants=1}");
        assertThat(Ending.scheduled()).hasToString("Ending{type=SCHEDULED, actor=, openGrants=0}");
    }
}
