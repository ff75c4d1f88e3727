package dev.connector.strategies.sso;

import dev.connector.core.AwsCallException;
import dev.connector.core.Retries;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.ssoadmin.model.SsoAdminException;

/** Account assignments as AWS makes them: later, one at a time for each, and not too many at once. For one thread at a time. */
final class ModelAws implements AssignmentCalls {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final Retries ONE_ATTEMPT = Retries.builder().maxAttempts(1).build();

    /** One accepted request. */
    static final class Request {

        final String id;
        final AssignmentKey key;
        final Direction direction;
        final long from;
        final long until;
        final @Nullable String failureReason;

        Request(String id, AssignmentKey key, Direction direction, long from, long until, @Nullable String reason) {
            this.id = id;
            this.key = key;
            this.direction = direction;
            this.from = from;
            this.until = until;
            this.failureReason = reason;
        }
    }

    private final LongSupplier clock;
    private final Random random;
    final Map<String, Request> requests = new LinkedHashMap<>();
    private final Deque<Long> lastCalls = new ArrayDeque<>();

    int limit = 10;
    int callsPerSecond = 20;
    boolean shared = true;
    double meanSeconds = 5;
    double sigma = 0.5;
    boolean listingDenied;
    boolean describingDenied;
    boolean oldestFirst;
    int pageSize = 100;
    long forgetsAfter = Long.MAX_VALUE;
    Predicate<Integer> answerLost = send -> false;
    Predicate<Integer> neverArrives = send -> false;
    Predicate<AssignmentKey> fails = key -> false;

    @Nullable
    RuntimeException everySendFailsWith;

    @Nullable
    RuntimeException readsFailWith;

    int calls;
    int sends;
    int lists;
    int describes;
    int throttled;
    int conflicts;
    int mostOutstanding;

    ModelAws(LongSupplier clock, long seed) {
        this.clock = clock;
        this.random = new Random(seed);
    }

    /** What a call throws that fails like that. */
    static AwsCallException failing(String operation, RuntimeException thrown) {
        try {
            Object never = ONE_ATTEMPT.call(operation, Duration.ZERO, () -> {}, () -> {
                throw thrown;
            });
            throw new AssertionError(never);
        } catch (AwsCallException failure) {
            return failure;
        }
    }

    static SsoAdminException error(int status, String code, String message) {
        return (SsoAdminException) SsoAdminException.builder()
                .message(message)
                .statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }

    static RuntimeException timeout() {
        return ApiCallTimeoutException.create(1_000);
    }

    @Override
    public RequestStatus send(AssignmentKey key, Direction direction) {
        count(direction.operation());
        int number = sends++;
        if (everySendFailsWith != null) {
            throw failing(direction.operation(), everySendFailsWith);
        }
        if (neverArrives.test(number)) {
            throw failing(direction.operation(), timeout());
        }
        if (inProgress().stream().anyMatch(request -> request.key.equals(key))) {
            conflicts++;
            throw failing(direction.operation(), error(400, "ConflictException", "An earlier change is under way."));
        }
        long outstanding = inProgress().stream()
                .filter(request -> shared || request.direction == direction)
                .count();
        if (outstanding >= limit) {
            throttled++;
            throw failing(
                    direction.operation(), error(400, "ThrottlingException", "Too many requests are processing."));
        }
        Request request = accept(key, direction);
        mostOutstanding = Math.max(mostOutstanding, inProgress().size());
        if (answerLost.test(number)) {
            throw failing(direction.operation(), timeout());
        }
        return statusOf(request, true);
    }

    /** Somebody else's change, or that of a process that has gone. */
    Request accept(AssignmentKey key, Direction direction) {
        long now = clock.getAsLong();
        long duration = (long) (SECOND * meanSeconds * Math.exp(random.nextGaussian() * sigma - sigma * sigma / 2));
        String id = "request-" + (requests.size() + 1);
        String reason = fails.test(key) ? "Received a 404 status error: no such thing." : null;
        Request request = new Request(id, key, direction, now, now + duration, reason);
        requests.put(id, request);
        return request;
    }

    List<Request> inProgress() {
        long now = clock.getAsLong();
        List<Request> those = new ArrayList<>();
        for (Request request : requests.values()) {
            if (request.until > now) {
                those.add(request);
            }
        }
        return those;
    }

    private RequestStatus statusOf(Request request, boolean described) {
        RequestStatus.State state = request.until > clock.getAsLong()
                ? RequestStatus.State.IN_PROGRESS
                : request.failureReason == null ? RequestStatus.State.SUCCEEDED : RequestStatus.State.FAILED;
        return new RequestStatus(
                request.id,
                state,
                described ? request.key : null,
                described && state == RequestStatus.State.FAILED ? request.failureReason : null);
    }

    @Override
    public RequestStatus describe(Direction direction, String requestId) {
        count("sso:Describe");
        if (readsFailWith != null) {
            throw failing("sso:Describe", readsFailWith);
        }
        describes++;
        if (describingDenied) {
            throw failing("sso:Describe", error(403, "AccessDeniedException", "Not allowed."));
        }
        Request request = requests.get(requestId);
        if (request == null || request.direction != direction || isForgotten(request)) {
            throw failing("sso:Describe", error(400, "ResourceNotFoundException", "No such request."));
        }
        return statusOf(request, true);
    }

    private boolean isForgotten(Request request) {
        return request.until <= clock.getAsLong() - forgetsAfter;
    }

    @Override
    public StatusPage list(Direction direction, boolean inProgressOnly, @Nullable String token) {
        count("sso:List");
        if (readsFailWith != null) {
            throw failing("sso:List", readsFailWith);
        }
        lists++;
        if (listingDenied) {
            throw failing("sso:List", error(403, "AccessDeniedException", "Not allowed."));
        }
        List<RequestStatus> all = new ArrayList<>();
        for (Request request : requests.values()) {
            RequestStatus status = statusOf(request, false);
            if (request.direction == direction && !isForgotten(request) && !(inProgressOnly && status.isFinal())) {
                all.add(oldestFirst ? all.size() : 0, status);
            }
        }
        int from = token == null ? 0 : Integer.parseInt(token);
        int to = Math.min(all.size(), from + pageSize);
        return new StatusPage(all.subList(Math.min(from, to), to), to < all.size() ? String.valueOf(to) : null);
    }

    /** No second, wherever it begins, has more than so many calls. */
    private void count(String operation) {
        calls++;
        long now = clock.getAsLong();
        while (!lastCalls.isEmpty() && lastCalls.element() <= now - SECOND) {
            lastCalls.remove();
        }
        if (lastCalls.size() >= callsPerSecond) {
            throttled++;
            throw failing(operation, error(400, "ThrottlingException", "Rate exceeded."));
        }
        lastCalls.add(now);
    }

    /** The same AWS for a role that may not list. */
    static final class Narrow implements AssignmentCalls {

        private final ModelAws aws;
        int denials;

        Narrow(ModelAws aws) {
            this.aws = aws;
        }

        @Override
        public RequestStatus send(AssignmentKey key, Direction direction) {
            return aws.send(key, direction);
        }

        @Override
        public RequestStatus describe(Direction direction, String requestId) {
            return aws.describe(direction, requestId);
        }

        @Override
        public StatusPage list(Direction direction, boolean inProgressOnly, @Nullable String token) {
            denials++;
            throw failing("sso:List", error(403, "AccessDeniedException", "Not allowed."));
        }
    }
    /** The same AWS for somebody whose reads the library itself does not send. */
    static final class Barred implements AssignmentCalls {

        private final ModelAws aws;
        final RuntimeException refusal;
        boolean lists;

        Barred(ModelAws aws, RuntimeException refusal) {
            this.aws = aws;
            this.refusal = refusal;
        }

        @Override
        public RequestStatus send(AssignmentKey key, Direction direction) {
            return aws.send(key, direction);
        }

        @Override
        public RequestStatus describe(Direction direction, String requestId) {
            throw failing("sso:Describe", refusal);
        }

        @Override
        public StatusPage list(Direction direction, boolean inProgressOnly, @Nullable String token) {
            if (lists) {
                return aws.list(direction, inProgressOnly, token);
            }
            throw failing("sso:List", refusal);
        }
    }
}
