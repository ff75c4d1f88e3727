package dev.connector.core.strategy;

import java.util.Map;
import java.util.Optional;

/**
 * What access is given to. Open to targets of users' own strategies.
 *
 * <p>Implementations are immutable. What tells one target from another is its {@link #type()} and its {@link #settings()}; the rest is for people.
 */
public interface AccessTarget {

    /**
     * The type, which says which kind of strategy serves it.
     *
     * @return for instance {@code aws_iam_group}; at most 1,024 characters, none of them a control, format or line character
     */
    String type();

    /**
     * A short name, unique among the caller's targets.
     *
     * @return a slug; at most 1,024 characters, none of them a control, format or line character
     */
    String name();

    /**
     * A name for people to read.
     *
     * @return any text of at most 1,024 characters, or empty if there is none
     */
    default Optional<String> label() {
        return Optional.empty();
    }

    /**
     * The target's resource name in the caller's own system.
     *
     * @return the name, or empty if the caller has none
     */
    default Optional<Srn> srn() {
        return Optional.empty();
    }

    /**
     * What identifies the target, as text, for instance {@code {"iam_group": "OnCall", "iam_group_path": "/sym/"}}.
     *
     * @return all that is needed to read the target back, at most 8,192 characters in all, in the keys no control, format or line characters; no secret
     */
    Map<String, String> settings();
}
