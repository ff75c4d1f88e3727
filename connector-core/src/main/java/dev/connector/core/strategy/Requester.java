package dev.connector.core.strategy;

import dev.connector.core.internal.Names;
import dev.connector.core.internal.ValueStyle;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * The person who is to have access.
 *
 * <p>Immutable. Its {@code toString()} prints the user name alone, escaped.
 */
@ValueStyle
@Value.Immutable
public abstract class Requester {

    Requester() {}

    /**
     * A requester of whom only the user name is known.
     *
     * @param username the user name, usually an e-mail address
     * @return the requester
     * @throws IllegalArgumentException if the name is blank, not in Unicode's normal form C, or holds control, format or line characters
     */
    public static Requester of(String username) {
        return builder(username).build();
    }

    /**
     * Starts from the user name.
     *
     * @param username the user name, usually an e-mail address
     * @return a builder
     */
    public static Builder builder(String username) {
        Builder builder = new Builder();
        builder.username(username);
        return builder;
    }

    /**
     * The user name, usually an e-mail address.
     *
     * @return not blank, at most 1,024 characters, in Unicode's normal form C, without control, format or line characters
     */
    public abstract String username();

    /**
     * The name for people to read.
     *
     * @return any text of at most 1,024 characters, or empty if unknown
     */
    public abstract Optional<String> name();

    /**
     * The user's resource name in the caller's own system.
     *
     * @return the name, or empty if the caller has none
     */
    public abstract Optional<Srn> srn();

    /**
     * Where the requester was seen, for instance {@code {"service": "slack", "user_id": "U0123456789"}}; for events and the caller's own use.
     *
     * @return what the caller gave, at most 8,192 characters in all, in the keys no control, format or line characters; no secret belongs here
     */
    public abstract Map<String, String> identity();

    @Value.Check
    void check() {
        Names.require("username of the requester", username());
        Limits.requireShortText("name of the requester", name());
        Limits.requireTexts("identity of the requester", identity());
    }

    @Override
    public String toString() {
        return username();
    }

    /** Collects the parts; not thread-safe. */
    public static final class Builder extends ImmutableRequester.Builder {
        Builder() {}
    }
}
