package dev.connector.strategies.sso;

import dev.connector.core.AwsFailure;
import org.jspecify.annotations.Nullable;

/** What status reads tell of a change. */
interface Sightings {

    /** AWS works on it. */
    void sawInProgress(Job job);

    /** It is done. */
    void sawSuccess(Job job);

    /** It could not be done. */
    void sawFailure(Job job, @Nullable String reason);

    /** AWS does not know it any more. */
    void sawNothing(Job job);

    /** A lost change is in progress, under this id. */
    void found(Job job, String requestId);

    /** A lost change is not in progress. */
    void foundNothing(Job job);

    /** Nobody who waits may read it. */
    void mayNotRead(Job job, AwsFailure failure);

    /** AWS called the read too fast. */
    void readThrottled();
}
