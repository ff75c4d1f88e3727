package dev.connector.testing.internal.auth;

import java.util.List;

/**
 * One statement of a policy.
 *
 * @param allows whether its effect is Allow rather than Deny
 * @param principals whom it speaks of; empty in policies that belong to a principal
 * @param actions which actions
 * @param resources which resources; those of a trust policy are everything
 * @param conditions what must hold besides
 */
record Statement(
        boolean allows,
        List<PrincipalPattern> principals,
        Selection actions,
        Selection resources,
        List<Condition> conditions) {

    boolean applies(Access access) {
        return actions.selects(glob -> glob.matchesAction(access.action()))
                && appliesToResource(access)
                && conditions.stream().allMatch(condition -> condition.holds(access));
    }

    /** Where a name stands for nothing, an Allow on some resource is enough, and only a Deny on all is in the way. */
    private boolean appliesToResource(Access access) {
        String resource = access.resource();
        return resource == null
                ? allows || resources.selects(Glob::matchesEverything)
                : resources.selects(glob -> glob.matches(resource));
    }
}
