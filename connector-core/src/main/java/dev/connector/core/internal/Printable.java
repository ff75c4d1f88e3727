package dev.connector.core.internal;

import java.util.Collection;
import java.util.stream.Collectors;

/** Makes text from outside safe to print: nothing in it can start a new line, move a cursor or turn the reading direction. */
public final class Printable {

    private static final int EXCERPT_LENGTH = 128;
    private static final int EXCERPTS = 20;

    private Printable() {}

    /**
     * Escapes control, format (among them the bidirectional ones) and line characters, and lone surrogates.
     *
     * @param text any text
     * @return the text on one line, with the escape of a Java string in place of what was escaped
     */
    public static String escape(String text) {
        return text.codePoints().allMatch(Printable::isPlain) ? text : escaped(text);
    }

    /**
     * The beginning of a text, escaped: for a message that must not become as long as what it is about.
     *
     * @param text any text
     * @return its first {@value #EXCERPT_LENGTH} characters at most, and {@code …} where there are more
     */
    public static String excerpt(String text) {
        return excerpt(text, EXCERPT_LENGTH);
    }

    /**
     * The beginning of a text, escaped.
     *
     * @param text any text
     * @param length how many of its characters at most
     * @return that many characters, and {@code …} where there are more
     */
    public static String excerpt(String text, int length) {
        return text.length() <= length ? escape(text) : escape(text.substring(0, length)) + "…";
    }

    /**
     * The beginnings of the first few of several texts, for such a message.
     *
     * @param texts any texts
     * @return the first {@value #EXCERPTS} at most, with commas between them, and {@code and others} where there are more
     */
    public static String excerpts(Collection<String> texts) {
        String first = texts.stream().limit(EXCERPTS).map(Printable::excerpt).collect(Collectors.joining(", "));
        return texts.size() <= EXCERPTS ? first : first + " and others";
    }

    /**
     * Tells whether a text prints as it is.
     *
     * @param text any text
     * @return whether {@link #escape(String)} would change nothing
     */
    public static boolean isPlain(String text) {
        int codePoint;
        for (int at = 0; at < text.length(); at += Character.charCount(codePoint)) {
            codePoint = text.codePointAt(at);
            if (!isPlain(codePoint)) {
                return false;
            }
        }
        return true;
    }

    private static String escaped(String text) {
        StringBuilder line = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(codePoint -> {
            if (isPlain(codePoint)) {
                line.appendCodePoint(codePoint);
            } else {
                for (char unit : Character.toChars(codePoint)) {
                    line.append(String.format("\\u%04x", (int) unit));
                }
            }
        });
        return line.toString();
    }

    private static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
