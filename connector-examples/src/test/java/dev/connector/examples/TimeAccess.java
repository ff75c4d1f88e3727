package dev.connector.examples;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Which calls read the machine's clock, sleep, or wait for a limited time. */
final class TimeAccess {

    private static final Set<String> CALLS = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.Object.wait",
            "java.lang.Thread.sleep",
            "java.time.InstantSource.system",
            "java.util.Calendar.getInstance",
            "java.util.Date.<init>",
            "java.util.Timer.<init>",
            "java.util.concurrent.TimeUnit.sleep",
            "java.util.concurrent.TimeUnit.timedJoin",
            "java.util.concurrent.TimeUnit.timedWait");

    private TimeAccess() {}

    static boolean isForbidden(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getName();
        List<String> parameters = parameters(access);
        return CALLS.contains(owner + "." + name)
                || (owner.startsWith("java.time.") && name.equals("now"))
                || (owner.equals("java.time.Clock") && (name.startsWith("system") || name.startsWith("tick")))
                || (owner.equals("java.lang.Thread") && name.equals("join") && !parameters.isEmpty())
                || (owner.equals("java.util.concurrent.locks.LockSupport") && name.startsWith("park"))
                || name.equals("awaitNanos")
                || name.equals("awaitUntil")
                || isTimed(owner, name, parameters);
    }

    private static boolean isTimed(String owner, String name, List<String> parameters) {
        return owner.startsWith("java.util.concurrent.")
                && parameters.contains(TimeUnit.class.getName())
                && !name.equals("convert");
    }

    static List<String> parameters(JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitAccessTarget target
                ? target.getRawParameterTypes().stream().map(JavaClass::getName).toList()
                : List.of();
    }
}
