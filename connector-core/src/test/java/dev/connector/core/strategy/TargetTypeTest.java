package dev.connector.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@link TargetType}, and {@link TargetSnapshot}, which it reads. */
class TargetTypeTest {

    @Test
    void read_whenTargetIsOfTheClass_answersItself() {
        DoorTarget door = DoorTarget.of("front");

        assertThat(DoorTarget.TYPE.read(door)).isSameAs(door);
    }

    @Test
    void read_whenTargetIsASnapshot_readsItBack() {
        DoorTarget door = new DoorTarget("front", Optional.of("Front door"));

        assertThat(DoorTarget.TYPE.read(TargetSnapshot.of(door))).isEqualTo(door);
    }

    @Test
    void read_whenTypeIsAnother_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DoorTarget.TYPE.read(new WindowTarget("w1")))
                .withMessage("The target window{window=w1} is not of the type door.");
    }

    @Test
    void read_whenClassIsAnother_isRefused() {
        TargetType<WindowTarget> windowsCalledDoors =
                TargetType.of("door", WindowTarget.class, snapshot -> new WindowTarget("w1"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> windowsCalledDoors.read(DoorTarget.of("front")))
                .withMessageContaining("is a dev.connector.core.strategy.DoorTarget, but the type door has targets of"
                        + " dev.connector.core.strategy.WindowTarget");
    }

    @Test
    void read_whenSettingIsMissing_namesIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        DoorTarget.TYPE.read(TargetSnapshot.builder("door", "d").build()))
                .withMessage("The target door{} lacks the setting door.");
    }

    @Test
    void any_whenAskedForAnything_includesItAndLeavesItAsItIs() {
        TargetSnapshot snapshot = Samples.target();

        assertThat(TargetType.any().includes(DoorTarget.of("front"))).isTrue();
        assertThat(TargetType.any().read(snapshot)).isSameAs(snapshot);
        assertThat(TargetType.any().name()).isEqualTo("*");
        assertThat(DoorTarget.TYPE.includes(snapshot)).isTrue();
        assertThat(WindowTarget.TYPE.includes(snapshot)).isFalse();
    }

    @Test
    void equals_whenNameAndClassAreTheSame_isTrue() {
        TargetType<DoorTarget> same = TargetType.of("door", DoorTarget.class, snapshot -> DoorTarget.of("any"));

        assertThat(DoorTarget.TYPE)
                .isEqualTo(same)
                .hasSameHashCodeAs(same)
                .hasToString("door")
                .isNotEqualTo(TargetType.of("gate", DoorTarget.class, snapshot -> DoorTarget.of("any")))
                .isNotEqualTo(TargetType.of("door", WindowTarget.class, snapshot -> new WindowTarget("w")))
                .isNotEqualTo("door");
    }

    @Test
    void snapshot_whenTakenOfATarget_keepsItsFiveParts() {
        TargetSnapshot full = Samples.fullTarget();
        AccessTarget target = new AccessTarget() {
            @Override
            public String type() {
                return full.type();
            }

            @Override
            public String name() {
                return full.name();
            }

            @Override
            public Optional<String> label() {
                return full.label();
            }

            @Override
            public Optional<Srn> srn() {
                return full.srn();
            }

            @Override
            public Map<String, String> settings() {
                return full.settings();
            }
        };

        assertThat(TargetSnapshot.of(target)).isEqualTo(full);
        assertThat(TargetSnapshot.of(full)).isSameAs(full);
        assertThat(new WindowTarget("w").label()).isEmpty();
        assertThat(new WindowTarget("w").srn()).isEmpty();
    }

    @Test
    void read_whenTargetIsVeryLong_quotesNoMoreThanItsBeginning() {
        TargetSnapshot door = TargetSnapshot.builder("door", "d")
                .putSettings("k", "x".repeat(8_000))
                .build();
        TargetSnapshot window = TargetSnapshot.builder("window", "w")
                .putSettings("k", "x".repeat(8_000))
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> DoorTarget.TYPE.read(door))
                .satisfies(refused ->
                        assertThat(refused.getMessage()).contains("xxx… lacks").hasSizeLessThan(300));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DoorTarget.TYPE.read(window))
                .satisfies(refused ->
                        assertThat(refused.getMessage()).contains("xxx… is not").hasSizeLessThan(300));
    }

    @Test
    void snapshot_whenPartsAreImproper_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TargetSnapshot.builder("do\nor", "d").build())
                .withMessageStartingWith("The type of the target must not hold control");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TargetSnapshot.builder("door", "").build())
                .withMessageStartingWith("The name of the target must not be empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TargetSnapshot.builder("door", "d")
                        .label("x".repeat(1_025))
                        .build())
                .withMessageStartingWith("The label of the target must have at most 1024");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TargetSnapshot.builder("door", "d")
                        .putSettings("x".repeat(8_193), "")
                        .build())
                .withMessageStartingWith("The settings of the target must have at most 8192");
    }

    @Test
    void snapshot_whenSettingsAreForged_printsOneLine() {
        TargetSnapshot forged = TargetSnapshot.builder("door", "d")
                .label("Label")
                .putSettings("door", Samples.FORGERY)
                .build();

        OneLine.checkForged(forged.toString());
        assertThat(Samples.fullTarget()).hasToString("door{door=front, floor=0}");
    }
}
