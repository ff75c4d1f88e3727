package dev.connector.core.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What holds of any text from outside, and of what is said of it. */
final class Hostile {

    private static final int LONGEST_MESSAGE = 20_000;

    private Hostile() {}

    static String text(byte[] input) {
        return new String(input, UTF_8);
    }

    /**
     * Reads something.
     *
     * @param documented the exceptions that may come out; a subclass of one is a fault that slipped through
     * @param reader reads it
     * @return what was read; empty if it was refused as documented
     */
    static <T> Optional<T> read(Set<Class<? extends RuntimeException>> documented, Supplier<T> reader) {
        try {
            return Optional.of(reader.get());
        } catch (RuntimeException refused) {
            if (!documented.contains(refused.getClass())) {
                throw refused;
            }
            assertThat(refused.getMessage().length())
                    .as("length of the message")
                    .isLessThanOrEqualTo(LONGEST_MESSAGE);
            assertIsOneLine(refused.getMessage());
            return Optional.empty();
        }
    }

    static void assertIsOneLine(String printed) {
        assertThat(printed.codePoints().filter(Hostile::isUnsafe).mapToObj(Integer::toHexString))
                .as("control, format and line characters in <%s>", printed)
                .isEmpty();
    }

    private static boolean isUnsafe(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
