package dev.connector.testing.internal.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.connector.testing.internal.identity.Identity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Policies from outside are refused in one way, and one that is read says what a simpler reading of it says. */
class PolicyFuzzTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Identity ADA =
            Identity.ofUser("arn:aws:iam::111122223333:user/ada", "111122223333", "AIDAADA");

    /** A pattern, and on the next line a text. */
    @FuzzTest
    void glob_onAnyPatternAndText_agreesWithASimplerMatcher(byte[] input) {
        String[] lines = lines(input, 2);
        boolean simple = ReferencePolicy.matches(lines[0], lines[1], false, true);

        assertThat(Glob.of(lines[0], false).matches(lines[1])).isEqualTo(simple);
        assertThat(Glob.ofLiteral(lines[0], false).matches(lines[1])).isEqualTo(lines[0].equals(lines[1]));
        assertThat(!Glob.of(lines[0], false).matchesEverything() || simple).isTrue();
        read(() -> Glob.of(lines[0], true))
                .ifPresent(glob -> assertThat(glob.matches(lines[1]))
                        .isEqualTo(ReferencePolicy.matches(lines[0], lines[1], true, true)));
    }

    /** An action, a resource, a value of {@code aws:username}, each on a line, and the policy. */
    @FuzzTest
    void identityPolicy_ofAnyJson_allowsWhatASimplerReadingAllows(byte[] input) throws JsonProcessingException {
        String[] lines = lines(input, 4);
        Access access = new Access(lines[0], lines[1], Map.of("aws:username", lines[2]));
        Optional<Policy> policy = read(() -> Policy.ofIdentity(lines[3]));
        if (policy.isPresent()) {
            assertThat(Policy.evaluate(List.of(policy.get()), access) == Verdict.ALLOWED)
                    .isEqualTo(ReferencePolicy.of(JSON.readTree(lines[3])).allows(access));
        }
    }

    @FuzzTest
    void trustPolicy_ofAnyJson_trustsOnlyWhomItNames(byte[] input) {
        String json = new String(input, UTF_8);
        Access access = new Access("sts:AssumeRole", "arn:aws:iam::111122223333:role/A", Map.of());
        read(() -> Policy.ofTrust(json)).filter(policy -> !json.contains("\\u")).ifPresent(policy -> {
            Trust trust = policy.trustIn(ADA, access);
            if (trust.compareTo(Trust.NONE) > 0) {
                assertThat(json).contains("Allow").containsPattern("\\*|" + ADA.accountId());
            }
            if (trust == Trust.PRINCIPAL) {
                assertThat(json).containsPattern("\"\\*\"|" + ADA.arn());
            }
        });
    }

    /** Lines that are missing are empty. */
    private static String[] lines(byte[] input, int count) {
        return (new String(input, UTF_8) + "\n".repeat(count)).split("\n", count);
    }

    private static <T> Optional<T> read(Supplier<T> reader) {
        try {
            return Optional.of(reader.get());
        } catch (PolicySyntaxException refused) {
            assertThat(refused.getMessage()).isNotBlank();
            return Optional.empty();
        }
    }
}
