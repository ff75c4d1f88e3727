package dev.connector.core.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Turns the name of a person into the name of a role's session, which the account's trail shows.
 *
 * <p>STS takes 2 to 64 characters of a small alphabet. Two different names never become one: a name that had to be changed carries a part of
 * its own hash, and so does one that only looks as if it did.
 */
public final class SessionNames {

    private static final int MAX_LENGTH = 64;
    private static final int HASH_BYTES = 4;
    private static final int MAX_KEPT = MAX_LENGTH - 1 - 2 * HASH_BYTES;
    private static final Pattern LOOKS_HASHED = Pattern.compile(".*-[0-9a-f]{8}");
    private static final String OTHERS = "+=,.@_-";

    private SessionNames() {}

    /**
     * Maps a name.
     *
     * @param requester any name
     * @return the name itself where STS takes it; else what STS takes of it, with {@code -} for each other character, cut, and followed by
     *     {@code -} and the first 8 hexadecimal digits of the SHA-256 of the whole name in UTF-8
     */
    public static String of(String requester) {
        if (StsRules.isSessionName(requester)
                && !LOOKS_HASHED.matcher(requester).matches()) {
            return requester;
        }
        StringBuilder mapped = new StringBuilder(MAX_LENGTH);
        requester
                .codePoints()
                .limit(MAX_KEPT)
                .map(codePoint -> isAllowed(codePoint) ? codePoint : '-')
                .forEach(mapped::appendCodePoint);
        return mapped.append('-').append(hash(requester)).toString();
    }

    private static boolean isAllowed(int codePoint) {
        return (codePoint >= 'a' && codePoint <= 'z')
                || (codePoint >= 'A' && codePoint <= 'Z')
                || (codePoint >= '0' && codePoint <= '9')
                || OTHERS.indexOf(codePoint) >= 0;
    }

    private static String hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256.", impossible);
        }
    }
}
