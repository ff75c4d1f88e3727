package dev.connector.core.strategy;

import dev.connector.core.internal.Names;
import dev.connector.core.internal.Printable;
import dev.connector.core.internal.ValueStyle;
import java.util.Map;
import java.util.Optional;
import org.immutables.value.Value;

/**
 * A target as a grant keeps it: its five parts as text, whatever class it came from. {@link TargetType#read} makes it that class again.
 *
 * <p>Immutable.
 */
@ValueStyle
@Value.Immutable
public abstract class TargetSnapshot implements AccessTarget {

    TargetSnapshot() {}

    /**
     * Takes the parts of a target.
     *
     * @param target any target
     * @return its snapshot; the target itself if it is one
     * @throws IllegalArgumentException if the type or the name is blank or holds control, format or line characters, or a part is too long
     */
    public static TargetSnapshot of(AccessTarget target) {
        if (target instanceof TargetSnapshot snapshot) {
            return snapshot;
        }
        return builder(target.type(), target.name())
                .label(target.label())
                .srn(target.srn())
                .settings(target.settings())
                .build();
    }

    /**
     * Starts from the two parts that every target has.
     *
     * @param type the type
     * @param name the short name
     * @return a builder
     */
    public static Builder builder(String type, String name) {
        Builder builder = new Builder();
        builder.type(type);
        builder.name(name);
        return builder;
    }

    @Override
    public abstract String type();

    @Override
    public abstract String name();

    @Override
    public abstract Optional<String> label();

    @Override
    public abstract Optional<Srn> srn();

    @Override
    public abstract Map<String, String> settings();

    /**
     * One setting that the target cannot do without.
     *
     * @param key for instance {@code iam_group}
     * @return its value
     * @throws IllegalArgumentException if it is missing
     */
    public String requireSetting(String key) {
        String value = settings().get(key);
        if (value == null) {
            throw new IllegalArgumentException(
                    "The target " + excerpt() + " lacks the setting " + Printable.excerpt(key) + ".");
        }
        return value;
    }

    /** What a message says of it, which must not become as long as the settings may be. */
    String excerpt() {
        return Printable.excerpt(type() + settings());
    }

    @Value.Check
    void check() {
        Names.require("type of the target", type());
        Names.require("name of the target", name());
        Limits.requireShortText("label of the target", label());
        Limits.requireTexts("settings of the target", settings());
    }

    @Override
    public String toString() {
        return Printable.escape(type() + settings());
    }

    /** Collects the parts; not thread-safe. */
    public static final class Builder extends ImmutableTargetSnapshot.Builder {
        Builder() {}
    }
}
