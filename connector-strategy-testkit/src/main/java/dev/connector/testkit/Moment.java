package dev.connector.testkit;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/**
 * How things were when a verb began.
 *
 * @param nanos the monotonic clock
 * @param instant the wall clock
 * @param access who had access
 * @param sent how many calls had been made
 * @param troubles how often something had gone wrong
 */
record Moment(long nanos, Instant instant, Set<Access> access, int sent, int troubles) {

    Set<Access> goneIn(Set<Access> now) {
        return minus(access, now);
    }

    Set<Access> newIn(Set<Access> now) {
        return minus(now, access);
    }

    static Set<Access> minus(Set<Access> some, Set<Access> others) {
        Set<Access> rest = new HashSet<>(some);
        rest.removeAll(others);
        return rest;
    }
}
