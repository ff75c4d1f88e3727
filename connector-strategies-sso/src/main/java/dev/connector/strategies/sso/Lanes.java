package dev.connector.strategies.sso;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Changes that wait for a slot and a call, and calls that wait for themselves, each lane in order of arrival. Not thread-safe. */
final class Lanes {

    private final Map<Lane, Queue> queues = new EnumMap<>(Lane.class);

    Lanes() {
        for (Lane lane : Lane.values()) {
            queues.put(lane, new Queue());
        }
    }

    void add(Job job) {
        queue(job.lane).jobs.put(job.arrival(), job);
    }

    void remove(Job job) {
        queue(job.lane).jobs.remove(job.arrival());
    }

    void add(Turn turn) {
        queue(turn.lane()).turns.add(turn);
    }

    void remove(Turn turn) {
        queue(turn.lane()).turns.remove(turn);
    }

    /** The change that came first. */
    @Nullable
    Job firstJob(Lane lane) {
        Map.Entry<Long, Job> first = queue(lane).jobs.firstEntry();
        return first == null ? null : first.getValue();
    }

    /** The call that came first. */
    @Nullable
    Turn firstTurn(Lane lane) {
        Set<Turn> turns = queue(lane).turns;
        return turns.isEmpty() ? null : turns.iterator().next();
    }

    boolean hasJobs(Direction direction) {
        return direction == Direction.GRANT
                ? !queue(Lane.GRANT).jobs.isEmpty()
                : !queue(Lane.URGENT_REVOCATION).jobs.isEmpty()
                        || !queue(Lane.SCHEDULED_REVOCATION).jobs.isEmpty();
    }

    boolean isEmpty() {
        return queues.values().stream().allMatch(queue -> queue.jobs.isEmpty() && queue.turns.isEmpty());
    }

    /** How many changes are before one that is added to the end of a lane. */
    int jobsUpTo(Lane lane) {
        int count = 0;
        for (Lane each : Lane.values()) {
            if (each.compareTo(lane) <= 0) {
                count += queue(each).jobs.size();
            }
        }
        return count;
    }

    /** All changes, in the order in which they come first if nothing else does. */
    void forEachJob(Consumer<Job> consumer) {
        for (Lane lane : Lane.values()) {
            queue(lane).jobs.values().forEach(consumer);
        }
    }

    private Queue queue(Lane lane) {
        return Objects.requireNonNull(queues.get(lane));
    }

    /** One lane. */
    private static final class Queue {

        private final NavigableMap<Long, Job> jobs = new TreeMap<>();
        private final Set<Turn> turns = new LinkedHashSet<>();
    }
}
