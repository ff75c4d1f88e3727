package dev.connector.strategies.sso;

/** One caller's wait until it may make one call of its own, which counts against the same limit. Compared by identity. */
final class Turn {

    private final Lane lane;
    private final Waiter waiter;

    Turn(Lane lane, Waiter waiter) {
        this.lane = lane;
        this.waiter = waiter;
    }

    Lane lane() {
        return lane;
    }

    Waiter waiter() {
        return waiter;
    }
}
