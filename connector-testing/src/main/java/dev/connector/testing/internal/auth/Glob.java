package dev.connector.testing.internal.auth;

import java.util.Arrays;
import java.util.Locale;

/**
 * A text with wildcards, as policies have it: {@code *} is any text, also over slashes, {@code ?} any one character. In policies
 * of the current version {@code ${*}}, {@code ${?}} and {@code ${$}} are those characters themselves.
 */
final class Glob {

    private static final int ANY_TEXT = -1;
    private static final int ANY_ONE = -2;

    private final int[] tokens;

    private Glob(int[] tokens) {
        this.tokens = tokens;
    }

    /** A pattern that takes no notice of letter case and knows no escapes, as the names of actions are. */
    static Glob ofAction(String text) {
        return new Glob(lower(text).chars().map(Glob::wildcard).toArray());
    }

    static Glob of(String text, boolean escapes) {
        return new Glob(tokens(text, escapes, true));
    }

    /** A text in which {@code *} and {@code ?} are nothing special, but escapes still are. */
    static Glob ofLiteral(String text, boolean escapes) {
        return new Glob(tokens(text, escapes, false));
    }

    boolean matchesAction(String action) {
        return matches(lower(action));
    }

    boolean matches(String text) {
        int at = 0;
        int token = 0;
        int retryAt = -1;
        int retryToken = -1;
        while (at < text.length()) {
            if (token < tokens.length && tokens[token] == ANY_TEXT) {
                retryToken = ++token;
                retryAt = at;
            } else if (token < tokens.length && matchesOne(tokens[token], text.charAt(at))) {
                token++;
                at++;
            } else if (retryToken >= 0) {
                token = retryToken;
                at = ++retryAt;
            } else {
                return false;
            }
        }
        return onlyAnyTextFrom(token);
    }

    boolean matchesEverything() {
        return tokens.length > 0 && onlyAnyTextFrom(0);
    }

    private boolean onlyAnyTextFrom(int token) {
        for (int i = token; i < tokens.length; i++) {
            if (tokens[i] != ANY_TEXT) {
                return false;
            }
        }
        return true;
    }

    private static boolean matchesOne(int token, char c) {
        return token == ANY_ONE || token == c;
    }

    private static int[] tokens(String text, boolean escapes, boolean wildcards) {
        int[] tokens = new int[text.length()];
        int count = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (escapes && text.startsWith("${", at)) {
                tokens[count++] = escaped(text, at);
                at += "${*}".length() - 1;
            } else {
                tokens[count++] = wildcards ? wildcard(c) : c;
            }
        }
        return Arrays.copyOf(tokens, count);
    }

    private static char escaped(String text, int at) {
        if (text.startsWith("}", at + 3) && "*?$".indexOf(text.charAt(at + 2)) >= 0) {
            return text.charAt(at + 2);
        }
        throw new PolicySyntaxException("SimulatedAws knows no policy variables, only ${*}, ${?} and ${$}: " + text);
    }

    private static int wildcard(int c) {
        return switch (c) {
            case '*' -> ANY_TEXT;
            case '?' -> ANY_ONE;
            default -> c;
        };
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
