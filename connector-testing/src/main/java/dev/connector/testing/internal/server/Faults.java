package dev.connector.testing.internal.server;

import dev.connector.testing.Fault;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The faults that a test has asked for and that have not happened yet. Not thread-safe. */
final class Faults {

    private final List<Pending> pending = new ArrayList<>();

    /** Of the calls of one operation, or of all calls where that is null, the nth from now on. */
    void add(@Nullable String operation, int nth, Fault fault) {
        pending.add(new Pending(operation, nth, fault));
    }

    /** Counts a call. Of two faults that are due the earlier one happens, and the other to the next call. */
    @Nullable
    Fault next(String service, String operation) {
        Fault due = null;
        for (Iterator<Pending> each = pending.iterator(); each.hasNext(); ) {
            Pending candidate = each.next();
            if (candidate.counts(service, operation) && candidate.isDue() && due == null) {
                due = candidate.fault;
                each.remove();
            }
        }
        return due;
    }

    private static final class Pending {
        private final @Nullable String operation;
        private final Fault fault;
        private int callsToGo;

        Pending(@Nullable String operation, int nth, Fault fault) {
            this.operation = operation;
            this.callsToGo = nth;
            this.fault = fault;
        }

        boolean counts(String service, String called) {
            boolean counts = operation == null || operation.equals(called) || operation.equals(service + ":" + called);
            if (counts) {
                callsToGo--;
            }
            return counts;
        }

        boolean isDue() {
            return callsToGo <= 0;
        }
    }
}
