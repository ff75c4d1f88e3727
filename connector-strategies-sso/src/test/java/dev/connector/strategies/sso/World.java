package dev.connector.strategies.sso;

import dev.connector.core.AwsCallException;
import dev.connector.core.ConnectorListener;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Schedulers and AWS in virtual time, on one thread. */
final class World {

    private final PriorityQueue<Happening> happenings =
            new PriorityQueue<>(Comparator.comparingLong(Happening::at).thenComparingLong(Happening::order));
    private long now;
    private long order;

    long latency = TimeUnit.MILLISECONDS.toNanos(40);
    final ModelAws aws;

    private record Happening(long at, long order, Runnable what) {}

    World(long seed) {
        aws = new ModelAws(() -> now, seed);
    }

    double seconds() {
        return (double) now / TimeUnit.SECONDS.toNanos(1);
    }

    void at(double seconds, Runnable what) {
        schedule((long) (seconds * TimeUnit.SECONDS.toNanos(1)), what);
    }

    private void schedule(long at, Runnable what) {
        happenings.add(new Happening(Math.max(at, now), order++, what));
    }

    /** Lets time pass until nothing is left to happen. */
    void run() {
        runUntil(86_400);
    }

    void runUntil(double seconds) {
        long until = (long) (seconds * TimeUnit.SECONDS.toNanos(1));
        while (!happenings.isEmpty() && happenings.element().at() <= until) {
            Happening next = happenings.remove();
            now = next.at();
            next.what().run();
        }
        now = happenings.isEmpty() ? now : until;
    }

    Program program(AssignmentLimits limits) {
        return new Program(limits);
    }

    /** One program, with a scheduler that knows nothing of others. */
    final class Program implements Waiter {

        final AssignmentScheduler scheduler;
        final Map<Ticket, ChangeResult> results = new LinkedHashMap<>();
        final Map<Ticket, Double> endedAt = new LinkedHashMap<>();
        final List<Turn> turns = new ArrayList<>();
        final List<Ticket> sent = new ArrayList<>();
        final List<Action.Tell> told = new ArrayList<>();
        private long wakesAt = Long.MAX_VALUE;

        private Program(AssignmentLimits limits) {
            scheduler = new AssignmentScheduler(limits);
        }

        Ticket submit(AssignmentChange change) {
            return submit(change, aws);
        }

        Ticket submit(AssignmentChange change, AssignmentCalls calls) {
            return submit(new Ticket(change, calls, ConnectorListener.none(), this));
        }

        Ticket submit(Ticket ticket) {
            on(new Event.Submitted(ticket));
            return ticket;
        }

        ChangeResult leave(Ticket ticket) {
            on(new Event.Left(ticket, false));
            return resultOf(ticket);
        }

        ChangeResult resultOf(Ticket ticket) {
            return Objects.requireNonNull(results.get(ticket), () -> "not ended: " + ticket.change());
        }

        @Nullable
        ChangeResult resultSoFar(Ticket ticket) {
            return results.get(ticket);
        }

        double endOf(Ticket ticket) {
            return Objects.requireNonNull(endedAt.get(ticket));
        }

        Turn askTurn(Lane lane) {
            Turn turn = new Turn(lane, this);
            on(new Event.TurnAsked(turn));
            return turn;
        }

        void on(Event event) {
            for (Action action : scheduler.on(event, now)) {
                act(action);
            }
            long wakeAt = scheduler.wakeAt();
            if (wakeAt != Long.MAX_VALUE && wakeAt != wakesAt) {
                wakesAt = wakeAt;
                schedule(wakeAt, () -> wake(wakeAt));
            }
        }

        private void wake(long at) {
            if (at == wakesAt) {
                wakesAt = Long.MAX_VALUE;
                on(new Event.TimePassed());
            }
        }

        private void act(Action action) {
            if (action instanceof Action.Send send) {
                sent.add(send.by());
                Job job = send.job();
                call(() -> {
                    try {
                        return new Event.Accepted(job, send.by().calls().send(job.key(), job.direction()));
                    } catch (AwsCallException failed) {
                        return new Event.SendFailed(job, failed.failure());
                    }
                });
            } else if (action instanceof Action.Ask ask) {
                call(() -> read(ask.read()));
            } else if (action instanceof Action.Finish finish) {
                finished(finish.ticket(), finish.result());
            } else if (action instanceof Action.Go go) {
                turns.add(go.turn());
            } else if (action instanceof Action.Tell tell) {
                told.add(tell);
            }
        }

        private Event read(Read read) {
            try {
                return switch (read.kind()) {
                    case ONE -> new Event.Described(read, read.via().describe(read.direction(), read.one()));
                    case NEWEST -> new Event.Listed(read, read.via().list(read.direction(), false, null));
                    case IN_PROGRESS -> new Event.Listed(read, read.via().list(read.direction(), true, read.token()));
                };
            } catch (AwsCallException failed) {
                return new Event.ReadFailed(read, failed.failure());
            }
        }

        private void call(Supplier<Event> call) {
            schedule(now + latency / 2, () -> {
                Event event = call.get();
                schedule(now + latency - latency / 2, () -> on(event));
            });
        }

        @Override
        public void handOut(Action.Send send) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void finished(Ticket ticket, ChangeResult result) {
            if (results.put(ticket, result) != null) {
                throw new AssertionError("ended twice: " + ticket.change());
            }
            endedAt.put(ticket, seconds());
        }

        @Override
        public void go(Turn turn) {
            turns.add(turn);
        }
    }
}
