package dev.connector.strategies.sso;

import dev.connector.core.AwsFailure;
import dev.connector.core.strategy.Deadline;
import dev.connector.core.strategy.StrategySession;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.ssoadmin.model.InstanceMetadata;
import software.amazon.awssdk.services.ssoadmin.model.ListInstancesRequest;
import software.amazon.awssdk.services.ssoadmin.model.ListInstancesResponse;

/** The reads of SSO Admin of one verb. Each waits for its turn, since AWS counts all calls of an instance together. */
final class AdminReads {

    static final String LIST_INSTANCES = "sso:ListInstances";

    /** How long a read that a verb cannot do without waits for its turn when the verb's time is over. */
    private static final Duration LAST_TURN = Duration.ofSeconds(5);

    private final Admin admin;
    private final StrategySession session;
    private final Deadline deadline;
    private final Lane lane;
    private final Turns turns;

    /** Who lets a call through. */
    @FunctionalInterface
    interface Turns {
        boolean awaitTurn(Lane lane, Duration limit) throws InterruptedException;
    }

    AdminReads(Admin admin, StrategySession session, Deadline deadline, Lane lane, Turns turns) {
        this.admin = admin;
        this.session = session;
        this.deadline = deadline;
        this.lane = lane;
        this.turns = turns;
    }

    /** The id of the identity store that belongs to the instance; {@code null} if the caller sees no such instance. */
    @Nullable
    String storeIdOfInstance() {
        return pages(LIST_INSTANCES, token -> {
            ListInstancesResponse page = call(
                    LIST_INSTANCES,
                    () -> admin.client()
                            .listInstances(session.authorize(
                                            ListInstancesRequest.builder().nextToken(token))
                                    .build()));
            String found = page.instances().stream()
                    .filter(instance -> admin.instanceArn().equals(instance.instanceArn()))
                    .map(InstanceMetadata::identityStoreId)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
            return new Page<>(found, page.nextToken());
        });
    }

    /** Reads page after page until one has what is looked for. A list that goes on where it has been proves nothing. */
    static <T> @Nullable T pages(String operation, Function<@Nullable String, Page<T>> read) {
        Set<String> tokens = new HashSet<>();
        String token = null;
        do {
            Page<T> page = read.apply(token);
            if (page.found() != null) {
                return page.found();
            }
            token = page.nextToken();
            if (token != null && !tokens.add(token)) {
                throw new IllegalStateException(operation + " gave a token to go on from that it had given before.");
            }
        } while (token != null);
        return null;
    }

    /**
     * What a page has of what is looked for.
     *
     * @param found {@code null} if it has nothing
     * @param nextToken {@code null} if it is the last
     */
    record Page<T>(@Nullable T found, @Nullable String nextToken) {}

    <T> T call(String operation, Supplier<@Nullable T> call) {
        return admin.retries().call(operation, deadline.remaining(), session::evict, () -> {
            awaitTurn();
            try {
                return call.get();
            } catch (RuntimeException thrown) {
                if (AwsFailure.of(operation, thrown).kind() == AwsFailure.Kind.THROTTLED) {
                    admin.queue().callThrottled();
                }
                throw thrown;
            }
        });
    }

    StrategySession session() {
        return session;
    }

    Admin admin() {
        return admin;
    }

    private void awaitTurn() {
        Duration left = deadline.remaining();
        try {
            turns.awaitTurn(lane, left.compareTo(LAST_TURN) > 0 ? left : LAST_TURN);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("The thread was interrupted while a call waited for its turn.", interrupted);
        }
    }
}
