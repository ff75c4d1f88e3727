package dev.connector.testkit;

import org.jspecify.annotations.Nullable;

/** The strategy has said or done what it must not. The message says what, after «The strategy has broken its word:». */
final class BrokenWord extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokenWord(String message) {
        this(message, null);
    }

    BrokenWord(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
