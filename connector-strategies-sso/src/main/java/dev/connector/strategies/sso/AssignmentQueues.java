package dev.connector.strategies.sso;

import dev.connector.core.ConnectorClock;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The queues of this JVM. AWS counts what is asked of an Identity Center instance whoever asks, so all strategies on one instance and one clock share a queue, also
 * where they know nothing of each other. The one place of the library with state that all share.
 *
 * <p>A queue is forgotten when no strategy holds it any more. Thread-safe.
 */
final class AssignmentQueues {

    private static final ConcurrentMap<String, List<WeakReference<AssignmentQueue>>> BY_INSTANCE =
            new ConcurrentHashMap<>();

    private AssignmentQueues() {}

    /**
     * The queue of an instance, made if need be.
     *
     * @param instanceArn the Identity Center instance
     * @param clock the clock, compared by identity: another clock is another queue
     * @param limits what the queue keeps to from now on, where it does not keep to lower ones already
     * @return the queue, to be held for as long as it may be used
     */
    static AssignmentQueue of(String instanceArn, ConnectorClock clock, AssignmentLimits limits) {
        AssignmentQueue fresh = new AssignmentQueue(clock, limits);
        List<AssignmentQueue> found = new ArrayList<>(1);
        BY_INSTANCE.compute(instanceArn, (arn, before) -> {
            List<WeakReference<AssignmentQueue>> queues = before == null ? new ArrayList<>(1) : before;
            queues.removeIf(queue -> queue.refersTo(null));
            queues.stream()
                    .map(WeakReference::get)
                    .filter(queue -> queue != null && queue.clock() == clock)
                    .forEach(found::add);
            if (found.isEmpty()) {
                queues.add(new WeakReference<>(fresh));
                found.add(fresh);
            }
            return queues;
        });
        AssignmentQueue queue = found.get(0);
        queue.limit(limits);
        return queue;
    }
}
