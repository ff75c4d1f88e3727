package dev.connector.core.internal;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.immutables.value.Value;
import org.immutables.value.Value.Style.BuilderVisibility;
import org.immutables.value.Value.Style.ImplementationVisibility;

/** The one style of all values: an abstract class in public, its generated implementation package-private. */
@Target({ElementType.PACKAGE, ElementType.TYPE})
@Retention(RetentionPolicy.SOURCE)
@Value.Style(
        visibility = ImplementationVisibility.PACKAGE,
        overshadowImplementation = true,
        builderVisibility = BuilderVisibility.PACKAGE,
        jdkOnly = true,
        get = "*",
        redactedMask = "***",
        defaults = @Value.Immutable(copy = false),
        allowedClasspathAnnotations = javax.annotation.processing.Generated.class)
public @interface ValueStyle {

    /**
     * The same style for a value that has a builder of its own, or none. {@code @Value.Immutable(builder = false)} on the value would say it in
     * fewer words, but stays in the class file, where a compiler that does not know Immutables warns of it: that of every user.
     */
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.SOURCE)
    @Value.Style(
            visibility = ImplementationVisibility.PACKAGE,
            overshadowImplementation = true,
            jdkOnly = true,
            get = "*",
            redactedMask = "***",
            defaults = @Value.Immutable(copy = false, builder = false),
            allowedClasspathAnnotations = javax.annotation.processing.Generated.class)
    @interface WithoutBuilder {}
}
