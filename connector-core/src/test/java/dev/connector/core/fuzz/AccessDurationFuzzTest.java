package dev.connector.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.connector.core.strategy.AccessDuration;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** An accepted duration lasts as long as arithmetic without limits says, and within its limits. */
class AccessDurationFuzzTest {

    private static final Map<String, Integer> SECONDS =
            Map.of("s", 1, "m", 60, "h", 3_600, "d", 86_400, "mo", 30 * 86_400);

    @FuzzTest
    void parse_ofAnyText_acceptsOnlyWhatItSays(byte[] input) {
        String text = Hostile.text(input);
        Hostile.read(Set.of(IllegalArgumentException.class), () -> AccessDuration.parse(text))
                .ifPresent(duration -> {
                    assertThat(duration.toSeconds()).isEqualTo(secondsOf(text));
                    assertThat(duration.toDuration()).isBetween(Duration.ofSeconds(1), Duration.ofDays(3_650));
                    assertThat(duration)
                            .isEqualTo(AccessDuration.parse(duration.toString()))
                            .isEqualTo(AccessDuration.of(duration.toDuration()));
                });
    }

    private static long secondsOf(String text) {
        String unit = text.replaceFirst("^[0-9]+", "");
        BigInteger count = new BigInteger(text.substring(0, text.length() - unit.length()));
        return count.multiply(BigInteger.valueOf(SECONDS.get(unit))).longValueExact();
    }
}
