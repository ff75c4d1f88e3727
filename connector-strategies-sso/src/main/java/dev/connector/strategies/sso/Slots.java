package dev.connector.strategies.sso;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * How many changes AWS works on at one time, and how many more it may be given.
 *
 * <p>Creates and deletes are counted together, which is right whether AWS counts them together or not. Changes whose callers have left, or of which it is not
 * known whether AWS has them, count as well, but for no more than half: else they could keep everybody waiting.
 *
 * <p>Not thread-safe.
 */
final class Slots {

    /** Whether a change counts. */
    enum Use {
        NONE,
        /** AWS works on it, or is being asked to. */
        ACTIVE,
        /** AWS may work on it; nobody waits for it, or nobody knows. */
        HELD
    }

    private int total;
    private int reserved;
    private final Map<Direction, Share> shares = new EnumMap<>(Direction.class);

    Slots(AssignmentLimits limits) {
        for (Direction direction : Direction.values()) {
            shares.put(direction, new Share(limits.outstandingChanges()));
        }
        set(limits);
    }

    void set(AssignmentLimits limits) {
        total = limits.outstandingChanges();
        reserved = limits.reservedRevocationSlots();
        shares.values().forEach(share -> share.window.lower(total));
    }

    int total() {
        return total;
    }

    void count(Direction direction, Use before, Use after) {
        share(direction).add(before, -1);
        share(direction).add(after, 1);
    }

    /**
     * Whether there is room for one more.
     *
     * @param othersWait whether the other direction waits and could go on too
     */
    boolean hasRoomFor(Direction direction, boolean othersWait) {
        return used() < total
                && used(direction)
                        < Math.min(
                                part(direction, othersWait), window(direction).limit());
    }

    /** Neither direction takes everything, so that neither starves. */
    private int part(Direction direction, boolean othersWait) {
        int kept = direction == Direction.GRANT ? reserved : othersWait ? 1 : 0;
        return Math.max(1, total - kept);
    }

    Window window(Direction direction) {
        return share(direction).window;
    }

    int used(Direction direction) {
        return share(direction).active + Math.min(share(direction).held, most());
    }

    private int used() {
        int active = 0;
        int held = 0;
        for (Share share : shares.values()) {
            active += share.active;
            held += share.held;
        }
        return active + Math.min(held, most());
    }

    private int most() {
        return total / 2;
    }

    private Share share(Direction direction) {
        return Objects.requireNonNull(shares.get(direction));
    }

    /** What one direction uses. */
    private static final class Share {

        private final Window window;
        private int active;
        private int held;

        private Share(int ceiling) {
            window = new Window(ceiling);
        }

        private void add(Use use, int count) {
            if (use == Use.ACTIVE) {
                active += count;
            } else if (use == Use.HELD) {
                held += count;
            }
        }
    }
}
