package dev.connector.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.core.internal.Printable;

/** What is printed must be one line that nothing in it can rearrange. */
final class OneLine {

    private OneLine() {}

    static void check(String text) {
        assertThat(text)
                .isNotBlank()
                .hasLineCount(1)
                .matches(Printable::isPlain, "holds nothing that moves what is printed");
    }

    /** The same, of a text that was given {@link Samples#FORGERY} to print. */
    static void checkForged(String text) {
        check(text);
        assertThat(text).contains("x\\u000a2026-03-01 INFO forged\\u000d\\u001b[2K\\u202egro\\u2028\\u0085\\ufeff");
    }
}
