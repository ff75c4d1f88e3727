package dev.connector.testing;

import dev.connector.testing.internal.canary.Printed;
import dev.connector.testing.internal.canary.Secrets;
import dev.connector.testing.internal.server.Printable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a test fail where a secret shows: in a line of a log, an exception, a {@code toString()}, JSON or whatever else is printed.
 *
 * <pre>{@code
 * Canary canary = aws.canary().secret("the database's password", password);
 * ...
 * canary.check("the log", lines);
 * canary.check("what was thrown", thrown);
 * canary.check("the grant", grant);
 * canary.check("the grant's JSON", grant.toJson());
 * }</pre>
 *
 * <p>A secret is recognised as it is, percent-encoded, with the escapes of JSON or Java, in base64 (also within a longer text that was encoded) and in
 * hexadecimal, also one in the other; and by any 12 characters in a row of it. It is not where letters were changed, or something was put between them.
 *
 * <p>Thread-safe.
 */
public final class Canary {

    private final Supplier<Map<String, String>> issued;
    private final Secrets secrets = new Secrets();

    Canary(Supplier<Map<String, String>> issued) {
        this.issued = issued;
    }

    /**
     * A canary that knows no secret yet, for tests without {@link SimulatedAws}.
     *
     * @return a canary
     */
    public static Canary create() {
        return new Canary(Map::of);
    }

    /**
     * Adds a secret.
     *
     * @param name what it is, for the message of a failure
     * @param value the secret
     * @return this
     * @throws IllegalArgumentException if it has fewer than 12 characters, and could not be told from other text
     */
    public Canary secret(String name, String value) {
        if (value.length() < Secrets.PART) {
            throw new IllegalArgumentException("A secret has " + Secrets.PART + " characters or more: " + name);
        }
        secrets.add(Objects.requireNonNull(name, "name"), value);
        return this;
    }

    /**
     * What it knows now.
     *
     * @return the secrets' names; unmodifiable
     */
    public Set<String> secrets() {
        learn();
        return Set.copyOf(secrets.names().values());
    }

    /**
     * Fails if a secret shows in what a thing prints: a text; an exception, with its causes, what it suppressed and AWS's answer; the elements of
     * an array, a collection, a map or an {@code Optional}; the {@code toString()} of anything else.
     *
     * @param where what the thing is, for the message of a failure
     * @param thing the thing; nothing shows in {@code null}
     * @throws AssertionError if a secret shows; the message says which, where and how it is written, and does not repeat it
     * @throws IllegalStateException if it knows no secret, so that it could not fail
     */
    public void check(String where, @Nullable Object thing) {
        learn();
        if (secrets.names().isEmpty()) {
            throw new IllegalStateException(
                    "This canary knows no secret. Add one, or let SimulatedAws issue one, first.");
        }
        Collection<String> leaks = new TreeSet<>();
        new Printed((place, text) -> secrets.find(text)
                        .ifPresent(find -> leaks.add(find.name() + find.disguises() + ", in " + place + ", behind \""
                                + Printable.escape(find.before()) + "\"")))
                .add(where, thing);
        if (!leaks.isEmpty()) {
            throw new AssertionError(message(List.copyOf(leaks)));
        }
    }

    private void learn() {
        issued.get().forEach((value, name) -> {
            if (value.length() >= Secrets.PART) {
                secrets.add(name, value);
            }
        });
    }

    private static String message(List<String> leaks) {
        List<String> lines = new ArrayList<>();
        lines.add("A secret shows:");
        leaks.forEach(leak -> lines.add("  " + leak));
        return String.join("\n", lines);
    }
}
