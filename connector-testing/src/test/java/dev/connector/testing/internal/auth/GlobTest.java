package dev.connector.testing.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {

    private static final int CASES = 20_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void matches_onAnyPatternAndText_agreesWithRegularExpressions(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < CASES; i++) {
            String pattern = text(random, "ab/*?");
            String text = text(random, "ab/*?");
            assertThat(Glob.of(pattern, true).matches(text))
                    .as("seed %d, pattern <%s>, text <%s>", seed, pattern, text)
                    .isEqualTo(regex(pattern).matcher(text).matches());
            assertThat(Glob.ofLiteral(pattern, true).matches(text)).isEqualTo(pattern.equals(text));
        }
    }

    private static String text(Random random, String alphabet) {
        return random.ints(random.nextInt(9), 0, alphabet.length())
                .mapToObj(i -> String.valueOf(alphabet.charAt(i)))
                .collect(Collectors.joining());
    }

    private static Pattern regex(String glob) {
        String regex = glob.chars()
                .mapToObj(c -> switch (c) {
                    case '*' -> ".*";
                    case '?' -> ".";
                    default -> Pattern.quote(Character.toString(c));
                })
                .collect(Collectors.joining());
        return Pattern.compile(regex, Pattern.DOTALL);
    }
}
