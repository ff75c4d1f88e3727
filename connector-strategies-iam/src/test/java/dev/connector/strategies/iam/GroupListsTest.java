package dev.connector.strategies.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.connector.core.strategy.TargetNotAllowedException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where a group is whose path was left out. */
class GroupListsTest {

    private static final IamGroupTarget ON_CALL = IamGroupTarget.of("OnCall");

    @Test
    void requireAllowed_whenOnePatternHasTheName_takesItsPath() {
        GroupLists lists = allowing(IamGroupPattern.of("/ops/", "Off*"), IamGroupPattern.of("/sym/", "On*"));

        assertThat(lists.requireAllowed(ON_CALL)).isEqualTo(IamGroupTarget.of("/sym/", "OnCall"));
    }

    @Test
    void requireAllowed_whenThePathOfThePatternIsOpen_refuses() {
        GroupLists lists = allowing(IamGroupPattern.of("/*/", "OnCall"));

        assertThatExceptionOfType(TargetNotAllowedException.class)
                .isThrownBy(() -> lists.requireAllowed(ON_CALL))
                .withMessageContaining("leave more than one");
    }

    @Test
    void requireAllowed_whenPatternsOfTwoPathsHaveTheName_refuses() {
        GroupLists lists = allowing(IamGroupPattern.of("/ops/", "*"), IamGroupPattern.of("/sym/", "On*"));

        assertThatExceptionOfType(TargetNotAllowedException.class)
                .isThrownBy(() -> lists.requireAllowed(ON_CALL))
                .withMessageContaining("leave more than one");
    }

    private static GroupLists allowing(IamGroupPattern... allowed) {
        return new GroupLists(List.of(allowed), List.of());
    }
}
