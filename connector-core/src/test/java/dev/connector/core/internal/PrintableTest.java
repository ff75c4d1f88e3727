package dev.connector.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "a b",
                "naïve Ünïcödé",
                "日本語",
                "עברית",
                "e\u0301",
                "\ud83d\ude00",
                "\u2764\ufe0f",
                "\ud83c\udde9\ud83c\uddea",
                "\\n",
                "%s{}${jndi:x}"
            })
    void escape_whenTextIsPlain_leavesItAlone(String text) {
        assertThat(Printable.escape(text)).isSameAs(text);
        assertThat(Printable.isPlain(text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "000a", "000d", "0009", "0000", "001b", "007f", "0085", "009b", "00ad", "061c", "200b", "200e", "200f",
                "2028", "2029", "202a", "202d", "202e", "2066", "2067", "2069", "feff", "d800", "dbff", "dc00", "dfff"
            })
    void escape_whenOneCharacterIsNotPlain_escapesJustThat(String hex) {
        String text = "a" + (char) Integer.parseInt(hex, 16) + "b";

        assertThat(Printable.escape(text)).isEqualTo("a\\u" + hex + "b");
        assertThat(Printable.isPlain(text)).isFalse();
    }

    @Test
    void escape_whenSurrogatesAreTheWrongWayRound_escapesBoth() {
        assertThat(Printable.escape("\ude00\ud83d")).isEqualTo("\\ude00\\ud83d");
    }

    @Test
    void escape_whenInvisibleTagCharacter_escapesBothOfItsUnits() {
        assertThat(Printable.escape("a\udb40\udc41b")).isEqualTo("a\\udb40\\udc41b");
    }

    @Test
    void escape_whenTextForgesALogLine_keepsItOnOne() {
        assertThat(Printable.escape("ada\r\nINFO granted to eve\u001b[2K \ud83d\ude00"))
                .isEqualTo("ada\\u000d\\u000aINFO granted to eve\\u001b[2K \ud83d\ude00");
    }

    @Test
    void excerpts_whenTextsAreFew_areAllOfThem() {
        assertThat(Printable.excerpts(List.of())).isEmpty();
        assertThat(Printable.excerpts(List.of("a\n", "b"))).isEqualTo("a\\u000a, b");
        assertThat(Printable.excerpts(Collections.nCopies(20, "x")))
                .hasSize(20 + 19 * 2)
                .doesNotContain("others");
    }

    @Test
    void excerpts_whenTextsAreManyAndLong_areTheBeginningsOfTheFirst() {
        assertThat(Printable.excerpts(Collections.nCopies(21, "x".repeat(129))))
                .startsWith("x".repeat(128) + "…, x")
                .endsWith("x… and others")
                .hasSize(20 * 129 + 19 * 2 + " and others".length());
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void escape_whateverTheText_isPlainAndStable(long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(60); left > 0; left--) {
            text.append((char) (random.nextBoolean() ? random.nextInt(0x100) : random.nextInt(0x10000)));
        }

        String escaped = Printable.escape(text.toString());

        assertThat(Printable.isPlain(escaped)).isTrue();
        assertThat(Printable.escape(escaped)).isSameAs(escaped);
        assertThat(escaped.lines().count()).isLessThanOrEqualTo(1);
    }
}
