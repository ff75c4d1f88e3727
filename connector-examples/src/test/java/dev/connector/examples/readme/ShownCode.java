package dev.connector.examples.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Code that readers are shown, and the regions of a compiled class that it must be the same as, but for white space. */
final class ShownCode {

    private static final Pattern MARKDOWN = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern JAVADOC = Pattern.compile("<pre>\\{@code\n(.*?)\n \\* }</pre>", Pattern.DOTALL);
    private static final Pattern BEGIN_OF_LINE = Pattern.compile("(?m)^ \\*");

    private ShownCode() {}

    /** The blocks of Java of a page. */
    static List<String> ofMarkdown(Path page) {
        return parts(MARKDOWN, page).map(ShownCode::withoutSpace).toList();
    }

    /** The examples in the Javadoc of a source that is not indented, as that of a package is. */
    static List<String> ofJavadoc(Path source) {
        return parts(JAVADOC, source)
                .map(code -> BEGIN_OF_LINE.matcher(code).replaceAll(""))
                .map(ShownCode::withoutSpace)
                .toList();
    }

    /** What stands in the source of a test between {@code // <title>: begin} and {@code // <title>: end}. */
    static List<String> ofExample(Class<?> example, String title) {
        String quoted = Pattern.quote("// " + title + ": ");
        Pattern region = Pattern.compile(quoted + "begin\n(.*?)" + quoted + "end", Pattern.DOTALL);
        return parts(region, Path.of("src/test/java", example.getName().replace('.', '/') + ".java"))
                .map(ShownCode::withoutSpace)
                .toList();
    }

    private static Stream<String> parts(Pattern pattern, Path file) {
        return pattern.matcher(read(file).replace("\r\n", "\n")).results().map(part -> part.group(1));
    }

    private static String withoutSpace(String code) {
        return code.replaceAll("\\s+", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
