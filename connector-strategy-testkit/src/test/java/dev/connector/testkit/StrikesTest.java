package dev.connector.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StrikesTest {

    @Test
    void withoutRepetitions_areTheFirstTwoAndTheLast() {
        assertThat(Strikes.withoutRepetitions(List.of("Create", "Look", "Look", "Look", "Look", "Delete", "Look")))
                .containsExactly(1, 2, 3, 5, 6, 7);
    }

    @Test
    void withoutRepetitions_whereNothingIsRepeatedOften_areAll() {
        assertThat(Strikes.withoutRepetitions(List.of("Create", "Look", "Look", "Create", "Look", "Look", "Look")))
                .containsExactly(1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void after_areTheLaterOnesAndThoseThatARetryPushesOn() {
        assertThat(Strikes.after(2, List.of(1, 2, 5))).containsExactly(3, 5, 6);
    }

    @Test
    void after_whereEachCallIsStruck_areAllLaterOnesAndOneMore() {
        assertThat(Strikes.after(1, Strikes.atEach(3))).containsExactly(2, 3, 4);
    }
}
