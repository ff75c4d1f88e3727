package dev.connector.testing.internal.iam;

import java.time.Duration;

/**
 * How IAM behaves where AWS is free to behave differently.
 *
 * @param delay how late readers see a change
 * @param paging how lists are cut
 */
public record IamSettings(Duration delay, Paging paging) {

    public static final IamSettings DEFAULT = new IamSettings(Duration.ZERO, Paging.PLAIN);

    public IamSettings withDelay(Duration other) {
        if (other.isNegative() || other.compareTo(Timeline.MEMORY) > 0) {
            throw new IllegalArgumentException("Changes take from nothing to one hour to be seen, not " + other);
        }
        return new IamSettings(other, paging);
    }

    public IamSettings withPaging(Paging other) {
        return new IamSettings(delay, other);
    }
}
