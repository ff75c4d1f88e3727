package dev.connector.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * What a strategy was put through, and what it answered. That there is a report means that the strategy has kept its word: whatever broke it is an {@link AssertionError}.
 *
 * <p>Immutable.
 */
public final class Report {

    private final String title;
    private final List<Section> sections;

    Report(String title, List<Section> sections) {
        this.title = title;
        this.sections = List.copyOf(sections);
    }

    /**
     * How many runs there were.
     *
     * @return the sum over all scenarios
     */
    public int runs() {
        return sections.stream().mapToInt(section -> section.tally.runs()).sum();
    }

    /**
     * What was left out, because it needs a {@link Change} that does not happen in this world.
     *
     * @return the names of scenarios; empty if everything was tried
     */
    public List<String> notTried() {
        return sections.stream()
                .filter(section -> !section.tried)
                .map(section -> section.name)
                .toList();
    }

    Report and(Report other) {
        List<Section> both = new ArrayList<>(sections);
        both.addAll(other.sections);
        return new Report(title + "; " + other.title, both);
    }

    /**
     * The report for people: how many runs there were of each scenario, and how often each answer was given.
     *
     * @return a table, one scenario a line, and what was not tried
     */
    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder(title).append(": ").append(runs()).append(" runs\n");
        text.append(heading());
        sections.stream().filter(section -> section.tried).forEach(section -> text.append(section.line()));
        if (!notTried().isEmpty()) {
            text.append("not tried: ").append(String.join("; ", notTried())).append('\n');
        }
        return text.toString();
    }

    private static String heading() {
        StringBuilder text = new StringBuilder(String.format("%-72s%7s", "", "runs"));
        for (Tally.Said said : Tally.Said.values()) {
            text.append(String.format("%14s", said.label()));
        }
        return text.append('\n').toString();
    }

    /** One scenario. */
    static final class Section {

        private final String name;
        private final Tally tally;
        private final boolean tried;

        private Section(String name, Tally tally, boolean tried) {
            this.name = name;
            this.tally = tally;
            this.tried = tried;
        }

        static Section tried(String name, Tally tally) {
            return new Section(name, tally, true);
        }

        static Section notTried(String name) {
            return new Section(name, new Tally(), false);
        }

        private String line() {
            StringBuilder text = new StringBuilder(String.format("%-72s%7d", name, tally.runs()));
            for (Tally.Said said : Tally.Said.values()) {
                text.append(String.format("%14d", tally.of(said)));
            }
            return text.append('\n').toString();
        }
    }
}
