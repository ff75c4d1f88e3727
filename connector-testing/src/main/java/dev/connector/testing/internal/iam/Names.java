package dev.connector.testing.internal.iam;

import dev.connector.testing.internal.server.Printable;
import java.util.regex.Pattern;

/** What IAM allows in names and paths. */
final class Names {

    static final Pattern NAME = Pattern.compile("[\\w+=,.@-]+");
    static final int USER_LENGTH = 64;
    static final int GROUP_LENGTH = 128;

    private static final Pattern PATH = Pattern.compile("/|/[\\x21-\\x7F]+/");

    private Names() {}

    static void requireName(String name, int length) {
        if (name.length() > length || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "Not a name of at most " + length + " letters, digits or _+=,.@-: " + Printable.escape(name));
        }
    }

    static void requirePath(String path) {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "A path begins and ends with a slash and has no spaces: " + Printable.escape(path));
        }
    }
}
