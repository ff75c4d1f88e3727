package dev.connector.strategies.sso;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The model of AWS for many threads, each call after something that a test does to it. */
final class LockedAws implements AssignmentCalls {

    private final ReentrantLock lock = new ReentrantLock();
    private final ModelAws aws;
    private final Runnable before;

    LockedAws(ModelAws aws, Runnable before) {
        this.aws = aws;
        this.before = before;
    }

    @Override
    public RequestStatus send(AssignmentKey key, Direction direction) {
        return call(() -> aws.send(key, direction));
    }

    @Override
    public RequestStatus describe(Direction direction, String requestId) {
        return call(() -> aws.describe(direction, requestId));
    }

    @Override
    public StatusPage list(Direction direction, boolean inProgressOnly, @Nullable String token) {
        return call(() -> aws.list(direction, inProgressOnly, token));
    }

    private <T> T call(Supplier<T> call) {
        before.run();
        lock.lock();
        try {
            return call.get();
        } finally {
            lock.unlock();
        }
    }
}
