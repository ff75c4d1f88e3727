package dev.connector.testing.internal.identitycenter;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How Identity Center behaves where AWS is free to, or was set up to, behave differently. Not thread-safe. */
public final class CenterSettings {

    Duration provisioningTime = Duration.ofSeconds(5);
    double provisioningSpread = 0.5;
    int requestsPerSecond = 20;
    int outstandingLimit = 10;
    boolean separateOutstandingLimits;
    Duration statusRetention = Duration.ofDays(1);
    boolean delegatedAdministrator;

    @Nullable
    String managementAccount;

    @Nullable
    String customerKey;

    /** The mean of a request's duration, which is log-normal. */
    public void provisioningTime(Duration mean) {
        this.provisioningTime = requireRange("A change takes", mean, Duration.ZERO, Duration.ofHours(1));
    }

    /** The standard deviation of the logarithm of a request's duration. */
    public void provisioningSpread(double sigma) {
        if (!(sigma >= 0 && sigma <= 2)) {
            throw new IllegalArgumentException("Times differ by 0 to 2, not by " + sigma);
        }
        this.provisioningSpread = sigma;
    }

    /** Over all operations of SSO Admin; the Identity Store has as many for each of its own. */
    public void requestsPerSecond(int limit) {
        this.requestsPerSecond = requirePositive(limit);
    }

    public void outstandingLimit(int limit) {
        this.outstandingLimit = requirePositive(limit);
    }

    public void separateOutstandingLimits(boolean separate) {
        this.separateOutstandingLimits = separate;
    }

    public void statusRetention(Duration retention) {
        this.statusRetention = requireRange("A status is kept", retention, Duration.ZERO, Duration.ofDays(365));
    }

    public void managementAccount(String accountId) {
        this.managementAccount = IdentityCenter.requireAccount(accountId);
    }

    public void delegatedAdministrator(boolean delegated) {
        this.delegatedAdministrator = delegated;
    }

    public void customerKey(String keyArn) {
        this.customerKey = keyArn;
    }

    private static int requirePositive(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("A limit is one or more, not " + limit);
        }
        return limit;
    }

    private static Duration requireRange(String what, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(what + " from " + least + " to " + most + ", not " + value);
        }
        return value;
    }
}
