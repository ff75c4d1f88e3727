package dev.connector.testkit;

import dev.connector.core.strategy.AccessTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who has access, who has it from somebody else than the strategy, and for how long a late read may still show what was before. For one thread.
 *
 * @param <T> the world's targets
 */
final class Truth<T extends AccessTarget> {

    private final StrategyWorld<T> world;
    private final List<Era> eras = new ArrayList<>();
    private final Map<Access, Long> expected = new HashMap<>();
    private Duration delay = Duration.ZERO;

    Truth(StrategyWorld<T> world) {
        this.world = world;
        eras.add(new Era(nanos(), seen(), seen()));
    }

    /** Reads are so late from now on. */
    void delay(Duration value) {
        delay = value;
        world.aws().propagationDelay(value);
    }

    Duration delay() {
        return delay;
    }

    /** Who has access now, whoever gave it. */
    Set<Access> now() {
        return latest().all;
    }

    /** When it was last looked at who has access. */
    long seenAt() {
        return latest().from;
    }

    /** Who has access now that must stay when every grant has ended. */
    Set<Access> foreign() {
        return latest().foreign;
    }

    /** Something may have happened: what is there now replaces what was there. */
    void update() {
        Set<Access> all = seen();
        Set<Access> foreign = new HashSet<>(foreign());
        expected.forEach((access, until) -> {
            if (!now().contains(access) && seenAt() <= until) {
                foreign.add(access);
            }
        });
        enter(all, intersection(foreign, all));
    }

    /** Somebody else has changed something: what is new now is theirs, and so is what they gave again. */
    void updateOfOthers(Predicate<Access> given) {
        Set<Access> all = seen();
        Set<Access> foreign = new HashSet<>(intersection(latest().foreign, all));
        all.stream()
                .filter(access -> !now().contains(access) || given.test(access))
                .forEach(foreign::add);
        enter(all, foreign);
    }

    /** An access stays for good, as if somebody else had given it. */
    void keep(Access access) {
        Set<Access> foreign = new HashSet<>(foreign());
        if (now().contains(access)) {
            foreign.add(access);
        }
        enter(now(), foreign);
    }

    /** An access that was kept stays for good also if it is not there yet, but comes in time. */
    void expect(Access access, Duration time) {
        expected.put(access, nanos() + time.toNanos());
    }

    /** Whether a read that was made since a moment may have shown an access that was somebody else's. */
    boolean mayHaveShownForeign(Access access, long since) {
        return visibleSince(since).anyMatch(era -> era.foreign.contains(access));
    }

    /** Whether a read that was made since a moment may have shown that there was no such access. */
    boolean mayHaveShownNone(Access access, long since) {
        return visibleSince(since).anyMatch(era -> !era.all.contains(access));
    }

    private Stream<Era> visibleSince(long since) {
        return eras.stream().filter(era -> era.until >= since - delay.toNanos());
    }

    private void enter(Set<Access> all, Set<Access> foreign) {
        latest().until = nanos();
        eras.add(new Era(nanos(), all, foreign));
    }

    private Era latest() {
        return eras.get(eras.size() - 1);
    }

    long nanos() {
        return world.aws().clock().nanos();
    }

    private Set<Access> seen() {
        return world.targets().stream()
                .flatMap(target -> world.principals(target).stream().map(id -> new Access(id, target.name())))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<Access> intersection(Set<Access> some, Set<Access> others) {
        return some.stream().filter(others::contains).collect(Collectors.toUnmodifiableSet());
    }

    /** A time in which nothing changed. */
    private static final class Era {
        private final long from;
        private final Set<Access> all;
        private final Set<Access> foreign;
        private long until = Long.MAX_VALUE;

        Era(long from, Set<Access> all, Set<Access> foreign) {
            this.from = from;
            this.all = Set.copyOf(all);
            this.foreign = Set.copyOf(foreign);
        }
    }
}
