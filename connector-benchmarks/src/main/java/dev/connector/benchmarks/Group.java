package dev.connector.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be measured by itself. */
enum Group {
    CREDENTIALS,
    STRATEGY,
    START,
    ASSIGNMENTS,
    SIMULATION;

    static Optional<Group> named(String name) {
        return Arrays.stream(values())
                .filter(group -> group.toString().equals(name))
                .findFirst();
    }

    List<Row> measure(Effort effort) {
        return switch (this) {
            case CREDENTIALS ->
                Stream.concat(CredentialCost.rows(effort).stream(), Stampede.rows().stream())
                        .toList();
            case STRATEGY -> VerbCost.rows(effort);
            case START -> FirstGrant.rows(effort);
            case ASSIGNMENTS -> Assignments.rows(effort);
            case SIMULATION -> DayOfGrants.rows(effort);
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
