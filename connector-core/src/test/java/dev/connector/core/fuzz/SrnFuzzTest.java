package dev.connector.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.connector.core.strategy.Srn;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An accepted name consists of the parts that it was written of, and of nothing else. */
class SrnFuzzTest {

    @FuzzTest
    void parse_ofAnyText_acceptsOnlyWhatItsPartsMakeUp(byte[] input) {
        String text = Hostile.text(input);
        Hostile.read(Set.of(IllegalArgumentException.class), () -> Srn.parse(text))
                .ifPresent(srn -> {
                    assertThat(srn).hasToString(text).isEqualTo(Srn.parse(srn.toString()));
                    assertThat(text).hasSizeLessThanOrEqualTo(512).matches("[!-~]+");
                    assertThat(parts(srn)).isEqualTo(text).doesNotContain("::");
                });
    }

    private static String parts(Srn srn) {
        return Stream.concat(Stream.of(srn.org(), srn.model(), srn.slug(), srn.version()), srn.identifier().stream())
                .collect(Collectors.joining(":"));
    }
}
