package dev.connector.strategies.sso;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AssignmentKeyTest {

    @Test
    void key_inAnyCaseOfTheUser_isTheSame() {
        assertThat(new AssignmentKey("ABC-1", "set", "account"))
                .isEqualTo(new AssignmentKey("abc-1", "set", "account"));
    }

    @Test
    void key_inAnotherCaseOfTheSet_isAnother() {
        assertThat(new AssignmentKey("abc-1", "Set", "account"))
                .isNotEqualTo(new AssignmentKey("abc-1", "set", "account"));
    }
}
