package dev.connector.examples.readme;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.strategies.iam.IamGroupTarget;
import dev.connector.testkit.StrategyTestKit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's Java is code that compiles: each block is a part of {@link ReadmeExample}, but for white space. */
class ReadmeTest {

    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern REGION = Pattern.compile("// README: begin\n(.*?)// README: end", Pattern.DOTALL);

    @Test
    void javaOfTheReadme_isThatOfTheExample() throws IOException {
        Path source = Path.of("src/test/java", ReadmeExample.class.getName().replace('.', '/') + ".java");

        assertThat(parts(BLOCK, Path.of("../README.md"))).isNotEmpty().containsExactlyElementsOf(parts(REGION, source));
    }

    @Test
    void worldOfTheReadme_isAsTheTestKitNeedsIt() {
        StrategyTestKit<IamGroupTarget> kit = StrategyTestKit.of(ReadmeExample.MyWorld::create);

        assertThat(kit.histories(20).histories().runs()).isEqualTo(20);
    }

    private static List<String> parts(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file).replace("\r\n", "\n"))
                .results()
                .map(part -> part.group(1).replaceAll("\\s+", ""))
                .toList();
    }
}
