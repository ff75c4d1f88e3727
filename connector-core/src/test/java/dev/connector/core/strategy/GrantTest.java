package dev.connector.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrantTest {

    @Test
    void prepared_whenRequestSaysEverything_keepsWhatTheEndNeeds() {
        AccessRequest<TargetSnapshot> request = Samples.fullRequest();
        Grant grant = Grant.prepared(request, Samples.scope(), "AIDAADA", Prior.PRESENT);

        assertThat(grant.state()).isEqualTo(GrantState.PREPARED);
        assertThat(grant.requestId()).isEqualTo(request.id());
        assertThat(grant.requester()).isEqualTo(request.requester());
        assertThat(grant.target()).isEqualTo(request.target());
        assertThat(grant.reason()).isEqualTo(request.reason());
        assertThat(grant.duration()).isEqualTo(request.duration());
        assertThat(grant.requestedAt()).isEqualTo(request.requestedAt());
        assertThat(grant.notAfter()).isEqualTo(request.notAfter());
        assertThat(grant.maxWait()).isEqualTo(request.maxWait());
        assertThat(grant.actor()).isEqualTo(request.actor());
        assertThat(grant.run()).isEqualTo(request.run());
        assertThat(grant.scope()).isEqualTo(Samples.scope());
        assertThat(grant.principalId()).isEqualTo("AIDAADA");
        assertThat(grant.prior()).isEqualTo(Prior.PRESENT);
        assertThat(grant.confirmed()).isFalse();
        assertThat(grant.grantedAt()).isEmpty();
        assertThat(grant.principalName()).isEmpty();
        assertThat(grant.targetId()).isEmpty();
        assertThat(grant.membershipId()).isEmpty();
        assertThat(grant.awsRequestId()).isEmpty();
    }

    @Test
    void endsAt_whenNotYetGiven_isTheLatestThatCanBe() {
        Grant prepared = Samples.preparedGrant();

        assertThat(prepared.endsAt()).isEqualTo(prepared.notAfter().plus(Duration.ofHours(1)));
        assertThat(prepared.pending().endsAt()).isEqualTo(prepared.endsAt());
        assertThat(prepared.ending().endsAt()).isEqualTo(prepared.endsAt());
        assertThat(Samples.grantedGrant().endsAt()).isEqualTo(Samples.GRANTED_AT.plus(Duration.ofHours(1)));
        assertThat(Samples.grantedGrant().ending().endsAt())
                .isEqualTo(Samples.grantedGrant().endsAt());
    }

    @Test
    void endsAt_whenTimesAreTheLastOnes_doesNotOverflow() {
        Instant last = Instant.parse("9000-01-01T00:00:00Z");
        Grant grant = Samples.preparedGrant().toBuilder()
                .requestedAt(last)
                .notAfter(last)
                .duration(Duration.ofDays(3_650))
                .build();

        assertThat(grant.endsAt()).isAfter(last);
    }

    @ParameterizedTest
    @EnumSource(
            value = GrantState.class,
            names = {"PREPARED", "PENDING"})
    void build_whenNotGivenButHasGrantedAt_isRefused(GrantState state) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Samples.grantedGrant().toBuilder().state(state).build())
                .withMessageContaining("this one is " + state);
    }

    @Test
    void build_whenGivenWithoutGrantedAt_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Samples.preparedGrant().toBuilder()
                        .state(GrantState.GRANTED)
                        .build())
                .withMessageContaining("A grant has grantedAt if it was given");
    }

    @ParameterizedTest
    @EnumSource(
            value = GrantState.class,
            names = {"PREPARED", "PENDING", "ENDING"})
    void build_whenConfirmedWithoutGrantedAt_isRefused(GrantState state) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Samples.preparedGrant().toBuilder()
                        .state(state)
                        .confirmed(true)
                        .build())
                .withMessage("A grant without grantedAt cannot be confirmed.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "AIDA\nADA"})
    void build_whenPrincipalIsImproper_isRefused(String principal) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Samples.preparedGrant().toBuilder()
                        .principalId(principal)
                        .build())
                .withMessageStartingWith("The principal id of the grant must");
    }

    @Test
    void build_whenTimesOrTextsAreOutOfBounds_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Samples.grantedGrant().granted(Instant.MAX))
                .withMessageStartingWith("grantedAt must be between");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Samples.preparedGrant().toBuilder()
                        .duration(Duration.ZERO)
                        .build())
                .withMessageStartingWith("duration must be more than zero");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Samples.preparedGrant().toBuilder()
                        .reason("x".repeat(8_193))
                        .build())
                .withMessageStartingWith("The reason of the grant must have at most 8192");
    }

    @Test
    void build_whenANameOrIdOfTheTargetSystemIsTooLong_isRefused() {
        String tooLong = "x".repeat(1_025);
        Stream.<UnaryOperator<Grant.Builder>>of(
                        grant -> {
                            grant.principalName(tooLong);
                            return grant;
                        },
                        grant -> {
                            grant.targetId(tooLong);
                            return grant;
                        },
                        grant -> {
                            grant.membershipId(tooLong);
                            return grant;
                        },
                        grant -> {
                            grant.awsRequestId(tooLong);
                            return grant;
                        })
                .forEach(part -> assertThatIllegalArgumentException()
                        .isThrownBy(() ->
                                part.apply(Samples.preparedGrant().toBuilder()).build())
                        .withMessageContaining("of the grant must have at most 1024 characters"));
    }

    @Test
    void granted_whenGivenAgain_isNotConfirmedAnyMore() {
        Grant confirmed = Samples.fullGrant();
        Grant again = confirmed.granted(Samples.ENDED_AT);

        assertThat(confirmed.confirmed()).isTrue();
        assertThat(again.confirmed()).isFalse();
        assertThat(again.grantedAt()).contains(Samples.ENDED_AT);
        assertThat(again.targetId()).isEqualTo(confirmed.targetId());
        assertThat(again.membershipId()).isEqualTo(confirmed.membershipId());
    }

    @Test
    void pending_whenGivenAlready_isRefused() {
        assertThat(Samples.preparedGrant().pending().pending().state()).isEqualTo(GrantState.PENDING);
        assertThatIllegalArgumentException().isThrownBy(Samples.grantedGrant()::pending);
    }

    /** A grant whose end was begun must not be taken for one that may be resumed. */
    @Test
    void pendingAndGranted_whenEndWasBegun_areRefused() {
        Grant ending = Samples.preparedGrant().ending();

        assertThatThrownBy(ending::pending)
                .isInstanceOf(GrantRejectedException.class)
                .hasMessageContaining(Samples.REQUEST_ID + ": its end was begun");
        assertThatThrownBy(() -> ending.granted(Samples.GRANTED_AT)).isInstanceOf(GrantRejectedException.class);
        assertThatThrownBy(ending::requireNotEnding).isInstanceOf(GrantRejectedException.class);
        assertThat(ending.ending()).isEqualTo(ending);
    }

    @Test
    void ending_whenGiven_keepsEverything() {
        Grant ending = Samples.fullGrant().ending();

        assertThat(ending.state()).isEqualTo(GrantState.ENDING);
        assertThat(ending.toBuilder().state(GrantState.GRANTED).build()).isEqualTo(Samples.fullGrant());
    }

    @Test
    void requireScope_whenScopeIsAnother_isRejectedAndNamesBoth() {
        Grant grant = Samples.preparedGrant();

        assertThat(grant.requireScope(Samples.scope())).isSameAs(grant);
        assertThatThrownBy(() -> grant.requireScope(Samples.fullScope()))
                .isInstanceOf(GrantRejectedException.class)
                .hasMessageContaining(Samples.REQUEST_ID.toString())
                .hasMessageContaining(Samples.scope().toString())
                .hasMessageContaining(Samples.fullScope().toString());
    }

    @Test
    void requireTarget_whenTypeOrSettingsAreWrong_isRejected() {
        Grant grant = Samples.preparedGrant();

        assertThat(grant.requireTarget(DoorTarget.TYPE)).isEqualTo(DoorTarget.of("front"));
        assertThatThrownBy(() -> grant.requireTarget(WindowTarget.TYPE))
                .isInstanceOf(GrantRejectedException.class)
                .hasMessageContaining("is not of the type window")
                .hasMessageContaining("Hand it to the strategy that gave it")
                .hasCauseInstanceOf(IllegalArgumentException.class);
        Grant withoutDoor = grant.toBuilder()
                .target(TargetSnapshot.builder("door", "d").build())
                .build();
        assertThatThrownBy(() -> withoutDoor.requireTarget(DoorTarget.TYPE))
                .isInstanceOf(GrantRejectedException.class)
                .hasMessageContaining("lacks the setting door")
                .hasMessageContaining("The stored grant is damaged");
    }

    @Test
    void equals_whenAnyPartDiffers_isFalse() {
        assertThat(Samples.fullGrant())
                .isEqualTo(Samples.fullGrant())
                .hasSameHashCodeAs(Samples.fullGrant())
                .isEqualTo(Samples.fullGrant().toBuilder().build())
                .isNotEqualTo(Samples.fullGrant().toBuilder().confirmed(false).build());
    }

    @Test
    void toString_whenTextsAreForged_isOneLineWithoutTheReason() {
        Grant grant = Samples.fullGrant().toBuilder()
                .reason(Samples.FORGERY)
                .principalName(Samples.FORGERY)
                .target(TargetSnapshot.builder("door", "d")
                        .label(Samples.FORGERY)
                        .settings(Map.of("door", Samples.FORGERY))
                        .build())
                .build();

        OneLine.checkForged(grant.toString());
        assertThat(grant.toString())
                .contains("requestId=" + Samples.REQUEST_ID, "state=GRANTED", "prior=UNKNOWN", "principal=AIDAADA")
                .doesNotContain("reason");
    }
}
