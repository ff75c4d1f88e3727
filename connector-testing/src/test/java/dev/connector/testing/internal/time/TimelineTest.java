package dev.connector.testing.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final long HOUR = Timeline.MEMORY.toNanos();

    private final Timeline<String> timeline = new Timeline<>("initial");

    @Test
    void at_aMomentBetweenChanges_isWhatWasThen() {
        timeline.put(10, "a");
        timeline.put(20, "b");
        timeline.put(20, "c");

        assertThat(timeline.latest()).isEqualTo("c");
        assertThat(timeline.at(9)).isEqualTo("initial");
        assertThat(timeline.at(10)).isEqualTo("a");
        assertThat(timeline.at(19)).isEqualTo("a");
        assertThat(timeline.at(20)).isEqualTo("c");
        assertThat(timeline.at(Long.MAX_VALUE)).isEqualTo("c");
    }

    @Test
    void put_afterLongerThanAnybodyLooksBack_forgetsWhatNobodyCanSee() {
        timeline.put(10, "a");
        timeline.put(20, "b");
        timeline.put(20 + HOUR, "c");

        assertThat(timeline.at(20)).isEqualTo("b");
        assertThat(timeline.at(10)).isEqualTo("b");
        timeline.put(20 + 2 * HOUR, "d");
        assertThat(timeline.at(20 + HOUR)).isEqualTo("c");
    }
}
