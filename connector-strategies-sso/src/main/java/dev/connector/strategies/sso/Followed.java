package dev.connector.strategies.sso;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The changes of one direction whose statuses are read, and those that are looked for. Not thread-safe. */
final class Followed {

    private final Map<String, Job> byRequestId = new LinkedHashMap<>();
    private final Set<Job> lost = new LinkedHashSet<>();

    /** Those that the present look is for; empty if none is under way. */
    private final Set<Job> lookedFor = new LinkedHashSet<>();

    /** Changes in progress that are none of ours, whose keys the present look has yet to read. */
    private final Set<String> strangers = new LinkedHashSet<>();

    private boolean knowsAllStrangers;

    void follow(String requestId, Job job) {
        byRequestId.put(requestId, job);
    }

    void lose(Job job) {
        lost.add(job);
    }

    void forget(Job job) {
        lost.remove(job);
        lookedFor.remove(job);
        if (job.requestId != null) {
            byRequestId.remove(job.requestId, job);
        }
    }

    @Nullable
    Job of(String requestId) {
        return byRequestId.get(requestId);
    }

    Collection<Job> jobs() {
        return byRequestId.values();
    }

    boolean isEmpty() {
        return byRequestId.isEmpty();
    }

    /** Those of which nothing was seen since then, the longest unseen first. */
    List<Job> unseenSince(long time, int most) {
        return byRequestId.values().stream()
                .filter(job -> job.seenAt <= time && !job.failed)
                .sorted(Comparator.comparingLong(job -> job.seenAt))
                .limit(most)
                .toList();
    }

    boolean hasUnseenSince(long time) {
        return byRequestId.values().stream().anyMatch(job -> job.seenAt <= time && !job.failed);
    }

    /** When the next look is due. */
    long lookAt() {
        long at = Long.MAX_VALUE;
        for (Job job : lost) {
            at = Math.min(at, job.lookAt);
        }
        return at;
    }

    List<Job> lost() {
        return new ArrayList<>(lost);
    }

    void beginLook(long now) {
        strangers.clear();
        knowsAllStrangers = false;
        lookedFor.clear();
        lost.stream().filter(job -> job.lookAt <= now).forEach(lookedFor::add);
    }

    boolean isLooking() {
        return !lookedFor.isEmpty();
    }

    void sawStranger(String requestId) {
        strangers.add(requestId);
    }

    void sawAllStrangers() {
        knowsAllStrangers = true;
    }

    boolean isThrough() {
        return isLooking() && knowsAllStrangers && strangers.isEmpty();
    }

    Set<String> strangers() {
        return strangers;
    }

    /** Says whose change it is that was read, if somebody looks for it. */
    @Nullable
    Job owner(RequestStatus stranger) {
        strangers.remove(stranger.requestId());
        for (Job job : lookedFor) {
            if (job.key().equals(stranger.key())) {
                return job;
            }
        }
        return null;
    }

    /** Ends the look; the answer is whom it did not find. */
    List<Job> endLook() {
        List<Job> notFound = List.copyOf(lookedFor);
        lookedFor.clear();
        strangers.clear();
        return notFound;
    }
}
