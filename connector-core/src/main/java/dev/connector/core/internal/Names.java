package dev.connector.core.internal;

import java.text.Normalizer;
import java.util.Optional;

/** What a name from outside must be before it is compared with AWS's or sent there. */
public final class Names {

    /** The longest name. AWS's are shorter; a stored grant that holds only such names is short enough to be read back. */
    public static final int MAX_CHARACTERS = 1_024;

    private static final char FIRST_COMBINING = '\u0300';

    private Names() {}

    /**
     * Tells what is wrong with a name. Two names that look alike must not be two different texts, and a name must not be able to forge a line of a log.
     *
     * @param name any text
     * @return the rule that it breaks, or empty if it is a proper name
     */
    public static Optional<String> problem(String name) {
        if (isBlank(name)) {
            return Optional.of("must not be empty");
        }
        if (name.length() > MAX_CHARACTERS) {
            return Optional.of("must have at most " + MAX_CHARACTERS + " characters");
        }
        if (!Printable.isPlain(name)) {
            return Optional.of("must not hold control, format or line characters");
        }
        if (!isSimple(name) && !Normalizer.isNormalized(name, Normalizer.Form.NFC)) {
            return Optional.of("must be in Unicode's normal form C (NFC)");
        }
        return Optional.empty();
    }

    /**
     * Requires a proper name.
     *
     * @param what what the name is of, for the message
     * @param name any text
     * @throws IllegalArgumentException if it is not one
     */
    public static void require(String what, String name) {
        problem(name).ifPresent(rule -> {
            throw new IllegalArgumentException(
                    "The " + what + " " + rule + ", but is \"" + Printable.excerpt(name) + "\".");
        });
    }

    /** Below the first combining character there is nothing to normalize, and no need to load the tables of Unicode. */
    private static boolean isSimple(String name) {
        for (int at = 0; at < name.length(); at++) {
            if (name.charAt(at) >= FIRST_COMBINING) {
                return false;
            }
        }
        return true;
    }

    /** Other than {@link String#isBlank()}, this knows the spaces that do not break a line; all of them are single characters. */
    private static boolean isBlank(String name) {
        int at = 0;
        while (at < name.length() && isSpace(name.charAt(at))) {
            at++;
        }
        return at == name.length();
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
