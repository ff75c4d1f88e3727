package dev.connector.testing.internal.iam;

import dev.connector.testing.SimulatedClock;
import dev.connector.testing.internal.auth.Policy;
import dev.connector.testing.internal.identity.Identity;
import dev.connector.testing.internal.identity.Ids;
import dev.connector.testing.internal.identity.Session;
import dev.connector.testing.internal.server.PolicySource;
import dev.connector.testing.internal.server.Printable;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All accounts; one is made when it is first asked for. Not thread-safe. */
public final class Accounts implements PolicySource {

    private static final Pattern IAM_ARN = Pattern.compile("arn:[a-z-]+:iam::(\\d{12}):(?:user|role)/.+");

    private final Map<String, Account> byId = new HashMap<>();
    private final String partition;
    private final SimulatedClock clock;
    private final Ids ids;

    public Accounts(String partition, SimulatedClock clock, Ids ids) {
        this.partition = partition;
        this.clock = clock;
        this.ids = ids;
    }

    /** The account with these twelve digits. */
    public Account account(String id) {
        if (!id.matches("\\d{12}")) {
            throw new IllegalArgumentException("An account has twelve digits: " + Printable.escape(id));
        }
        return byId.computeIfAbsent(id, key -> new Account(key, partition, clock, ids));
    }

    @Override
    public Collection<Policy> policiesOf(Identity identity) {
        return account(identity.accountId()).policiesOf(identity);
    }

    /** The role with exactly this ARN, and its account. */
    public Optional<Role> role(String arn) {
        return accountOf(arn).flatMap(account -> account.role(arn));
    }

    /** The account that an ARN of a user or role names, if there is one. */
    public Optional<Account> accountOf(String arn) {
        Matcher matcher = IAM_ARN.matcher(arn);
        return matcher.matches() ? Optional.ofNullable(byId.get(matcher.group(1))) : Optional.empty();
    }

    /** A user, or a session of a role that never ends, for tests that want to call as one. */
    public Optional<Identity> identity(String principalArn) {
        return accountOf(principalArn)
                .flatMap(account -> account.userByArn(principalArn)
                        .map(user -> Identity.ofUser(principalArn, account.id(), user.id()))
                        .or(() -> account.role(principalArn).map(role -> session(account.id(), role, endless()))));
    }

    /** The session of a role as somebody who calls. */
    public Identity session(String accountId, Role role, Session session) {
        String arn = "arn:" + partition + ":sts::" + accountId + ":assumed-role/" + role.name() + "/" + session.name();
        return new Identity(arn, role.arn(), accountId, role.id(), session);
    }

    private static Session endless() {
        return new Session("simulated-test", Instant.MAX, null, null, Map.of());
    }
}
