package dev.connector.benchmarks;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Prints rows in columns, as Markdown. */
final class Table {

    private static final List<String> HEADINGS = List.of("measure", "ours", "baseline", "ratio", "target", "ok");

    private Table() {}

    static String of(List<Row> rows) {
        List<List<String>> lines = Stream.concat(
                        Stream.of(HEADINGS), rows.stream().map(Row::cells))
                .toList();
        List<Integer> widths = IntStream.range(0, HEADINGS.size())
                .mapToObj(column -> lines.stream()
                        .mapToInt(line -> line.get(column).length())
                        .max()
                        .orElseThrow())
                .toList();
        String rule = widths.stream().map("-"::repeat).collect(Collectors.joining(" | ", "| ", " |"));
        List<String> printed = lines.stream().map(line -> print(line, widths)).toList();
        return Stream.of(Stream.of(printed.get(0), rule), printed.stream().skip(1))
                .flatMap(each -> each)
                .collect(Collectors.joining("\n"));
    }

    private static String print(List<String> line, List<Integer> widths) {
        return IntStream.range(0, line.size())
                .mapToObj(column -> line.get(column)
                        + " ".repeat(widths.get(column) - line.get(column).length()))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }
}
