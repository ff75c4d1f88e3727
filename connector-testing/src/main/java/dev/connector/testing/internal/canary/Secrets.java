package dev.connector.testing.internal.canary;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Secrets, and how one is recognised by a part of it. Thread-safe. */
public final class Secrets {

    /** How many characters in a row of a secret give it away; what is shorter than that cannot be told from other text. */
    public static final int PART = 12;

    /** How often one disguise may be put over another, as base64 in JSON in JSON. */
    private static final int LAYERS = 3;

    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final Map<String, String> parts = new ConcurrentHashMap<>();

    /** Adds a secret; one that is known keeps its name. */
    public void add(String name, String value) {
        if (names.putIfAbsent(value, name) == null) {
            for (int from = 0; from + PART <= value.length(); from++) {
                parts.putIfAbsent(value.substring(from, from + PART), name);
            }
        }
    }

    public Map<String, String> names() {
        return Map.copyOf(names);
    }

    /** Looks for a part of any secret, also under disguises. */
    public Optional<Find> find(String text) {
        return find(text, "", LAYERS);
    }

    private Optional<Find> find(String text, String disguises, int layers) {
        for (int from = 0; from + PART <= text.length(); from++) {
            String name = parts.get(text.substring(from, from + PART));
            if (name != null) {
                return Optional.of(new Find(name, disguises, text.substring(Math.max(0, from - 30), from)));
            }
        }
        return layers == 0 ? Optional.empty() : findDisguised(text, disguises, layers);
    }

    private Optional<Find> findDisguised(String text, String disguises, int layers) {
        for (Disguise disguise : Disguise.ALL) {
            String bare = disguise.undo().apply(text);
            if (bare.length() >= PART && !bare.equals(text)) {
                Optional<Find> find = find(bare, disguises + ", " + disguise.name(), layers - 1);
                if (find.isPresent()) {
                    return find;
                }
            }
        }
        return Optional.empty();
    }

    /**
     * A secret that shows.
     *
     * @param name which
     * @param disguises how it is written, the outermost first; empty if as it is
     * @param before what stands before it
     */
    public record Find(String name, String disguises, String before) {}
}
