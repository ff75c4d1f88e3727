package dev.connector.examples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.examples.QuickStart;
import dev.connector.strategies.iam.IamGroupTarget;
import dev.connector.testkit.StrategyTestKit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the README and its pages show is so: each block of Java is a part of {@link ReadmeExample}, but for white space, and the diagram is today's. */
class ReadmeTest {

    private static final Path README = Path.of("../README.md");

    @Test
    void javaOfTheReadme_isThatOfTheExample() {
        assertThat(ShownCode.ofMarkdown(README))
                .isNotEmpty()
                .containsExactlyElementsOf(ShownCode.ofExample(ReadmeExample.class, "README"));
    }

    @Test
    void javaOfThePageOnOwnStrategies_isThatOfTheExample() {
        assertThat(ShownCode.ofMarkdown(Path.of("../docs/own-strategy.md")))
                .isNotEmpty()
                .containsExactlyElementsOf(ShownCode.ofExample(ReadmeExample.class, "own-strategy"));
    }

    @Test
    void diagramOfTheReadme_isThatOfTodaysQuickStart() throws IOException {
        assertThat(Files.readString(README).replace("\r\n", "\n"))
                .contains("```mermaid\n" + QuickStart.diagram() + "```\n");
    }

    /** Whoever wants to know more is led to a page of its own. */
    @Test
    void readme_isReadInOneGo() throws IOException {
        assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void worldOfThePageOnOwnStrategies_isAsTheTestKitNeedsIt() {
        StrategyTestKit<IamGroupTarget> kit = StrategyTestKit.of(ReadmeExample.MyWorld::create);

        assertThat(kit.histories(20).histories().runs()).isEqualTo(20);
    }
}
