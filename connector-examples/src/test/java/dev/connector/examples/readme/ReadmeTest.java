package dev.connector.examples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.strategies.iam.IamGroupTarget;
import dev.connector.testkit.StrategyTestKit;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's Java is code that compiles: each block is a part of {@link ReadmeExample}, but for white space. */
class ReadmeTest {

    @Test
    void javaOfTheReadme_isThatOfTheExample() {
        assertThat(ShownCode.ofMarkdown(Path.of("../README.md")))
                .isNotEmpty()
                .containsExactlyElementsOf(ShownCode.ofExample(ReadmeExample.class, "README"));
    }

    @Test
    void worldOfTheReadme_isAsTheTestKitNeedsIt() {
        StrategyTestKit<IamGroupTarget> kit = StrategyTestKit.of(ReadmeExample.MyWorld::create);

        assertThat(kit.histories(20).histories().runs()).isEqualTo(20);
    }
}
