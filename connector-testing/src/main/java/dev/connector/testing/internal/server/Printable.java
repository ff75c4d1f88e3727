package dev.connector.testing.internal.server;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Calls as text that is safe to print: what came from outside cannot break lines, hide or turn round other text. */
public final class Printable {

    private static final int COLUMNS = 7;

    private Printable() {}

    /** The call as columns of one line. */
    public static List<String> columns(CallRecord call) {
        return List.of(
                call.time().toString(),
                call.fault() == null ? call.decision().name() : call.decision() + ":" + call.fault(),
                escape(call.caller()),
                escape(call.service() + ":" + call.operation()),
                escape(String.join(",", call.resources())),
                escape(call.parameters().toString()),
                call.errorCode() == null ? "" : escape(call.errorCode()));
    }

    /** Calls one a line, each column as wide as its widest entry. */
    public static String table(List<CallRecord> calls) {
        List<List<String>> rows = calls.stream().map(Printable::columns).toList();
        int[] widths =
                IntStream.range(0, COLUMNS).map(column -> width(rows, column)).toArray();
        StringBuilder table = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < COLUMNS; column++) {
                line.append(pad(row.get(column), widths[column])).append("  ");
            }
            table.append(line.toString().stripTrailing()).append('\n');
        }
        return table.toString();
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    /** The text on one line, with nothing in it that would not print as it is. */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isPlain(c)) {
                escaped.appendCodePoint(c);
            } else {
                escaped.append(String.format(Locale.ROOT, "\\u{%x}", c));
            }
        });
        return escaped.toString();
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE -> false;
            default -> c != '\\';
        };
    }
}
