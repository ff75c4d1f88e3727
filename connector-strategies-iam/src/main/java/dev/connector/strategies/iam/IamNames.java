package dev.connector.strategies.iam;

import java.util.function.IntPredicate;

/** What IAM takes as names and paths, as its service model states it. */
final class IamNames {

    private static final int MAX_NAME = 128;
    private static final int MAX_PATH = 512;

    private static final int MAX_QUOTED = 512;

    private IamNames() {}

    static boolean isName(String name) {
        return !name.isEmpty() && name.length() <= MAX_NAME && all(name, IamNames::isOfName);
    }

    private static boolean isPath(String path) {
        return path.equals("/")
                || (path.length() > 2
                        && path.length() <= MAX_PATH
                        && path.startsWith("/")
                        && path.endsWith("/")
                        && all(path, c -> c > ' ' && c <= '~'));
    }

    private static boolean all(String text, IntPredicate allowed) {
        for (int at = 0; at < text.length(); at++) {
            if (!allowed.test(text.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOfName(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "_+=,.@-".indexOf(c) >= 0;
    }

    static void requireGroupName(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "The name of an IAM group has 1 to 128 letters, digits and +=,.@_- and not \"" + printable(name)
                            + "\".");
        }
    }

    static void requirePath(String path) {
        if (!isPath(path)) {
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
