package dev.connector.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The list of AWS's behaviours and the tests say the same: each number that a test carries is in the list, with exactly the classes of its tests,
 * each behaviour without a test says why it has none, and no number is left out without a reason. Tests that the threat model names are there.
 *
 * <p>A new test needs its class in the last column; the failure shows what the cell must be.
 */
class AwsBehaviourListTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| *(\\d+) *\\|([^|\n]+)\\|([^|\n]+)\\|([^|\n]+)\\| *$");
    private static final Pattern NUMBERED = Pattern.compile("(?m)^\\| *\\d");
    private static final Pattern TAG = Pattern.compile("@AwsFact\\(\\s*(?:value\\s*=\\s*)?\\{?([\\d\\s,]+)}?\\s*\\)");
    private static final Pattern TAG_BEGIN = Pattern.compile("@AwsFact\\(");
    private static final Pattern RESERVED = Pattern.compile("(?m)^- \\*\\*(\\d+)(?:–(\\d+))?\\*\\*: .{20,}$");
    private static final Pattern NAME_OF_TEST = Pattern.compile("`(\\w+Test)`");
    private static final String NO_TEST = "none: ";

    private final List<MatchResult> rows = matches(ROW, list());

    @Test
    void list_hasOneWholeRowForEachNumber() {
        assertThat(rows).hasSameSizeAs(matches(NUMBERED, list()));
        assertThat(rows).extracting(row -> row.group(1)).doesNotHaveDuplicates();
        assertThat(rows).allSatisfy(row -> assertThat(row.group(3)).contains("]"));
    }

    @Test
    void listAndTests_areTheSame() {
        Set<String> listed = testCells()
                .filter(cell -> !cell.getValue().startsWith(NO_TEST))
                .map(cell -> cell.getKey() + ": " + cell.getValue())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> tested = cells();

        assertThat(minus(tested, listed))
                .as("numbers of tests, with what the last column of docs/aws-behaviour.md must say, and does not")
                .isEmpty();
        assertThat(minus(listed, tested))
                .as("numbers of docs/aws-behaviour.md, with what its last column says, and the tests do not")
                .isEmpty();
    }

    @Test
    void rowWithoutATest_saysWhy() {
        assertThat(testCells().map(Map.Entry::getValue).filter(cell -> cell.startsWith(NO_TEST)))
                .allSatisfy(cell -> assertThat(cell).hasSizeGreaterThan(NO_TEST.length() + 20));
    }

    @Test
    void everyNumber_hasARowOrAReasonWhyItHasNone() {
        List<Integer> numbers = Stream.concat(
                        rows.stream().map(row -> Integer.valueOf(row.group(1))),
                        matches(RESERVED, list()).stream().flatMap(AwsBehaviourListTest::range))
                .sorted()
                .toList();

        assertThat(numbers).containsExactlyElementsOf(oneTo(numbers.get(numbers.size() - 1)));
    }

    @Test
    void threatModel_namesTestsThatAreThere() {
        Set<String> tests =
                testSources().stream().map(AwsBehaviourListTest::className).collect(Collectors.toSet());

        assertThat(matches(NAME_OF_TEST, read(Path.of("../docs/threat-model.md"))))
                .extracting(name -> name.group(1))
                .isNotEmpty()
                .isSubsetOf(tests);
    }

    private static Stream<Integer> range(MatchResult reserved) {
        int first = Integer.parseInt(reserved.group(1));
        int last = reserved.group(2) == null ? first : Integer.parseInt(reserved.group(2));
        return IntStream.rangeClosed(first, last).boxed();
    }

    private static List<Integer> oneTo(int highest) {
        return IntStream.rangeClosed(1, highest).boxed().toList();
    }

    private Stream<Map.Entry<String, String>> testCells() {
        return rows.stream().map(row -> Map.entry(row.group(1), row.group(4).strip()));
    }

    private static Set<String> minus(Set<String> some, Set<String> others) {
        Set<String> rest = new TreeSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    /** Each number with the cell that its tests make, for instance {@code 39: `DeescalateTest`, `EscalateTest`}. */
    private static Set<String> cells() {
        SortedMap<Integer, TreeSet<String>> classes = new TreeMap<>();
        for (Path source : testSources()) {
            String text = read(source);
            List<MatchResult> tags = matches(TAG, text);
            assertThat(tags).as("tags with plain numbers in " + source).hasSameSizeAs(matches(TAG_BEGIN, text));
            String name = className(source);
            tags.stream()
                    .flatMap(tag -> Stream.of(tag.group(1).strip().split("\\s*,\\s*")))
                    .forEach(number -> classes.computeIfAbsent(Integer.valueOf(number), any -> new TreeSet<>())
                            .add("`" + name + "`"));
        }
        return classes.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + String.join(", ", entry.getValue()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String className(Path source) {
        return String.valueOf(source.getFileName()).replace(".java", "");
    }

    private static List<Path> testSources() {
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            return modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .flatMap(AwsBehaviourListTest::javaFiles)
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Stream<Path> javaFiles(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }

    private static String list() {
        return read(Path.of("../docs/aws-behaviour.md"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
