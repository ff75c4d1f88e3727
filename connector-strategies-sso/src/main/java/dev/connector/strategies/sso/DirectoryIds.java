package dev.connector.strategies.sso;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The ids of users and groups in an identity store. */
final class DirectoryIds {

    /** As AWS's service model states it: a UUID, and in older stores ten digits before it. */
    private static final Pattern ID = Pattern.compile("([0-9a-f]{10}-)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private DirectoryIds() {}

    static boolean isId(String text) {
        return ID.matcher(text.toLowerCase(Locale.ROOT)).matches();
    }

    /** @throws IllegalArgumentException if it is no id */
    static void requireId(String of, String text) {
        if (!isId(text)) {
            throw new IllegalArgumentException("The id of a " + of
                    + " in the Identity Store looks like 906756f8-1042-4a3b-8a0c-0b7c1d2e3f40; this is none, and has "
                    + text.length() + " characters. It is neither a name nor an ARN.");
        }
    }

    /**
     * AWS takes both letter cases for the same id, so two ids are the same if they are in lower case.
     *
     * @throws IllegalStateException if it is no id
     */
    static String canonical(@Nullable String id) {
        if (id == null || !isId(id)) {
            throw new IllegalStateException("The Identity Store answered without the id of a user or group. A mocked"
                    + " client must answer one such as 906756f8-1042-4a3b-8a0c-0b7c1d2e3f40.");
        }
        return id.toLowerCase(Locale.ROOT);
    }
}
