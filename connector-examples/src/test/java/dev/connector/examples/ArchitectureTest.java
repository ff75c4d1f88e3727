package dev.connector.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The library is built as its architecture says, and each rule that checks it finds what it is there to find. */
class ArchitectureTest {

    private static final String ROOT = "dev.connector";
    private static final String BROKEN_ROOT = "dev.connector.examples.broken";
    private static final Map<String, ArchRule> RULES = new ArchitectureRules(ROOT).all();
    private static final Map<String, ArchRule> RULES_FOR_BROKEN = new ArchitectureRules(BROKEN_ROOT).all();
    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);
    private static final JavaClasses BROKEN = new ClassFileImporter().importPackages(BROKEN_ROOT);

    /** Comments and literals, in which the keyword is a word like any other, and then the keyword itself. */
    private static final Pattern SYNCHRONIZED = Pattern.compile(
            "/\\*.*?\\*/|//[^\\n]*|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|(\\bsynchronized\\b)", Pattern.DOTALL);

    static Stream<String> rules() {
        return RULES.keySet().stream();
    }

    @Test
    void library_isAllThere() {
        assertThat(LIBRARY.stream().map(type -> type.getPackageName()))
                .contains(
                        "dev.connector.core",
                        "dev.connector.core.strategy",
                        "dev.connector.strategies.iam",
                        "dev.connector.strategies.sso",
                        "dev.connector.testing",
                        "dev.connector.testkit",
                        "dev.connector.examples")
                .doesNotContain(BROKEN_ROOT + ".core");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void rule_overTheLibrary_holds(String name) {
        Objects.requireNonNull(RULES.get(name)).check(LIBRARY);
    }

    /** Every member of the class that was made to break a rule is one more way to break it, and must be reported. */
    @ParameterizedTest
    @MethodSource("rules")
    void rule_overWhatBreaksIt_reportsEachMember(String name) throws ClassNotFoundException {
        EvaluationResult result =
                Objects.requireNonNull(RULES_FOR_BROKEN.get(name)).evaluate(BROKEN);

        assertThat(result.getFailureReport().toString()).contains(waysToBreak(name));
    }

    private static List<String> waysToBreak(String name) throws ClassNotFoundException {
        Class<?> broken = BROKEN.stream()
                .filter(type -> type.getSimpleName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No class breaks the rule " + name))
                .reflect();
        List<String> ways = Stream.concat(
                        Arrays.stream(broken.getDeclaredMethods())
                                .filter(method -> !method.isSynthetic())
                                .map(method -> broken.getName() + "." + method.getName() + "("),
                        Arrays.stream(broken.getDeclaredFields())
                                .filter(field -> !field.isSynthetic())
                                .map(field -> broken.getName() + "." + field.getName()))
                .toList();
        return ways.isEmpty() ? List.of(broken.getName()) : ways;
    }

    /** Blocks leave no trace that the rules could see. */
    @Test
    void sources_haveNoSynchronized() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of(".."), 20)) {
            List<Path> guilty = sources.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> path.toString().replace('\\', '/').contains("/src/main/java/"))
                    .filter(path -> usesSynchronized(read(path)))
                    .toList();
            assertThat(guilty)
                    .as("a monitor pins a virtual thread: use a lock of java.util.concurrent")
                    .isEmpty();
        }
        assertThat(usesSynchronized("/* synchronized */ // synchronized\n x = \"\\\"synchronized\";"))
                .isFalse();
        assertThat(usesSynchronized("void x() { synchronized (this) {} }")).isTrue();
    }

    private static boolean usesSynchronized(String source) {
        return SYNCHRONIZED.matcher(source).results().anyMatch(match -> match.group(1) != null);
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
