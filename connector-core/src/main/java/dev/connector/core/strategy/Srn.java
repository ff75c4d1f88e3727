package dev.connector.core.strategy;

import dev.connector.core.internal.Printable;
import dev.connector.core.internal.ValueStyle;
import java.util.Optional;
import java.util.regex.Pattern;
import org.immutables.value.Value;

/**
 * A resource name: {@code <org>:<model>:<slug>:<version>[:<identifier>]}, for instance {@code sym:run:lambda_access:1.0.0:ff30a212-24d9-459c-8784-de275042b083}.
 *
 * <p>Immutable.
 */
@ValueStyle
@Value.Immutable
public abstract class Srn {

    private static final int MAX_CHARACTERS = 512;
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern VERSION = Pattern.compile("latest"
            + "|(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)"
            + "(-(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(\\.(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*)?"
            + "(\\+[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?");

    Srn() {}

    /**
     * Reads a resource name.
     *
     * @param text the name
     * @return the name in its parts
     * @throws IllegalArgumentException if it is not one; the message names the part that is wrong
     */
    public static Srn parse(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException("A resource name has at most " + MAX_CHARACTERS
                    + " characters; this one has " + text.length() + ".");
        }
        String[] parts = text.split(":", -1);
        if (parts.length < 4 || parts.length > 5) {
            throw new IllegalArgumentException(
                    "A resource name has the form <org>:<model>:<slug>:<version>[:<identifier>], but \""
                            + Printable.escape(text) + "\" has " + parts.length + " parts.");
        }
        return ImmutableSrn.builder()
                .org(part("org", parts[0], WORD, text))
                .model(part("model", parts[1], WORD, text))
                .slug(part("slug", parts[2], WORD, text))
                .version(part("version", parts[3], VERSION, text))
                .identifier(
                        parts.length == 5 ? Optional.of(part("identifier", parts[4], WORD, text)) : Optional.empty())
                .build();
    }

    private static String part(String name, String value, Pattern form, String text) {
        if (!form.matcher(value).matches()) {
            String rule = form.equals(VERSION)
                    ? "must be a semantic version or \"latest\""
                    : "must be of letters, digits, - and _, and not empty";
            throw new IllegalArgumentException(
                    "The " + name + " of the resource name \"" + Printable.escape(text) + "\" " + rule + ".");
        }
        return value;
    }

    /**
     * The organization.
     *
     * @return letters, digits, {@code -} and {@code _}
     */
    public abstract String org();

    /**
     * The kind of resource.
     *
     * @return for instance {@code run}; letters, digits, {@code -} and {@code _}
     */
    public abstract String model();

    /**
     * The resource's short name.
     *
     * @return letters, digits, {@code -} and {@code _}
     */
    public abstract String slug();

    /**
     * The version.
     *
     * @return a semantic version, or {@code latest}
     */
    public abstract String version();

    /**
     * What tells resources of one short name apart.
     *
     * @return usually a UUID; letters, digits, {@code -} and {@code _}; empty if there is none
     */
    public abstract Optional<String> identifier();

    /**
     * The name, as it was read.
     *
     * @return the parts, with {@code :} between them
     */
    @Override
    public String toString() {
        return org() + ":" + model() + ":" + slug() + ":" + version()
                + identifier().map(id -> ":" + id).orElse("");
    }
}
