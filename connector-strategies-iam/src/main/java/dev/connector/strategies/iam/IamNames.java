package dev.connector.strategies.iam;

import java.util.regex.Pattern;

/** What IAM takes as names and paths, as its service model states it. */
final class IamNames {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_+=,.@-]{1,128}");
    private static final Pattern PATH = Pattern.compile("/|/[\\x21-\\x7E]{1,510}/");

    private static final int MAX_QUOTED = 512;

    private IamNames() {}

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    static void requireGroupName(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "The name of an IAM group has 1 to 128 letters, digits and +=,.@_- and not \"" + printable(name)
                            + "\".");
        }
    }

    static void requirePath(String path) {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "The path of an IAM group begins and ends with / and has at most 512 characters,"
                            + " none of them a space or a control character; it is not \"" + printable(path) + "\".");
        }
    }

    /** Nothing that is refused here may write into a log what it likes, or as much. */
    private static String printable(String text) {
        String beginning = text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "...";
        return beginning.replaceAll("[^\\x20-\\x7E]", "\ufffd");
    }
}
