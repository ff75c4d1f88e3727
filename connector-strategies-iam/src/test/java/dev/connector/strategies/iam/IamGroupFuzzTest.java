package dev.connector.strategies.iam;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.connector.core.strategy.TargetSnapshot;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The guard lets through what a plainer reading of its patterns does, and never what the session policy would not name. */
class IamGroupFuzzTest {

    private static final String ACCOUNT_ID = "111122223333";
    private static final String GROUP_ARN = "arn:aws:iam::" + ACCOUNT_ID + ":group";

    /** A pattern's path and name, and a group's, each on a line. */
    @FuzzTest
    void pattern_onAnyGroup_agreesWithASimplerMatcherAndThePolicy(byte[] input) {
        String[] lines = lines(input, 4);
        Optional<IamGroupPattern> pattern = read(() -> IamGroupPattern.of(lines[0], lines[1]));
        Optional<IamGroupTarget> group = read(() -> IamGroupTarget.of(lines[2], lines[3]));
        if (pattern.isPresent() && group.isPresent()) {
            boolean matches = pattern.get().matches(group.get());

            assertThat(matches).isEqualTo(matches(lines[0], lines[2], false) && matches(lines[1], lines[3], false));
            if (matches) {
                String policy = pattern.get().arnPattern("aws", ACCOUNT_ID);
                assertThat(matches(policy, GROUP_ARN + lines[2] + lines[3], true))
                        .isTrue();
            }
            String one = IamGroupPattern.arnOf(group.get(), "aws", ACCOUNT_ID);
            assertThat(matches(one, GROUP_ARN + lines[0] + lines[1], true))
                    .isEqualTo((lines[0] + lines[1]).equals(lines[2] + lines[3]));
        }
    }

    /** The settings iam_group and iam_group_path, each on a line. */
    @FuzzTest
    void target_ofAnySnapshot_isAGroupThatComesBack(byte[] input) {
        String[] lines = lines(input, 2);
        TargetSnapshot snapshot = TargetSnapshot.builder("aws_iam_group", "g")
                .settings(
                        lines[1].isEmpty()
                                ? Map.of("iam_group", lines[0])
                                : Map.of("iam_group", lines[0], "iam_group_path", lines[1]))
                .build();
        read(() -> IamGroupTarget.TYPE.read(snapshot)).ifPresent(group -> {
            assertThat(TargetSnapshot.of(group)).isEqualTo(snapshot);
            assertThat(group.groupName()).isEqualTo(lines[0]).matches("[A-Za-z0-9_+=,.@-]+");
            assertThat(group.toString()).isEqualTo(lines[1] + lines[0]).matches("[!-~]+");
        });
    }

    /** Lines that are missing are empty, texts that are longer than a target's may be are cut. */
    private static String[] lines(byte[] input, int count) {
        String text = new String(input, 0, Math.min(input.length, 4_096), UTF_8);
        return (text + "\n".repeat(count)).split("\n", count);
    }

    private static <T> Optional<T> read(Supplier<T> reader) {
        try {
            return Optional.of(reader.get());
        } catch (IllegalArgumentException refused) {
            assertThat(refused)
                    .isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching("[ -~\ufffd]{1,1024}");
            return Optional.empty();
        }
    }

    /** Keeps all the places in the text that the pattern can have come to. */
    private static boolean matches(String pattern, String text, boolean escapes) {
        boolean[] at = new boolean[text.length() + 1];
        at[0] = true;
        for (int i = 0; i < pattern.length(); i++) {
            boolean escaped = escapes && pattern.startsWith("${", i);
            char c = pattern.charAt(escaped ? i + 2 : i);
            at = c == '*' && !escaped ? anyText(at) : oneCharacter(at, text, c);
            i += escaped ? 3 : 0;
        }
        return at[text.length()];
    }

    private static boolean[] anyText(boolean[] from) {
        boolean[] to = from.clone();
        for (int i = 1; i < to.length; i++) {
            to[i] |= to[i - 1];
        }
        return to;
    }

    private static boolean[] oneCharacter(boolean[] from, String text, char wanted) {
        boolean[] to = new boolean[from.length];
        for (int i = 1; i < to.length; i++) {
            to[i] = from[i - 1] && wanted == text.charAt(i - 1);
        }
        return to;
    }
}
