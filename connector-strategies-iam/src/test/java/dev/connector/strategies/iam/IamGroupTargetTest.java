package dev.connector.strategies.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.connector.core.strategy.Srn;
import dev.connector.core.strategy.TargetSnapshot;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IamGroupTargetTest {

    @Test
    void snapshot_whenReadBack_isTheSameTarget() {
        IamGroupTarget target = IamGroupTarget.builder("OnCall")
                .path("/sym/")
                .name("on-call")
                .label("On call")
                .srn(Srn.parse("sym:access_target:on-call:latest"))
                .build();

        assertThat(IamGroupTarget.TYPE.read(TargetSnapshot.of(target))).isEqualTo(target);
        assertThat(TargetSnapshot.of(target).settings())
                .containsExactly(Map.entry("iam_group", "OnCall"), Map.entry("iam_group_path", "/sym/"));
    }

    @Test
    void snapshot_whenThereIsNoPath_leavesItOut() {
        IamGroupTarget target = IamGroupTarget.of("OnCall");

        assertThat(target.settings()).containsOnlyKeys("iam_group");
        assertThat(IamGroupTarget.TYPE.read(TargetSnapshot.of(target))).isEqualTo(target);
        assertThat(target).hasToString("OnCall");
    }

    @Test
    void read_whenTheGroupIsMissing_isRefused() {
        TargetSnapshot empty = TargetSnapshot.builder("aws_iam_group", "x").build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> IamGroupTarget.TYPE.read(empty))
                .withMessageContaining("iam_group");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "On*", "a b", "a/b", "\u00e9", "a\nb"})
    void of_whenNoGroupCanHaveTheName_isRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> IamGroupTarget.of("/sym/", name));
    }

    @Test
    void of_whenTheNameIsTooLong_isRefused() {
        assertThat(IamGroupTarget.of("x".repeat(128)).groupName()).hasSize(128);
        assertThatIllegalArgumentException().isThrownBy(() -> IamGroupTarget.of("x".repeat(129)));
    }

    @Test
    void of_whenThePathIsTooLong_isRefused() {
        assertThat(IamGroupTarget.of("/" + "x".repeat(510) + "/", "a").path()).isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> IamGroupTarget.of("/" + "x".repeat(511) + "/", "a"));
    }
}
