package dev.connector.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GrantKeyTest {

    private static final GrantKey KEY = GrantKey.of(Samples.scope(), "AIDAADA", Samples.target());

    @Test
    void equals_whenOnlyWhatIsForPeopleDiffers_isTrue() {
        TargetSnapshot renamed = TargetSnapshot.builder("door", "the-old-door")
                .label("Old door")
                .srn(Srn.parse("sym:target:old:1.0.0"))
                .putSettings("door", "front")
                .build();

        assertThat(GrantKey.of(Samples.scope(), "AIDAADA", renamed))
                .isEqualTo(KEY)
                .hasSameHashCodeAs(KEY);
        assertThat(GrantKey.of(Samples.scope(), "AIDAADA", DoorTarget.of("front")))
                .isEqualTo(KEY);
    }

    @Test
    void equals_whenOrderOfSettingsDiffers_isTrue() {
        TargetSnapshot one = TargetSnapshot.builder("door", "d")
                .putSettings("a", "1")
                .putSettings("b", "2")
                .build();
        TargetSnapshot other = TargetSnapshot.builder("door", "d")
                .putSettings("b", "2")
                .putSettings("a", "1")
                .build();

        assertThat(GrantKey.of(Samples.scope(), "AIDAADA", one))
                .isEqualTo(GrantKey.of(Samples.scope(), "AIDAADA", other));
    }

    @Test
    void equals_whenWhatIdentifiesTheAccessDiffers_isFalse() {
        assertThat(KEY)
                .isNotEqualTo(GrantKey.of(Samples.otherScope(), "AIDAADA", Samples.target()))
                .isNotEqualTo(GrantKey.of(Samples.fullScope(), "AIDAADA", Samples.target()))
                .isNotEqualTo(GrantKey.of(Samples.scope(), "AIDAGRACE", Samples.target()))
                .isNotEqualTo(GrantKey.of(Samples.scope(), "AIDAADA", DoorTarget.of("back")))
                .isNotEqualTo(GrantKey.of(Samples.scope(), "AIDAADA", Samples.fullTarget()))
                .isNotEqualTo(GrantKey.of(
                        Samples.scope(),
                        "AIDAADA",
                        TargetSnapshot.builder("gate", "front-door")
                                .putSettings("door", "front")
                                .build()));
    }

    @Test
    void key_whenGrantMovesOn_staysTheSame() {
        Grant grant = Samples.preparedGrant();

        assertThat(grant.key()).isEqualTo(KEY);
        assertThat(grant.pending().key()).isEqualTo(KEY);
        assertThat(Samples.grantedGrant().ending().key()).isEqualTo(KEY);
        assertThat(Grant.fromJson(grant.toJson()).key()).isEqualTo(KEY);
    }

    @Test
    void toString_whenSettingsAreForged_isOneLine() {
        TargetSnapshot forged = TargetSnapshot.builder("door", "d")
                .putSettings("door", Samples.FORGERY)
                .build();

        assertThat(KEY).hasToString("door{door=front} of AIDAADA in 111122223333");
        OneLine.checkForged(GrantKey.of(Samples.scope(), "AIDAADA", forged).toString());
    }
}
