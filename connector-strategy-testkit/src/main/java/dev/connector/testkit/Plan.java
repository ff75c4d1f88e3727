package dev.connector.testkit;

import dev.connector.testing.Fault;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with which call, counted from 1.
 *
 * @param faults faults of single calls
 * @param outage from which call on every call has this fault, until the service notices; null if none
 * @param crash at which call the process stops; null if at none
 */
record Plan(
        Map<Integer, Fault> faults,
        @Nullable Outage outage,
        @Nullable CrashPoint crash) {

    static final Plan NOTHING = new Plan(Map.of(), null, null);

    Plan {
        faults = Map.copyOf(faults);
    }

    static Plan fault(int call, Fault fault) {
        return new Plan(Map.of(call, fault), null, null);
    }

    static Plan outage(int call, Fault fault) {
        return new Plan(Map.of(), new Outage(call, fault), null);
    }

    static Plan crash(int call, boolean afterwards) {
        return new Plan(Map.of(), null, new CrashPoint(call, afterwards));
    }

    Plan and(int call, Fault fault) {
        Map<Integer, Fault> both = new TreeMap<>(faults);
        both.put(call, fault);
        return new Plan(both, outage, crash);
    }

    Optional<Fault> faultOf(int call) {
        Fault fault = faults.get(call);
        if (fault == null && outage != null && call >= outage.from()) {
            fault = outage.fault();
        }
        return Optional.ofNullable(fault);
    }

    boolean crashesBefore(int call) {
        return crash != null && !crash.afterwards() && crash.call() == call;
    }

    boolean crashesAfter(int call) {
        return crash != null && crash.afterwards() && crash.call() == call;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(faults).forEach((call, fault) -> text.append(", call " + call + " " + fault));
        if (outage != null) {
            text.append(", from call " + outage.from() + " on " + outage.fault());
        }
        if (crash != null) {
            text.append(", crash " + (crash.afterwards() ? "after" : "before") + " call " + crash.call());
        }
        return text.isEmpty() ? "no fault" : text.substring(2);
    }

    /** Calls go wrong from one on. */
    record Outage(int from, Fault fault) {}

    /** The process stops before a call is sent, or after it took effect. */
    record CrashPoint(int call, boolean afterwards) {}
}
