package dev.connector.core;

import java.util.ArrayList;
import java.util.List;

/** Gathers what is wrong with settings, so that all of it is reported at once. Not thread-safe. */
final class SettingsProblems {

    private final List<String> problems = new ArrayList<>();

    void add(String setting, String rule) {
        problems.add(setting + ": " + rule);
    }

    void require(boolean holds, String setting, String rule) {
        if (!holds) {
            add(setting, rule);
        }
    }

    void throwIfAny(String attempt) {
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(attempt, problems);
        }
    }
}
