package dev.connector.strategies.sso;

import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.Verb;

/**
 * What is tried, as messages begin.
 *
 * @param verb which way
 * @param requester whom it is about
 * @param target to or from what, in words
 */
record Attempt(Verb verb, Requester requester, String target) {

    String cannot() {
        return verb == Verb.ESCALATE
                ? "Cannot escalate " + requester + " to " + target
                : "Cannot deescalate " + requester + " from " + target;
    }

    Grant pending(Grant grant) {
        return verb == Verb.ESCALATE ? grant.pending() : grant.ending();
    }

    /** What to do where nobody knows whether the change was made. */
    String findOut() {
        return verb == Verb.ESCALATE
                ? "Store the pending grant, and resume it to find out or deescalate it to be rid of the access."
                : "Store the pending grant, and deescalate it again.";
    }
}
