package dev.connector.testing.internal.server;

import dev.connector.testing.internal.auth.Policy;
import dev.connector.testing.internal.identity.Identity;
import java.util.Collection;

/** Knows the policies of users and roles as they are now. */
@FunctionalInterface
public interface PolicySource {

    /** The policies of the user, or of the role whose session it is. */
    Collection<Policy> policiesOf(Identity identity);
}
