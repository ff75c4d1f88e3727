package dev.connector.strategies.sso;

import dev.connector.core.AwsFailure;
import dev.connector.core.ConnectorException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which statuses are read, and when: of everything that AWS works on together, by the list of the newest. What that does not show is looked up among those in
 * progress, and what these do not show either, by itself. A change whose answer was lost is looked for among those in progress that are none of ours.
 *
 * <p>One read at a time. Times are nanoseconds since the scheduler began. Not thread-safe.
 */
final class StatusReads {

    /** How often the list is read. Shorter, it costs more calls for each change; longer, a slot is free for longer before anybody knows. */
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(330);

    /** How long the list need not show a change before anything else is asked. */
    private static final long UNSEEN = TimeUnit.SECONDS.toNanos(2);

    /** How long AWS may not know a status that it has just handed out. */
    private static final long YOUNG = TimeUnit.SECONDS.toNanos(30);

    /** How long after a lost answer its change is looked for: it may be on its way. */
    private static final long LOOK_AFTER = TimeUnit.SECONDS.toNanos(1);

    /** How many statuses are read by themselves in a row, so that the list and the changes that wait get their turn. */
    private static final int SINGLES = 4;

    private static final long DENIED_FOR = TimeUnit.MINUTES.toNanos(1);
    private static final long FIRST_BACKOFF = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int LONGEST_BACKOFF = 4;

    private final Sightings sightings;
    private final Map<Direction, Followed> followed = new EnumMap<>(Direction.class);
    private final Deque<Read> due = new ArrayDeque<>();

    /** Whose session may not list. */
    private final Map<AssignmentCalls, Refusal> cannotList = new HashMap<>();

    private @Nullable Read underWay;
    private long pollAt;
    private long restUntil;
    private int failures;

    /** Why somebody may not list, and until when nobody tries. */
    private record Refusal(AwsFailure failure, long until) {}

    StatusReads(Sightings sightings) {
        this.sightings = sightings;
        for (Direction direction : Direction.values()) {
            followed.put(direction, new Followed());
        }
    }

    /** AWS has just accepted a change. */
    void follow(Job job, String requestId, long now) {
        if (hasNothingToFollow()) {
            pollAt = Math.max(pollAt, now + INTERVAL);
        }
        job.seenAt = now;
        of(job).follow(requestId, job);
    }

    /** Whether a change with this id is followed. */
    boolean isFollowed(Direction direction, String requestId) {
        return of(direction).of(requestId) != null;
    }

    /** AWS accepted a change some time ago, as somebody says: it is read by itself once, since no list tells whose it is. */
    void takeUp(Job job, String requestId, long now) {
        job.unverified = true;
        job.seenAt = now - UNSEEN;
        of(job).follow(requestId, job);
    }

    /** A change may be anywhere. */
    void look(Job job, long now) {
        job.lookAt = now + LOOK_AFTER;
        of(job).lose(job);
    }

    /** A change may be in progress, if it was ever sent. */
    void lookNow(Job job, long now) {
        job.lookAt = now;
        of(job).lose(job);
    }

    void forget(Job job) {
        of(job).forget(job);
    }

    /** Somebody asks what became of a change: what was denied a while ago may be allowed now. */
    void askAnew(AssignmentCalls calls) {
        cannotList.remove(calls);
    }

    /** Somebody waits again for a change that nobody could look for. */
    void askAnewFor(Job job, long now) {
        job.lookAt = Math.min(job.lookAt, now + LOOK_AFTER);
        job.seenAt = Math.min(job.seenAt, now);
    }

    /**
     * The read to make now.
     *
     * @param callers everybody who waits; their sessions read what nobody waits for any more
     * @return {@code null} if there is none, or one is under way
     */
    @Nullable
    Read next(long now, Collection<Ticket> callers) {
        if (underWay != null || callers.isEmpty() || now < restUntil) {
            return null;
        }
        if (due.isEmpty()) {
            plan(now, callers);
        }
        underWay = due.poll();
        return underWay;
    }

    /** When there is something to read again. */
    long wakeAt() {
        if (underWay != null) {
            return Long.MAX_VALUE;
        }
        if (!due.isEmpty()) {
            return restUntil;
        }
        long at = hasNothingToFollow() ? Long.MAX_VALUE : pollAt;
        for (Followed each : followed.values()) {
            at = Math.min(at, each.lookAt());
        }
        return Math.max(at, restUntil);
    }

    private boolean hasNothingToFollow() {
        return followed.values().stream().allMatch(Followed::isEmpty);
    }

    private void plan(long now, Collection<Ticket> callers) {
        boolean poll = now >= pollAt;
        if (poll) {
            pollAt = now + INTERVAL;
        }
        for (Direction direction : Direction.values()) {
            Followed these = of(direction);
            AssignmentCalls lister = lister(these, callers, now);
            if (poll && !these.isEmpty()) {
                if (lister == null) {
                    readSingly(direction, these.unseenSince(now, SINGLES), callers);
                } else {
                    due.add(Read.newest(direction, lister));
                }
            }
            if (these.lookAt() <= now) {
                planLook(direction, lister, now);
            }
        }
    }

    private void planLook(Direction direction, @Nullable AssignmentCalls lister, long now) {
        if (lister != null) {
            of(direction).beginLook(now);
            due.add(Read.inProgress(direction, lister, null));
        } else {
            of(direction).lost().forEach(job -> mayNotLookFor(job, refusalOf(job), now));
        }
    }

    /** Where nobody who waits may list: why whoever waits for this change may not. */
    private AwsFailure refusalOf(Job job) {
        AssignmentCalls barred = job.isAbandoned()
                ? cannotList.keySet().iterator().next()
                : job.tickets().get(0).calls();
        return Objects.requireNonNull(cannotList.get(barred)).failure();
    }

    /** Those whose changes are read come first: their sessions are needed for it anyway. */
    private @Nullable AssignmentCalls lister(Followed these, Collection<Ticket> callers, long now) {
        cannotList.values().removeIf(refusal -> refusal.until() <= now);
        for (Job job : these.jobs()) {
            for (Ticket ticket : job.tickets()) {
                if (!cannotList.containsKey(ticket.calls())) {
                    return ticket.calls();
                }
            }
        }
        for (Ticket ticket : callers) {
            if (!cannotList.containsKey(ticket.calls())) {
                return ticket.calls();
            }
        }
        return null;
    }

    private void readSingly(Direction direction, List<Job> jobs, Collection<Ticket> callers) {
        for (Job job : jobs) {
            due.add(Read.one(direction, reader(job, callers), Objects.requireNonNull(job.requestId)));
        }
    }

    private static AssignmentCalls reader(Job job, Collection<Ticket> callers) {
        Collection<Ticket> readers = job.isAbandoned() ? callers : job.tickets();
        return readers.iterator().next().calls();
    }

    void listed(Read read, StatusPage page, long now, Collection<Ticket> callers) {
        succeeded();
        Followed these = of(read.direction());
        for (RequestStatus status : page.statuses()) {
            Job job = these.of(status.requestId());
            if (job != null) {
                sawInList(job, status, read.via(), now);
            } else if (read.kind() == Read.Kind.IN_PROGRESS && !status.isFinal()) {
                these.sawStranger(status.requestId());
            }
        }
        if (read.kind() == Read.Kind.NEWEST) {
            lookUpUnseen(read, these, now);
        } else if (page.nextToken() != null) {
            due.addFirst(Read.inProgress(read.direction(), read.via(), page.nextToken()));
        } else {
            sawAllInProgress(read, these, now, callers);
        }
    }

    private void sawInList(Job job, RequestStatus status, AssignmentCalls lister, long now) {
        if (!job.unverified) {
            saw(job, status, lister, now);
        }
    }

    private void lookUpUnseen(Read read, Followed these, long now) {
        boolean isPlanned = due.stream()
                .anyMatch(next -> next.kind() == Read.Kind.IN_PROGRESS && next.direction() == read.direction());
        if (!isPlanned && these.hasUnseenSince(now - UNSEEN)) {
            due.addFirst(Read.inProgress(read.direction(), read.via(), null));
        }
    }

    private void sawAllInProgress(Read read, Followed these, long now, Collection<Ticket> callers) {
        if (!callers.isEmpty()) {
            readSingly(read.direction(), these.unseenSince(now - UNSEEN, SINGLES), callers);
        }
        if (these.isLooking()) {
            these.sawAllStrangers();
            these.strangers().forEach(id -> due.add(Read.one(read.direction(), read.via(), id)));
            endLookIfThrough(these);
        }
    }

    private void endLookIfThrough(Followed these) {
        if (these.isThrough()) {
            these.endLook().forEach(sightings::foundNothing);
        }
    }

    void described(Read read, RequestStatus status, long now) {
        succeeded();
        Followed these = of(read.direction());
        Job job = these.of(read.one());
        if (job != null) {
            sawItself(job, status, now);
            return;
        }
        Job owner = these.owner(status);
        if (owner != null) {
            sightings.found(owner, status.requestId());
            saw(owner, status, null, now);
        }
        endLookIfThrough(these);
    }

    private void sawItself(Job job, RequestStatus status, long now) {
        if (job.unverified && !job.key().equals(status.key())) {
            sightings.sawNothing(job);
        } else {
            job.unverified = false;
            saw(job, status, null, now);
        }
    }

    private void saw(Job job, RequestStatus status, @Nullable AssignmentCalls listedBy, long now) {
        switch (status.state()) {
            case IN_PROGRESS -> {
                job.seenAt = now;
                sightings.sawInProgress(job);
            }
            case SUCCEEDED -> sightings.sawSuccess(job);
            case FAILED -> sawFailure(job, status, listedBy);
        }
    }

    private void sawFailure(Job job, RequestStatus status, @Nullable AssignmentCalls listedBy) {
        if (listedBy == null) {
            sightings.sawFailure(job, status.failureReason());
        } else if (!job.failed) {
            job.failed = true;
            AssignmentCalls reader =
                    job.isAbandoned() ? listedBy : job.tickets().get(0).calls();
            due.add(Read.one(job.direction(), reader, status.requestId()));
        }
    }

    private void succeeded() {
        underWay = null;
        failures = 0;
    }

    void failed(Read read, AwsFailure failure, long now) {
        underWay = null;
        switch (failure.kind()) {
            case THROTTLED -> {
                due.addFirst(read);
                backOff(now);
                sightings.readThrottled();
            }
            case INTERRUPTED -> due.addFirst(read);
            case DENIED -> denied(read, failure, now);
            case NOT_SENT -> notSent(read, failure, now);
            default -> failedForNow(read, failure, now);
        }
    }

    private void failedForNow(Read read, AwsFailure failure, long now) {
        if (read.kind() == Read.Kind.ONE && failure.hasCode("ResourceNotFoundException")) {
            sawNothing(read, now);
        } else {
            startOver(now);
            backOff(now);
        }
    }

    private void denied(Read read, AwsFailure failure, long now) {
        if (read.kind() == Read.Kind.ONE) {
            mayNotReadOne(read, failure, now);
        } else {
            mayNotList(read, failure, now);
        }
    }

    /** The library itself refuses whatever this caller would send; the others may be able to look all the same. */
    private void notSent(Read read, AwsFailure failure, long now) {
        if (((ConnectorException) failure.cause()).isRetryable()) {
            failedForNow(read, failure, now);
        } else if (read.kind() == Read.Kind.ONE && of(read.direction()).of(read.one()) != null) {
            mayNotReadOne(read, failure, now);
        } else {
            mayNotList(read, failure, now);
        }
    }

    private void mayNotList(Read read, AwsFailure failure, long now) {
        cannotList.put(read.via(), new Refusal(failure, now + DENIED_FOR));
        startOver(now);
        pollAt = now;
    }

    private void mayNotReadOne(Read read, AwsFailure failure, long now) {
        Followed these = of(read.direction());
        Job job = these.of(read.one());
        if (job == null) {
            these.endLook().forEach(lost -> mayNotLookFor(lost, failure, now));
        } else if (job.failed) {
            sightings.sawFailure(job, null);
        } else {
            job.seenAt = now + DENIED_FOR;
            sightings.mayNotRead(job, failure);
        }
    }

    private void mayNotLookFor(Job job, AwsFailure failure, long now) {
        job.lookAt = now + DENIED_FOR;
        sightings.mayNotRead(job, failure);
    }

    private void sawNothing(Read read, long now) {
        Followed these = of(read.direction());
        Job job = these.of(read.one());
        if (job == null) {
            these.strangers().remove(read.one());
            endLookIfThrough(these);
        } else if (job.failed) {
            sightings.sawFailure(job, null);
        } else if (job.change().start() != AssignmentChange.Start.FOLLOW && now - job.since < YOUNG) {
            job.seenAt = now;
        } else {
            sightings.sawNothing(job);
        }
    }

    /** What was planned no longer fits; what is lost is looked for anew. */
    private void startOver(long now) {
        due.clear();
        for (Followed each : followed.values()) {
            each.endLook().forEach(job -> job.lookAt = now);
            each.jobs().forEach(job -> job.failed = false);
        }
    }

    private void backOff(long now) {
        restUntil = now + (FIRST_BACKOFF << Math.min(failures, LONGEST_BACKOFF));
        failures++;
    }

    private Followed of(Job job) {
        return of(job.direction());
    }

    private Followed of(Direction direction) {
        return Objects.requireNonNull(followed.get(direction));
    }
}
