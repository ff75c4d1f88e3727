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
public @interface ValueStyle {}
