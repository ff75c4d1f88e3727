package dev.connector.core.strategy;

import dev.connector.core.internal.ValueStyle;
import java.util.Optional;
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
     * @return for instance {@code slack}
     */
    public abstract Optional<String> channel();

    /** Collects the parts; not thread-safe. */
    public static final class Builder extends ImmutableRunContext.Builder {
        Builder() {}
    }
}
