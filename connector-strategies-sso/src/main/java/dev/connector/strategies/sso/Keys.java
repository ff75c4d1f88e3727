package dev.connector.strategies.sso;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The changes of each assignment, in their order: only the first of them is acted on. Not thread-safe. */
final class Keys {

    private final Map<AssignmentKey, List<Job>> jobs = new HashMap<>();

    /** Puts a change behind those of the same assignment; says whether it is the first. */
    boolean add(Job job) {
        List<Job> same = jobs.computeIfAbsent(job.key(), key -> new ArrayList<>(1));
        same.add(job);
        return same.size() == 1;
    }

    /** Takes a change away; the answer is the one whose turn it is because of that. */
    @Nullable
    Job remove(Job job) {
        List<Job> same = of(job.key());
        boolean wasFirst = !same.isEmpty() && same.get(0) == job;
        same.remove(job);
        if (same.isEmpty()) {
            jobs.remove(job.key());
            return null;
        }
        return wasFirst ? same.get(0) : null;
    }

    /** The changes of an assignment, in their order. */
    List<Job> of(AssignmentKey key) {
        return jobs.getOrDefault(key, List.of());
    }

    /** The same change, if it is here. */
    @Nullable
    Job find(AssignmentChange change) {
        for (Job job : of(change.key())) {
            if (job.isSameAs(change)) {
                return job;
            }
        }
        return null;
    }

    /** Whether the assignment is to be taken away after this change. */
    boolean isRevokedAfter(Job job) {
        List<Job> same = of(job.key());
        return same.subList(same.indexOf(job) + 1, same.size()).stream().anyMatch(later -> !later.isGrant());
    }
}
