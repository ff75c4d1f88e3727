package dev.connector.examples;

import com.tngtech.archunit.core.domain.JavaField;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.text.Format;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a static field holds. The declared type does not tell whether a list can change, so the value itself is looked at. */
record StaticValue(@Nullable Object value) {

    static StaticValue of(JavaField field) {
        try {
            Field reflected = field.reflect();
            reflected.setAccessible(true);
            return new StaticValue(reflected.get(null));
        } catch (IllegalAccessException notReadable) {
            throw new AssertionError(field.getFullName(), notReadable);
        }
    }

    boolean canChange(String root) {
        if (value == null || value instanceof Enum<?>) {
            return value != null && hasFieldThatChanges(value.getClass(), root);
        }
        Class<?> type = value.getClass();
        if (type.isArray()) {
            return Array.getLength(value) > 0;
        }
        if (value instanceof Collection<?> || value instanceof Map<?, ?>) {
            return !isUnmodifiable(type);
        }
        return type.getName().startsWith("java.util.concurrent.")
                || Stream.of(
                                StringBuilder.class,
                                StringBuffer.class,
                                ThreadLocal.class,
                                Date.class,
                                Calendar.class,
                                Random.class,
                                Format.class)
                        .anyMatch(mutable -> mutable.isInstance(value))
                || hasFieldThatChanges(type, root);
    }

    private static boolean isUnmodifiable(Class<?> type) {
        return type.getName().startsWith("java.util.ImmutableCollections$")
                || type.getName().startsWith("java.util.Collections$Unmodifiable")
                || type.getName().startsWith("java.util.Collections$Empty");
    }

    private static boolean hasFieldThatChanges(Class<?> type, String root) {
        return Stream.<Class<?>>iterate(type, each -> each != null, Class::getSuperclass)
                .filter(each -> each.getName().startsWith(root + "."))
                .flatMap(each -> Arrays.stream(each.getDeclaredFields()))
                .anyMatch(field -> !Modifier.isStatic(field.getModifiers()) && !Modifier.isFinal(field.getModifiers()));
    }
}
