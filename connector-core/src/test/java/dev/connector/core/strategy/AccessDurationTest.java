package dev.connector.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessDurationTest {

    private static final long MAX_SECONDS = 3650L * 24 * 60 * 60;

    @ParameterizedTest
    @CsvSource({
        "1s, 1",
        "30s, 30",
        "10m, 600",
        "1h, 3600",
        "1d, 86400",
        "1mo, 2592000",
        "121mo, 313632000",
        "3650d, 315360000",
        "87600h, 315360000",
        "315360000s, 315360000"
    })
    void parse_whenWellFormed_givesSeconds(String text, long seconds) {
        AccessDuration duration = AccessDuration.parse(text);

        assertThat(duration.toSeconds()).isEqualTo(seconds);
        assertThat(duration.toDuration()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "'',it is empty",
                "-1h,sign",
                "+1h,sign",
                "1 h,spaces",
                " 1h,spaces",
                "1h ,spaces",
                "1h\t,spaces",
                "1H,lower case",
                "1Mo,lower case",
                "10,it has no unit",
                "1y,its unit is none of",
                "1w,its unit is none of",
                "1ms,its unit is none of",
                "1min,its unit is none of",
                "1hour,its unit is none of",
                "0s,more than zero",
                "0mo,more than zero",
                "01h,begin with 0",
                "00s,begin with 0",
                "h,not of that form",
                "1.5h,not of that form",
                "1h30m,not of that form",
                "1e3s,not of that form",
                "1h\u0000,not of that form",
                "１h,not of that form",
                "122mo,at most 3650d",
                "3651d,at most 3650d",
                "315360001s,at most 3650d",
                "9223372036854775807s,at most 3650d",
                "9223372036854775808s,at most 3650d",
                "153722867280912931m,at most 3650d",
                "99999999999999999999999999999999h,at most 3650d"
            })
    void parse_whenNotADuration_saysWhyAndHowToWriteOne(String text, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessDuration.parse(text))
                .withMessageContaining(why)
                .withMessageContaining("30s, 10m, 1h, 1d or 1mo (30 days)");
    }

    @Test
    void parse_whenTextIsLongAndHasControlCharacters_cutsAndEscapesItInTheMessage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessDuration.parse("1\n" + "9".repeat(1_000_000)))
                .satisfies(refused -> assertThat(refused.getMessage())
                        .contains("\"1\\u000a99")
                        .hasSizeLessThan(250));
    }

    @ParameterizedTest
    @CsvSource({
        "PT1S, 1s",
        "PT59S, 59s",
        "PT60S, 1m",
        "PT90S, 90s",
        "PT1H, 1h",
        "PT90M, 90m",
        "P1D, 1d",
        "P29D, 29d",
        "P30D, 1mo",
        "P31D, 31d",
        "P360D, 12mo",
        "P3650D, 3650d"
    })
    void toString_always_isInTheLargestExactUnit(Duration duration, String text) {
        assertThat(AccessDuration.of(duration)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, more than zero",
        "PT-1S, more than zero",
        "PT0.5S, whole number of seconds",
        "PT1.000000001S, whole number of seconds",
        "PT-0.5S, more than zero",
        "P3651D, at most",
        "PT315360001S, at most",
        "PT9223372036854775807S, at most"
    })
    void of_whenOutOfRange_saysWhy(Duration duration, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessDuration.of(duration))
                .withMessageContaining(why)
                .withMessageContaining(duration.toString());
    }

    @Test
    void equals_whenEquallyLong_isTrueHoweverItIsWritten() {
        AccessDuration hour = AccessDuration.parse("1h");

        assertThat(hour)
                .isEqualTo(AccessDuration.parse("60m"))
                .isEqualTo(AccessDuration.of(Duration.ofHours(1)))
                .hasSameHashCodeAs(AccessDuration.parse("3600s"))
                .isNotEqualTo(AccessDuration.parse("61m"))
                .isNotEqualTo("1h");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s", "m", "h", "d", "mo"})
    void parse_whenOneOfAUnit_printsAsItWasWritten(String unit) {
        assertThat(AccessDuration.parse("1" + unit)).hasToString("1" + unit);
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void parse_whenGivenWhatToStringPrints_givesAnEqualDuration(long seed) {
        Random random = new Random(seed);
        long unit = new long[] {1, 60, 3600, 86_400, 2_592_000}[random.nextInt(5)];
        AccessDuration duration =
                AccessDuration.of(Duration.ofSeconds(unit * (1 + random.nextLong(MAX_SECONDS / unit))));

        assertThat(AccessDuration.parse(duration.toString())).isEqualTo(duration);
        assertThat(AccessDuration.of(duration.toDuration())).isEqualTo(duration);
    }

    /** Whatever the text is, it is either a duration within the limits or refused with the one kind of exception. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void parse_whenAnyText_staysWithinTheLimitsOrRefuses(long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(22); i >= 0; i--) {
            text.append((char) ('0' + random.nextInt(10)));
        }
        text.append(new String[] {"s", "m", "h", "d", "mo", "", "x"}[random.nextInt(7)]);

        try {
            assertThat(AccessDuration.parse(text.toString()).toSeconds()).isBetween(1L, MAX_SECONDS);
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).startsWith("Not a duration of access: ");
        }
    }
}
