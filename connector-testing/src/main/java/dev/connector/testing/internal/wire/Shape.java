package dev.connector.testing.internal.wire;

import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * A request class of the SDK, as something that can be filled from the wire.
 *
 * @param <T> the class
 */
public final class Shape<T> {

    private final Supplier<? extends SdkPojo> builder;

    private Shape(Supplier<? extends SdkPojo> builder) {
        this.builder = builder;
    }

    /** The shape that this builder builds, such as {@code Shape.of(GetUserRequest::builder)}. */
    public static <T, B extends SdkPojo & SdkBuilder<?, T>> Shape<T> of(Supplier<B> builder) {
        return new Shape<>(builder);
    }

    SdkPojo newBuilder() {
        return builder.get();
    }

    @SuppressWarnings("unchecked") // of() has seen that the builder builds a T
    T build(SdkPojo filled) {
        return (T) ((SdkBuilder<?, ?>) filled).build();
    }
}
