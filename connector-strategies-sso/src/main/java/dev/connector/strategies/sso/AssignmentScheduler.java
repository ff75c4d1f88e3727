package dev.connector.strategies.sso;

import dev.connector.core.AwsFailure;
import dev.connector.strategies.sso.AssignmentChange.Start;
import dev.connector.strategies.sso.ChangeResult.End;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is asked of one Identity Center instance, and when. It is told what has happened and answers what is to be done: it has no clock, no thread and no
 * lock, and calls nobody.
 *
 * <p>A change is sent when it is the first of its assignment and of its lane, AWS has room for it, and a call may be made. It keeps its room until AWS says that it
 * is done, also where its caller has left.
 *
 * <p>A change whose answer was lost is looked for before it is sent again. Where nobody waits for it any more it is looked for too, but not sent.
 *
 * <p>Times are nanoseconds since it began. Not thread-safe.
 */
final class AssignmentScheduler {

    private static final int MOST_ATTEMPTS = 5;
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int LONGEST_PAUSE = 4;

    /** How long a change rests that AWS called too fast. */
    private static final long RATE_PAUSE = TimeUnit.MILLISECONDS.toNanos(250);

    /** How long a grant that cannot be read keeps its end waiting: AWS itself refuses to delete what it is still creating. */
    private static final long UNREADABLE = TimeUnit.SECONDS.toNanos(30);

    /** One call in so many goes to grants first, so that many reads for revocations do not keep them from their slot. */
    private static final int GRANTS_FIRST = 10;

    private static final long TELL_INTERVAL = TimeUnit.SECONDS.toNanos(1);

    private final RequestRate rate;
    private final Slots slots;
    private final Lanes lanes = new Lanes();
    private final Keys keys = new Keys();
    private final StatusReads reads = new StatusReads(new Seen());
    private final Forecast forecast = new Forecast();
    private final Map<Ticket, Job> callers = new LinkedHashMap<>();
    private final PriorityQueue<Pause> pauses = new PriorityQueue<>();

    /** The lanes whose last call was for a change: the next one is for a caller's own call, if one waits. */
    private final Set<Lane> sentLast = EnumSet.noneOf(Lane.class);

    private AssignmentLimits limits;
    private List<Action> actions = new ArrayList<>();
    private long now;
    private long arrivals;
    private long calls;
    private int listeners;
    private long tellAt;
    private @Nullable Direction lastSent;

    /** When a change is sent again. */
    private record Pause(long until, Job job) implements Comparable<Pause> {

        @Override
        public int compareTo(Pause other) {
            return Long.compare(until, other.until);
        }
    }

    AssignmentScheduler(AssignmentLimits limits) {
        this.limits = limits;
        this.rate = new RequestRate(limits.requestsPerSecond());
        this.slots = new Slots(limits);
    }

    /** Takes limits over where they are lower. */
    void limit(AssignmentLimits others) {
        limits = limits.and(others);
        rate.lower(limits.requestsPerSecond());
        slots.set(limits);
    }

    /**
     * Takes in what has happened.
     *
     * @param event what
     * @param time when; a time before that of an earlier event is taken for that one's
     * @return what is to be done now
     */
    List<Action> on(Event event, long time) {
        now = Math.max(now, time);
        actions = new ArrayList<>(2);
        happened(event);
        endPauses();
        handOut();
        tellPositions();
        return actions;
    }

    private void happened(Event event) {
        if (event instanceof Event.Submitted submitted) {
            submitted(submitted.ticket());
        } else if (event instanceof Event.Left left) {
            left(left.ticket(), left.unsent());
        } else if (event instanceof Event.Accepted accepted) {
            accepted(accepted.job(), accepted.status());
        } else if (event instanceof Event.SendFailed failed) {
            sendFailed(failed.job(), failed.failure());
        } else if (event instanceof Event.Listed listed) {
            reads.listed(listed.read(), listed.page(), now, callers.keySet());
        } else if (event instanceof Event.Described described) {
            reads.described(described.read(), described.status(), now);
        } else if (event instanceof Event.ReadFailed failed) {
            reads.failed(failed.read(), failed.failure(), now);
        } else if (event instanceof Event.TurnAsked asked) {
            lanes.add(asked.turn());
        } else if (event instanceof Event.TurnLeft left) {
            lanes.remove(left.turn());
        } else if (event instanceof Event.CallThrottled) {
            rate.throttled(now);
        }
    }

    /** When {@link Event.TimePassed} makes a difference, if nothing else happens before; {@link Long#MAX_VALUE} if never. */
    long wakeAt() {
        boolean callIsFree = rate.isFree(now);
        long at = callers.isEmpty() ? Long.MAX_VALUE : reads.wakeAt();
        if (!lanes.isEmpty()) {
            at = Math.min(at, callIsFree ? probeAt() : rate.freeAt());
        }
        if (!callIsFree && at != Long.MAX_VALUE) {
            at = Math.max(at, rate.freeAt());
        }
        if (!pauses.isEmpty()) {
            at = Math.min(at, pauses.element().until());
        }
        return isToTell() ? Math.min(at, tellAt) : at;
    }

    private long probeAt() {
        long at = Long.MAX_VALUE;
        for (Direction direction : Direction.values()) {
            Window window = slots.window(direction);
            if (lanes.hasJobs(direction) && window.isLowered() && slots.used(direction) >= window.limit()) {
                at = Math.min(at, window.probeAt());
            }
        }
        return at;
    }

    private void submitted(Ticket ticket) {
        AssignmentChange change = ticket.change();
        if (change.start() == Start.LOOK_ONLY && isStillUnsent(change)) {
            actions.add(new Action.Finish(ticket, new ChangeResult(End.NOT_IN_PROGRESS, null, null, null)));
            return;
        }
        if (change.start() != Start.SEND) {
            reads.askAnew(ticket.calls());
        }
        Job job = keys.of(change.key()).stream()
                .filter(other -> isJoinedBy(other, change))
                .findFirst()
                .orElse(null);
        if (job == null) {
            takeOn(new Job(change, arrivals++), ticket);
        } else {
            join(job, ticket);
            raise(job, change.lane());
            reads.askAnewFor(job, now);
        }
    }

    private void join(Job job, Ticket ticket) {
        job.tickets().add(ticket);
        callers.put(ticket, job);
        listeners += ticket.isListenedTo() ? 1 : 0;
    }

    /** A caller of this very process is going to send it: there is nothing yet to be seen to its end. */
    private boolean isStillUnsent(AssignmentChange change) {
        return keys.of(change.key()).stream()
                .anyMatch(job -> job.isSameAs(change) && job.change().isToBeSent() && job.isUnsent());
    }

    private static boolean isJoinedBy(Job job, AssignmentChange change) {
        if (!job.isSameAs(change)) {
            return false;
        }
        return job.change().isToBeSent()
                ? change.isToBeSent() || !job.isUnsent()
                : !change.isToBeSent() || job.state == Job.State.ACCEPTED;
    }

    private void takeOn(Job job, Ticket ticket) {
        if (!job.isGrant()) {
            cancelGrants(job.key());
        }
        join(job, ticket);
        if (keys.add(job)) {
            begin(job);
        } else {
            keys.of(job.key()).forEach(before -> raise(before, job.lane));
        }
    }

    private void cancelGrants(AssignmentKey key) {
        for (Job job : List.copyOf(keys.of(key))) {
            if (job.isGrant() && isCancellable(job)) {
                finish(job, ofUnsent(job));
            }
        }
    }

    /** What may have been sent by another process is looked for first. */
    private static boolean isCancellable(Job job) {
        return job.isUnsent() && (job.state != Job.State.BEHIND || job.change().start() == Start.SEND);
    }

    private static ChangeResult ofUnsent(Job job) {
        return job.uncertain ? new ChangeResult(End.NOT_IN_PROGRESS, null, null, job.failure) : ChangeResult.notSent();
    }

    private void raise(Job job, Lane lane) {
        if (job.isGrant() || lane.compareTo(job.lane) >= 0) {
            return;
        }
        if (job.state == Job.State.WAITING) {
            lanes.remove(job);
            job.lane = lane;
            lanes.add(job);
        } else {
            job.lane = lane;
        }
    }

    private void begin(Job job) {
        job.since = now;
        switch (job.change().start()) {
            case SEND -> enqueue(job);
            case LOOK_THEN_SEND, LOOK_ONLY -> {
                lookFor(job);
                reads.lookNow(job, now);
            }
            case FOLLOW -> takeUp(job, Objects.requireNonNull(job.change().requestId()));
        }
    }

    /** Two changes cannot be the same request. Whose it is, nobody knows. */
    private void takeUp(Job job, String requestId) {
        job.requestId = requestId;
        if (reads.isFollowed(job.direction(), requestId)) {
            finish(job, new ChangeResult(End.UNKNOWN, requestId, null, null));
            return;
        }
        job.state = Job.State.ACCEPTED;
        use(job, Slots.Use.HELD);
        reads.takeUp(job, requestId, now);
    }

    private void lookFor(Job job) {
        job.uncertain = true;
        job.state = Job.State.LOOKING;
        use(job, Slots.Use.HELD);
    }

    private void enqueue(Job job) {
        job.state = Job.State.WAITING;
        lanes.add(job);
    }

    private void use(Job job, Slots.Use use) {
        slots.count(job.direction(), job.use, use);
        job.use = use;
    }

    private void left(Ticket ticket, boolean unsent) {
        Job job = callers.remove(ticket);
        if (job == null) {
            return;
        }
        listeners -= ticket.isListenedTo() ? 1 : 0;
        job.tickets().remove(ticket);
        if (unsent) {
            job.state = Job.State.BACKING_OFF;
        }
        actions.add(new Action.Finish(ticket, ofLeft(job)));
        if (unsent) {
            sendAgain(job, 0);
        } else if (job.isUnsent()) {
            finishIfUnwanted(job);
        } else if (job.isAbandoned()) {
            use(job, Slots.Use.HELD);
        }
    }

    private void finishIfUnwanted(Job job) {
        if (job.isUnwanted()) {
            finish(job, ofUnsent(job));
        }
    }

    private static ChangeResult ofLeft(Job job) {
        boolean certain = job.isUnsent() && !job.uncertain && job.change().start() == Start.SEND;
        if (certain) {
            return new ChangeResult(End.NOT_SENT, null, null, job.failure);
        }
        String requestId = job.requestId == null ? job.change().requestId() : job.requestId;
        return new ChangeResult(End.UNKNOWN, requestId, null, job.failure);
    }

    private void accepted(Job job, RequestStatus status) {
        job.failure = null;
        follow(job, status.requestId());
        switch (status.state()) {
            case SUCCEEDED -> succeeded(job);
            case FAILED -> failed(job, status.failureReason());
            case IN_PROGRESS -> reads.follow(job, status.requestId(), now);
        }
    }

    private void follow(Job job, String requestId) {
        job.state = Job.State.ACCEPTED;
        job.requestId = requestId;
        job.since = now;
        use(job, job.isAbandoned() ? Slots.Use.HELD : Slots.Use.ACTIVE);
    }

    private void succeeded(Job job) {
        forecast.took(now - job.since);
        finish(job, new ChangeResult(End.SUCCEEDED, job.requestId, null, null));
    }

    private void failed(Job job, @Nullable String reason) {
        finish(job, new ChangeResult(End.FAILED, job.requestId, reason, null));
    }

    private void sendFailed(Job job, AwsFailure failure) {
        job.failure = failure;
        use(job, Slots.Use.NONE);
        if (failure.mayHaveTakenEffect()) {
            lost(job, failure);
        } else if (failure.kind() == AwsFailure.Kind.THROTTLED) {
            throttled(job, failure);
        } else if (failure.hasCode("ConflictException")) {
            conflicted(job, failure);
        } else {
            switch (failure.kind()) {
                case UNAVAILABLE, TIMEOUT -> failedForNow(job, failure);
                case INTERRUPTED -> sendAgain(job, 0);
                default -> refused(job, failure);
            }
        }
    }

    private void lost(Job job, AwsFailure failure) {
        job.attempts++;
        lookFor(job);
        reads.look(job, now);
        if (failure.kind() == AwsFailure.Kind.UNEXPECTED) {
            finishTickets(job, new ChangeResult(End.UNKNOWN, null, null, failure));
        }
    }

    private void throttled(Job job, AwsFailure failure) {
        if (Throttle.of(failure) == Throttle.OUTSTANDING) {
            slots.window(job.direction()).refused(slots.used(job.direction()), now);
            sendAgain(job, 0);
        } else {
            rate.throttled(now);
            sendAgain(job, RATE_PAUSE);
        }
    }

    private void conflicted(Job job, AwsFailure failure) {
        if (job.conflicts == 0) {
            job.firstConflict = now;
        }
        long pause = pauseAfter(job.conflicts++);
        if (now + pause - job.firstConflict > limits.maxConflict().toNanos()) {
            refused(job, failure);
        } else {
            sendAgain(job, pause);
        }
    }

    private void failedForNow(Job job, AwsFailure failure) {
        if (++job.attempts >= MOST_ATTEMPTS) {
            refused(job, failure);
        } else {
            sendAgain(job, pauseAfter(job.attempts - 1));
        }
    }

    private static long pauseAfter(int failures) {
        return FIRST_PAUSE << Math.min(failures, LONGEST_PAUSE);
    }

    private void refused(Job job, AwsFailure failure) {
        finish(job, new ChangeResult(job.uncertain ? End.UNKNOWN : End.REFUSED, null, null, failure));
    }

    /** It is not with AWS: it goes back to its old place, unless nobody wants it any more. */
    private void sendAgain(Job job, long pause) {
        use(job, Slots.Use.NONE);
        if (job.isUnwanted() || (job.isGrant() && keys.isRevokedAfter(job))) {
            finish(job, ofUnsent(job));
        } else if (pause == 0) {
            enqueue(job);
        } else {
            job.state = Job.State.BACKING_OFF;
            pauses.add(new Pause(now + pause, job));
        }
    }

    private void endPauses() {
        while (!pauses.isEmpty() && pauses.element().until() <= now) {
            Job job = pauses.remove().job();
            if (job.state == Job.State.BACKING_OFF) {
                enqueue(job);
            }
        }
    }

    private void finish(Job job, ChangeResult result) {
        finishTickets(job, result);
        drop(job);
    }

    private void finishTickets(Job job, ChangeResult result) {
        for (Ticket ticket : job.tickets()) {
            callers.remove(ticket);
            listeners -= ticket.isListenedTo() ? 1 : 0;
            actions.add(new Action.Finish(ticket, result));
        }
        job.tickets().clear();
        if (job.use == Slots.Use.ACTIVE) {
            use(job, Slots.Use.HELD);
        }
    }

    private void drop(Job job) {
        if (job.state == Job.State.WAITING) {
            lanes.remove(job);
        }
        job.state = Job.State.DONE;
        use(job, Slots.Use.NONE);
        reads.forget(job);
        Job next = keys.remove(job);
        if (next != null) {
            begin(next);
        }
    }

    private void handOut() {
        while (rate.isFree(now)) {
            Read read = reads.next(now, callers.keySet());
            if (read != null) {
                call();
                actions.add(new Action.Ask(read));
            } else if (!handOutOne()) {
                return;
            }
        }
    }

    private void call() {
        rate.take(now);
        calls++;
    }

    private boolean handOutOne() {
        if (calls % GRANTS_FIRST == 0 && handOutFrom(Lane.GRANT)) {
            return true;
        }
        for (Lane lane : Lane.values()) {
            if (handOutFrom(lane)) {
                return true;
            }
        }
        return false;
    }

    private boolean handOutFrom(Lane lane) {
        Job job = sendable(lane);
        Turn turn = lanes.firstTurn(lane);
        if (turn != null && (job == null || sentLast.contains(lane))) {
            go(turn);
            return true;
        }
        if (job != null) {
            send(job);
            return true;
        }
        return false;
    }

    private @Nullable Job sendable(Lane lane) {
        Job job = lanes.firstJob(lane);
        if (job == null) {
            return null;
        }
        Direction direction = job.direction();
        slots.window(direction).probe(slots.used(direction), now);
        boolean othersWait = lanes.hasJobs(direction == Direction.GRANT ? Direction.REVOKE : Direction.GRANT);
        boolean othersTurn = othersWait && slots.total() == 1 && lastSent == direction;
        return !othersTurn && slots.hasRoomFor(direction, othersWait) ? job : null;
    }

    private void go(Turn turn) {
        call();
        lanes.remove(turn);
        sentLast.remove(turn.lane());
        actions.add(new Action.Go(turn));
    }

    private void send(Job job) {
        call();
        lanes.remove(job);
        sentLast.add(job.lane);
        lastSent = job.direction();
        job.state = Job.State.SENDING;
        use(job, Slots.Use.ACTIVE);
        actions.add(new Action.Send(job, Objects.requireNonNull(job.sender())));
    }

    private boolean isToTell() {
        return listeners > 0 && (lanes.hasJobs(Direction.GRANT) || lanes.hasJobs(Direction.REVOKE));
    }

    private void tellPositions() {
        if (isToTell() && now >= tellAt) {
            tellAt = now + TELL_INTERVAL;
            lanes.forEachJob(new PositionTeller()::tell);
        }
    }

    /** Goes along the lanes and tells those who have come notably nearer. */
    private final class PositionTeller {

        private int position;

        private void tell(Job job) {
            position++;
            for (Ticket ticket : job.tickets()) {
                if (ticket.isListenedTo() && isNews(ticket.toldPosition())) {
                    ticket.told(position);
                    actions.add(new Action.Tell(ticket, position, forecast.timeToGo(position, slots.total())));
                }
            }
        }

        private boolean isNews(int told) {
            return told == 0 || position <= told - Math.max(1, told / 4);
        }
    }

    /** What reads tell. */
    private final class Seen implements Sightings {

        @Override
        public void sawInProgress(Job job) {
            if (now - job.since > limits.maxProvisioning().toNanos()) {
                finish(job, new ChangeResult(End.UNKNOWN, job.requestId, null, null));
            } else if (!job.isAbandoned()) {
                use(job, Slots.Use.ACTIVE);
            }
        }

        @Override
        public void sawSuccess(Job job) {
            succeeded(job);
        }

        @Override
        public void sawFailure(Job job, @Nullable String reason) {
            failed(job, reason);
        }

        @Override
        public void sawNothing(Job job) {
            finish(job, new ChangeResult(End.FORGOTTEN, job.requestId, null, null));
        }

        @Override
        public void found(Job job, String requestId) {
            reads.forget(job);
            follow(job, requestId);
            reads.follow(job, requestId, now);
        }

        @Override
        public void foundNothing(Job job) {
            reads.forget(job);
            if (!job.change().isToBeSent()) {
                finish(job, ofUnsent(job));
            } else if (job.attempts >= MOST_ATTEMPTS) {
                finish(job, new ChangeResult(End.UNKNOWN, null, null, job.failure));
            } else {
                sendAgain(job, 0);
            }
        }

        /** Nobody is kept waiting for what cannot be read; its room is kept for as long as it might be in progress. */
        @Override
        public void mayNotRead(Job job, AwsFailure failure) {
            finishTickets(job, new ChangeResult(End.UNKNOWN, job.requestId, null, failure));
            long age = now - job.since;
            boolean isKeptFromItsEnd = job.isGrant() && keys.isRevokedAfter(job) && age > UNREADABLE;
            // Whoever comes next for the assignment is refused the look, too, and is to hear of it at once.
            boolean isNothingToKeep = job.isHearsay() && SsoFailures.isUnsentRead(failure);
            if (isKeptFromItsEnd
                    || isNothingToKeep
                    || age > limits.maxProvisioning().toNanos()) {
                drop(job);
            }
        }

        @Override
        public void readThrottled() {
            rate.throttled(now);
        }
    }
}
