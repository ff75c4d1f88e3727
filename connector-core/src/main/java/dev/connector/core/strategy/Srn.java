package dev.connector.core.strategy;

import dev.connector.core.internal.Printable;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a resource of the service that embeds the library: {@code <org>:<model>:<slug>:<version>[:<identifier>]}.
 *
 * <p>For instance {@code sym:event-spec:approval:1.0.0:deescalate} or {@code sym:access_target:lambda_access:latest}. Two names are equal if
 * they are written alike; case counts.
 *
 * <p>Immutable and thread-safe.
 */
public final class Srn {

    private static final int MAX_LENGTH = 512;
    private static final String LATEST = "latest";
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]+");
    /** The grammar of Semantic Versioning 2.0.0. */
    private static final Pattern SEMANTIC_VERSION = semanticVersion();

    private final String text;
    private final String org;
    private final String model;
    private final String slug;
    private final String version;
    private final @Nullable String identifier;

    private Srn(String text, String[] parts) {
        this.text = text;
        this.org = word(text, "org", parts[0]);
        this.model = word(text, "model", parts[1]);
        this.slug = word(text, "slug", parts[2]);
        this.version = version(text, parts[3]);
        this.identifier = parts.length == 5 ? word(text, "identifier", parts[4]) : null;
    }

    /**
     * Reads a name.
     *
     * <p>Org, model, slug and identifier consist of the letters {@code A-Z} and {@code a-z}, digits, {@code -} and {@code _}. The version is one
     * of Semantic Versioning 2.0.0, or {@code latest}.
     *
     * @param text the name, of at most 512 characters, with nothing around it
     * @return the name
     * @throws IllegalArgumentException if it is none; the message names the part that is wrong
     */
    public static Srn parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "An SRN has at most " + MAX_LENGTH + " characters, but this one has " + text.length() + ".");
        }
        String[] parts = text.split(":", -1);
        if (parts.length < 4 || parts.length > 5) {
            throw invalid(text, "it has " + parts.length + (parts.length == 1 ? " part" : " parts"));
        }
        return new Srn(text, parts);
    }

    private static String word(String text, String name, String part) {
        if (!WORD.matcher(part).matches()) {
            throw invalid(
                    text,
                    part.isEmpty()
                            ? "its " + name + " is empty"
                            : "its " + name + " \"" + part + "\" has characters other than letters, digits, - and _");
        }
        return part;
    }

    private static String version(String text, String part) {
        if (!part.equals(LATEST) && !SEMANTIC_VERSION.matcher(part).matches()) {
            throw invalid(
                    text, "its version \"" + part + "\" is neither a semantic version such as 1.0.0 nor " + LATEST);
        }
        return part;
    }

    private static IllegalArgumentException invalid(String text, String why) {
        return new IllegalArgumentException(Printable.escape("Not an SRN: \"" + text + "\": " + why
                + ". Write <org>:<model>:<slug>:<version> or <org>:<model>:<slug>:<version>:<identifier>."));
    }

    private static Pattern semanticVersion() {
        String number = "(?:0|[1-9][0-9]*)";
        String preRelease = "(?:" + number + "|[0-9]*[A-Za-z-][0-9A-Za-z-]*)";
        String build = "[0-9A-Za-z-]+";
        return Pattern.compile(number + "\\." + number + "\\." + number //
                + "(?:-" + preRelease + "(?:\\." + preRelease + ")*)?" //
                + "(?:\\+" + build + "(?:\\." + build + ")*)?");
    }

    /**
     * Whose resource it is.
     *
     * @return the first part
     */
    public String org() {
        return org;
    }

    /**
     * What sort of resource it is.
     *
     * @return the second part, for instance {@code access_target}
     */
    public String model() {
        return model;
    }

    /**
     * Which of that sort it is.
     *
     * @return the third part
     */
    public String slug() {
        return slug;
    }

    /**
     * Which version of it.
     *
     * @return a semantic version, or {@code latest}
     */
    public String version() {
        return version;
    }

    /**
     * Which one of several with the same slug and version.
     *
     * @return the fifth part, usually a UUID; empty if there is none
     */
    public Optional<String> identifier() {
        return Optional.ofNullable(identifier);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Srn that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The name as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
