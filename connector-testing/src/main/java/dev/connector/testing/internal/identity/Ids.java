package dev.connector.testing.internal.identity;

import java.util.Random;
import java.util.UUID;

/** Names that AWS makes up, here from a seed. Not thread-safe. */
public final class Ids {

    private static final String BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String BASE_64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private final Random random;

    public Ids(long seed) {
        random = new Random(seed);
    }

    /** A unique id or access key id, which says by its first four letters what it is of. */
    public String unique(String prefix, int length) {
        return prefix + text(BASE_32, length - prefix.length());
    }

    /** A secret, which a person recognises by its prefix. That is too short for a canary, which tells secrets apart by the rest. */
    public String secret(String prefix, int length) {
        return prefix + text(BASE_64, length - prefix.length());
    }

    public String uuid() {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return UUID.nameUUIDFromBytes(bytes).toString();
    }

    private String text(String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
