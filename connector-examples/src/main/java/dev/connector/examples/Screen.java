package dev.connector.examples;

import dev.connector.testing.Decision;
import dev.connector.testing.RecordedCall;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the quick start prints: headings, calls in columns, and whether each step went as it should. */
final class Screen {

    private static final int MESSAGE_WIDTH = 112;
    private static final int MANY_LINES = 20;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final PrintStream out;
    private final boolean colour;
    private boolean asExpected = true;

    Screen(PrintStream out, boolean colour) {
        this.out = out;
        this.colour = colour;
    }

    /**
     * Whether to print in colour: on a terminal that knows colours, unless {@code NO_COLOR} is set. Java cannot tell on every JDK whether standard
     * output is a terminal, so whoever starts it says so.
     */
    static boolean wantsColour(boolean terminal, Map<String, String> environment) {
        return terminal
                && !environment.getOrDefault("TERM", "dumb").equals("dumb")
                && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }

    void title(String text) {
        out.println(paint(Style.BOLD, text));
    }

    void text(String text) {
        out.println(printable(text));
    }

    void step(int number, String text) {
        out.println();
        out.println(paint(Style.BOLD, number + "  " + text));
    }

    void code(String text) {
        out.println("   " + paint(Style.DIM, text));
    }

    /** One line for each call: when, who, what, on what, and what AWS decided. */
    void calls(List<RecordedCall> calls) {
        calls.forEach(call -> out.println("   " + paint(Style.DIM, TIME.format(call.time()))
                + String.format(Locale.ROOT, "  %-15s %-24s %-26s ", caller(call), call.action(), resource(call))
                + decision(call.decision())));
    }

    /** One line that says what holds if all is well; otherwise it says that it does not, and so does {@link #asExpected()}. */
    void check(boolean holds, String text) {
        asExpected &= holds;
        out.println("   "
                + (holds
                        ? paint(Style.GREEN, "✓ " + printable(text))
                        : paint(Style.RED, "✗ Not so: " + printable(text))));
    }

    /** What an exception says, on so many lines at most. */
    void message(Exception exception, int lines) {
        String rest = printable(String.valueOf(exception.getMessage()));
        for (int line = 1; line <= lines && !rest.isEmpty(); line++) {
            int end = endOfLine(rest);
            boolean cut = line == lines && end < rest.length();
            out.println("   " + paint(Style.DIM, rest.substring(0, end) + (cut ? " …" : "")));
            rest = rest.substring(end).strip();
        }
    }

    /** At a space, if there is one. */
    private static int endOfLine(String text) {
        if (text.length() <= MESSAGE_WIDTH) {
            return text.length();
        }
        int space = text.lastIndexOf(' ', MESSAGE_WIDTH);
        return space > 0 ? space : MESSAGE_WIDTH;
    }

    /** Nobody expected this one. */
    void failure(Exception exception) {
        check(false, "nothing is thrown. It was a " + exception.getClass().getSimpleName() + ":");
        message(exception, MANY_LINES);
    }

    void end(String good, String bad) {
        out.println(asExpected ? paint(Style.GREEN, "✓ " + good) : paint(Style.RED, "✗ " + bad));
    }

    boolean asExpected() {
        return asExpected;
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    private String decision(Decision decision) {
        String word = decision.name().toLowerCase(Locale.ROOT);
        return paint(decision == Decision.ALLOWED ? Style.GREEN : Style.RED, word);
    }

    private static String caller(RecordedCall call) {
        return afterLast('/', call.callerRole().orElse(call.caller()));
    }

    /** A call about several things shows the first. */
    private static String resource(RecordedCall call) {
        return call.resources().stream()
                .findFirst()
                .map(arn -> afterLast(':', arn) + (call.resources().size() > 1 ? ", …" : ""))
                .orElse("-");
    }

    /** A name in a stored grant may hold anything, also what would move the cursor. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    }

    private static String afterLast(char separator, String text) {
        return text.substring(text.lastIndexOf(separator) + 1);
    }

    private String paint(Style style, String text) {
        return colour ? "\u001b[" + style.code + "m" + text + "\u001b[0m" : text;
    }

    private enum Style {
        BOLD(1),
        DIM(2),
        GREEN(32),
        RED(31);

        private final int code;

        Style(int code) {
            this.code = code;
        }
    }
}
