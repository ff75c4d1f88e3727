package dev.connector.core;

import dev.connector.core.internal.Printable;
import java.util.List;

/**
 * Settings are wrong, and nothing was sent to AWS. It names every wrong setting at once, each with the rule that it breaks.
 *
 * <p>The same settings fail again: somebody must change them. No secret is named, and the External ID is never printed.
 */
public final class InvalidSettingsException extends ConnectorException {

    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    private final String[] problems;

    /**
     * Reports settings.
     *
     * @param attempt what they were for, for instance {@code "make the runtime connector"}
     * @param problems one for each wrong setting: its name, a colon, and the rule; at least one, and no secret in any
     * @throws IllegalArgumentException if there is no problem
     */
    public InvalidSettingsException(String attempt, List<String> problems) {
        super(message(attempt, problems), (Throwable) null);
        this.problems = problems.stream().map(Printable::escape).toArray(String[]::new);
    }

    private static String message(String attempt, List<String> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("At least one setting must be wrong.");
        }
        String count = problems.size() == 1 ? "1 setting is" : problems.size() + " settings are";
        return "Cannot " + attempt + ": " + count + " wrong. " + String.join(" ", problems);
    }

    /**
     * What is wrong.
     *
     * @return one sentence for each wrong setting, which begins with its name and a colon; unmodifiable
     */
    public List<String> problems() {
        return List.of(problems);
    }
}
