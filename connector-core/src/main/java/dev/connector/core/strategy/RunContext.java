package dev.connector.core.strategy;

import dev.connector.core.internal.Printable;
import dev.connector.core.internal.ValueStyle;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.immutables.value.Value;

/**
 * Where a request comes from in the caller's own system; it stands in events and is otherwise not looked at.
 *
 * <p>Immutable. Every part is empty if the caller has none.
 */
@ValueStyle
@Value.Immutable
public abstract class RunContext {

    RunContext() {}

    /**
     * Starts with nothing.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The run.
     *
     * @return its resource name
     */
    public abstract Optional<Srn> srn();

    /**
     * The run that started this one.
     *
     * @return its resource name
     */
    public abstract Optional<Srn> parent();

    /**
     * The flow that the run is of.
     *
     * @return its resource name
     */
    public abstract Optional<Srn> flow();

    /**
     * The template of the flow.
     *
     * @return its resource name
     */
    public abstract Optional<Srn> template();

    /**
     * Where the request was made.
     *
     * @return for instance {@code slack}, at most 1,024 characters
     */
    public abstract Optional<String> channel();

    @Value.Check
    void check() {
        Limits.requireShortText("channel of the run", channel());
    }

    @Override
    public String toString() {
        return "RunContext"
                + Stream.of(
                                part("srn", srn()),
                                part("parent", parent()),
                                part("flow", flow()),
                                part("template", template()),
                                part("channel", channel()))
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    private static Optional<String> part(String name, Optional<?> value) {
        return value.map(present -> name + "=" + Printable.escape(present.toString()));
    }

    /** Collects the parts; not thread-safe. */
    public static final class Builder extends ImmutableRunContext.Builder {
        Builder() {}
    }
}
