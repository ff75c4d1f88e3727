package dev.connector.core.strategy;

import dev.connector.core.internal.Names;
import java.util.Objects;
import java.util.function.Function;

/**
 * A type of target: its name, its class, and how to read one back from a {@link TargetSnapshot}.
 *
 * <p>Immutable; equal to another of the same name and class.
 *
 * @param <T> the class of its targets
 */
public final class TargetType<T extends AccessTarget> {

    private static final TargetType<AccessTarget> ANY = new TargetType<>("*", AccessTarget.class, target -> target);

    private final String name;
    private final Class<T> targetClass;
    private final Function<TargetSnapshot, T> reader;

    private TargetType(String name, Class<T> targetClass, Function<TargetSnapshot, T> reader) {
        this.name = Objects.requireNonNull(name, "name");
        this.targetClass = Objects.requireNonNull(targetClass, "targetClass");
        this.reader = Objects.requireNonNull(reader, "reader");
    }

    /**
     * A type of target.
     *
     * @param <T> the class of its targets
     * @param name the name that its targets answer to {@link AccessTarget#type()}
     * @param targetClass the class of its targets
     * @param reader makes a target of its snapshot; throws {@link IllegalArgumentException} if a setting is missing or wrong
     * @return the type
     * @throws IllegalArgumentException if no target can have such a type: it is blank, longer than 1,024 characters, or holds control, format or line characters
     */
    public static <T extends AccessTarget> TargetType<T> of(
            String name, Class<T> targetClass, Function<TargetSnapshot, T> reader) {
        Names.require("name of the type", name);
        return new TargetType<>(name, targetClass, reader);
    }

    /**
     * Every type: its targets stay snapshots when they are read back.
     *
     * @return the type of {@link StrategyRouter}
     */
    public static TargetType<AccessTarget> any() {
        return ANY;
    }

    /**
     * The name.
     *
     * @return for instance {@code aws_iam_group}; {@code *} for {@link #any()}
     */
    public String name() {
        return name;
    }

    /**
     * Whether a target is of this type by name.
     *
     * @param target any target
     * @return whether its type has this name, or this is {@link #any()}
     */
    public boolean includes(AccessTarget target) {
        return this.equals(ANY) || name.equals(target.type());
    }

    /**
     * The target as this type's class, read back if it is a snapshot.
     *
     * @param target a target of this type
     * @return the target
     * @throws IllegalArgumentException if it is of another type or class, or its settings are wrong
     */
    public T read(AccessTarget target) {
        if (!includes(target)) {
            throw new IllegalArgumentException(
                    "The target " + TargetSnapshot.of(target).excerpt() + " is not of the type " + name + ".");
        }
        if (targetClass.isInstance(target)) {
            return targetClass.cast(target);
        }
        if (target instanceof TargetSnapshot snapshot) {
            return reader.apply(snapshot);
        }
        throw new IllegalArgumentException("The target "
                + TargetSnapshot.of(target).excerpt() + " is a "
                + target.getClass().getName() + ", but the type " + name + " has targets of " + targetClass.getName()
                + ".");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TargetType<?> type && name.equals(type.name) && targetClass.equals(type.targetClass);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
