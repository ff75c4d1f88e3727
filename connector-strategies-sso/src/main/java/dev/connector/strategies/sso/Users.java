package dev.connector.strategies.sso;

import dev.connector.core.AwsCallException;
import dev.connector.core.AwsFailure;
import dev.connector.core.ConnectorClock;
import dev.connector.core.strategy.IdentityResolver;
import dev.connector.core.strategy.StrategyException.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who a requester is in the Identity Store: one enabled user, for certain, or an exception; never the first one that is similar.
 *
 * <p>Thread-safe. What was found is believed for a minute.
 */
final class Users {

    private static final long BELIEVED = TimeUnit.NANOSECONDS.convert(Duration.ofSeconds(60));
    private static final int MOST = 10_000;

    private final ConnectorClock clock;
    private final @Nullable IdentityResolver resolver;
    private final boolean allowNonAscii;
    private final SsoFailures failures;
    private final Map<String, Found> found = new ConcurrentHashMap<>();

    /** @param resolver answers a user's id; {@code null} to look the user name up */
    Users(ConnectorClock clock, @Nullable IdentityResolver resolver, boolean allowNonAscii, SsoFailures failures) {
        this.clock = clock;
        this.resolver = resolver;
        this.allowNonAscii = allowNonAscii;
        this.failures = failures;
    }

    /** The requester's id, in lower case. */
    String idOf(Attempt attempt, UserCalls calls) {
        return resolver == null ? lookedUp(attempt, calls) : resolved(resolver, attempt, calls);
    }

    /** AWS says that the user is gone: whoever was found to have that id must be looked up anew. */
    void forget(String id) {
        found.values().removeIf(known -> known.id().equals(id));
    }

    private String resolved(IdentityResolver resolver, Attempt attempt, UserCalls calls) {
        String id = resolver.resolve(attempt.requester())
                .orElseThrow(() -> notFound(attempt, "the IdentityResolver knows no user for them."));
        if (!DirectoryIds.isId(id)) {
            throw notFound(
                    attempt,
                    "the IdentityResolver must answer the id of a user in the Identity Store, which is no name and no"
                            + " ARN.");
        }
        DirectoryUser user = calls.user(id)
                .orElseThrow(() -> notFound(attempt, "the Identity Store has no user with the id " + id + "."));
        return enabled(user, attempt).id();
    }

    private String lookedUp(Attempt attempt, UserCalls calls) {
        String name = requireAscii(attempt);
        Found known = found.get(name);
        if (known != null && clock.nanos() - known.nanos() <= BELIEVED) {
            return known.id();
        }
        long asked = clock.nanos();
        String id = one(name, attempt, calls).id();
        remember(name, new Found(id, asked));
        return id;
    }

    private void remember(String name, Found one) {
        if (found.size() >= MOST) {
            found.clear();
        }
        found.put(name, one);
    }

    /** Letters that look like others would let one person ask for access as another. */
    private String requireAscii(Attempt attempt) {
        String name = attempt.requester().username();
        if (!allowNonAscii && !StandardCharsets.US_ASCII.newEncoder().canEncode(name)) {
            throw notFound(
                    attempt,
                    "the user name has letters beyond ASCII, which may look like another user's name. If such names are"
                            + " in use, set allowNonAscii(true).");
        }
        return name;
    }

    private DirectoryUser one(String name, Attempt attempt, UserCalls calls) {
        try {
            return described(name, attempt, calls);
        } catch (AwsCallException failed) {
            if (failed.failure().kind() != AwsFailure.Kind.DENIED) {
                throw failed;
            }
            return listed(name, attempt, calls, failed);
        }
    }

    /** Both are always asked: somebody's user name can be somebody else's e-mail address. */
    private DirectoryUser described(String name, Attempt attempt, UserCalls calls) {
        Set<String> ids = new LinkedHashSet<>();
        Stream.of("userName", "emails.value")
                .map(path -> calls.idBy(path, name))
                .flatMap(Optional::stream)
                .map(DirectoryIds::canonical)
                .forEach(ids::add);
        String id = only(List.copyOf(ids), name, attempt);
        DirectoryUser user = calls.user(id).orElseThrow(() -> nobody(name, attempt));
        if (!user.isCalled(name)) {
            throw notFound(
                    attempt,
                    "the Identity Store finds the user " + id + " by " + name
                            + ", but the name is written differently there. Ask with the user name or e-mail address as"
                            + " the Identity Store has it.");
        }
        return enabled(user, attempt);
    }

    /** Roles of older installations may only list. */
    private DirectoryUser listed(String name, Attempt attempt, UserCalls calls, AwsCallException denied) {
        List<DirectoryUser> users;
        try {
            users = calls.called(name);
        } catch (AwsCallException failed) {
            throw failed.failure().kind() == AwsFailure.Kind.DENIED ? denied : failed;
        }
        String id = only(users.stream().map(DirectoryUser::id).distinct().toList(), name, attempt);
        return enabled(
                users.stream().filter(user -> user.id().equals(id)).findFirst().orElseThrow(), attempt);
    }

    private String only(List<String> ids, String name, Attempt attempt) {
        if (ids.size() > 1) {
            throw failures.certain(
                    Reason.IDENTITY_AMBIGUOUS,
                    attempt,
                    "the Identity Store has several users that are called " + name + ": " + ids
                            + ". Ask with a name that only one of them has, or set an IdentityResolver.");
        }
        return ids.stream().findFirst().orElseThrow(() -> nobody(name, attempt));
    }

    private DirectoryUser enabled(DirectoryUser user, Attempt attempt) {
        if (!user.enabled()) {
            throw notFound(
                    attempt, "the user " + user.id() + " is disabled in the Identity Store. Enable them there first.");
        }
        return user;
    }

    private RuntimeException nobody(String name, Attempt attempt) {
        return notFound(
                attempt,
                "the Identity Store has no user with the user name or e-mail address " + name
                        + ". If it was made just now, call again in a minute; if it has another name there, set an"
                        + " IdentityResolver.");
    }

    private RuntimeException notFound(Attempt attempt, String why) {
        return failures.certain(Reason.IDENTITY_NOT_FOUND, attempt, why);
    }

    /** @param nanos when it was asked for */
    private record Found(String id, long nanos) {}
}
