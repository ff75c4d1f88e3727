package dev.connector.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.connector.core.strategy.Revocation.Result;
import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link Revocation} and the {@link RemainingAccess} in it. */
class RevocationTest {

    @Test
    void of_whenNothingMoreIsKnown_promisesNothing() {
        Revocation revocation = Revocation.of(Samples.grantedGrant(), Result.REVOKED);

        assertThat(revocation.grant()).isEqualTo(Samples.grantedGrant());
        assertThat(revocation.confirmed()).isFalse();
        assertThat(revocation.endedAt()).isEmpty();
        assertThat(revocation.inUseBy()).isEmpty();
        assertThat(revocation.remaining()).isEmpty();
        assertThat(revocation.remainingComplete()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Result.class)
    void isGone_whenAccessIsGone_isTrue(Result result) {
        assertThat(result.isGone()).isEqualTo(result == Result.REVOKED || result == Result.ALREADY_ABSENT);
    }

    @ParameterizedTest
    @EnumSource(
            value = Result.class,
            names = {"REVOKED", "ALREADY_ABSENT"},
            mode = EnumSource.Mode.EXCLUDE)
    void build_whenAccessWasKept_cannotBeAConfirmedEnd(Result kept) {
        Revocation.Builder builder = Revocation.builder(Samples.grantedGrant(), kept);
        if (kept == Result.KEPT_IN_USE) {
            builder.inUseBy(Samples.OTHER_REQUEST_ID);
        }
        assertThat(builder.build().result()).isEqualTo(kept);
        assertThatIllegalArgumentException()
                .isThrownBy(builder.confirmed(true)::build)
                .withMessageContaining("it is " + kept);
        assertThatIllegalArgumentException()
                .isThrownBy(builder.confirmed(false).endedAt(Samples.ENDED_AT)::build)
                .withMessageContaining("it is " + kept);
    }

    @Test
    void build_whenInUseByAndResultDisagree_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Revocation.of(Samples.grantedGrant(), Result.KEPT_IN_USE))
                .withMessageContaining("inUseBy names a grant");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Revocation.builder(Samples.grantedGrant(), Result.REVOKED)
                        .inUseBy(Samples.OTHER_REQUEST_ID)
                        .build())
                .withMessageContaining("it is REVOKED");
    }

    @Test
    void build_whenInstantIsOutOfBounds_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Revocation.builder(Samples.grantedGrant(), Result.REVOKED)
                        .endedAt(Instant.MAX)
                        .build())
                .withMessageStartingWith("endedAt must be between");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        RemainingAccess.of(RemainingAccess.Kind.SESSIONS, "s").until(Instant.MIN))
                .withMessageStartingWith("until must be between");
    }

    @Test
    void build_whenMoreRemainsThanCanBeReadBack_isRefused() {
        RemainingAccess remaining = RemainingAccess.of(RemainingAccess.Kind.GROUP, "x".repeat(1_024));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Revocation.builder(Samples.grantedGrant(), Result.REVOKED)
                        .addAllRemaining(Collections.nCopies(101, remaining))
                        .build())
                .withMessage("There must be at most 100 remaining accesses of the revocation, but there are 101.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RemainingAccess.of(RemainingAccess.Kind.GROUP, "x".repeat(1_025)))
                .withMessageStartingWith("The description of the remaining access must have at most 1024");
    }

    @Test
    void toString_whenAccessWasKeptForAnotherGrant_namesIt() {
        Revocation revocation = Revocation.builder(Samples.grantedGrant(), Result.KEPT_IN_USE)
                .inUseBy(Samples.OTHER_REQUEST_ID)
                .build();

        assertThat(revocation.toString()).contains("inUseBy=" + Samples.OTHER_REQUEST_ID);
    }

    @Test
    void equals_whenAnyPartDiffers_isFalse() {
        assertThat(Samples.fullRevocation())
                .isEqualTo(Samples.fullRevocation())
                .hasSameHashCodeAs(Samples.fullRevocation())
                .isNotEqualTo(Revocation.of(Samples.fullGrant(), Result.REVOKED));
    }

    @Test
    void toString_whenTextsAreForged_isOneLine() {
        Revocation revocation = Revocation.builder(
                        Samples.grantedGrant().toBuilder()
                                .reason(Samples.FORGERY)
                                .build(),
                        Result.REVOKED)
                .addRemaining(RemainingAccess.of(RemainingAccess.Kind.GROUP, Samples.FORGERY))
                .build();

        OneLine.checkForged(revocation.toString());
        assertThat(revocation.toString()).contains("result=REVOKED", "confirmed=false", "GROUP: x");
        OneLine.checkForged(revocation.remaining().get(0).toString());
        assertThat(Samples.fullRevocation().remaining().get(0))
                .hasToString("SESSIONS: sessions of ada until 2026-03-01T14:00:09Z");
    }
}
