package dev.connector.examples.service;

import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.AccessStrategy;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.OutcomeUnknownException;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.StrategyException;
import dev.connector.strategies.iam.IamGroupTarget;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A service of a user's own: whoever begins a shift gets into the group of those on call, and out of it at the shift's end.
 *
 * <p>It keeps its grants in memory, which is not enough for a real one.
 */
public final class OnCallDesk {

    private static final IamGroupTarget ON_CALL = IamGroupTarget.of("/sym/", "OnCall");

    private final Map<String, Grant> shifts = new ConcurrentHashMap<>();
    private final AccessStrategy<? super IamGroupTarget> strategy;
    private final InstantSource clock;

    /**
     * A desk.
     *
     * @param strategy gives the access
     * @param clock tells when a request is made; in tests it must be the one that the strategy goes by
     */
    public OnCallDesk(AccessStrategy<? super IamGroupTarget> strategy, InstantSource clock) {
        this.strategy = strategy;
        this.clock = clock;
    }

    /**
     * Begins a shift, or finds out what became of one that was begun.
     *
     * @param email whose
     * @param incident why
     * @return what to tell them
     */
    public String begin(String email, String incident) {
        try {
            Grant known = shifts.get(email);
            Grant open = known == null ? strategy.prepare(request(email, incident)) : known;
            shifts.put(email, open);
            Grant grant = strategy.resume(open);
            shifts.put(email, grant);
            return "You are on call until " + grant.endsAt() + ".";
        } catch (OutcomeUnknownException unknown) {
            shifts.put(email, unknown.pending());
            return "Nobody knows yet whether it worked. Ask again in a minute.";
        } catch (StrategyException notGiven) {
            shifts.remove(email);
            return switch (notGiven.reason()) {
                case IDENTITY_NOT_FOUND -> "AWS does not know you.";
                case QUOTA_EXCEEDED -> "You are in too many groups.";
                default -> "It did not work: " + notGiven.getMessage();
            };
        }
    }

    private AccessRequest<IamGroupTarget> request(String email, String incident) {
        return AccessRequest.builder(Requester.of(email), ON_CALL)
                .reason(incident)
                .duration(Duration.ofHours(8))
                .requestedAt(clock.instant())
                .build();
    }

    /**
     * Ends a shift.
     *
     * @param email whose
     * @return what to tell them
     */
    public String end(String email) {
        Grant grant = shifts.get(email);
        if (grant == null) {
            return "You are not on call.";
        }
        Revocation revocation = strategy.deescalate(grant);
        shifts.remove(email);
        return revocation.result().isGone() ? "Your access is gone." : "Your access stays: " + revocation.result();
    }
}
