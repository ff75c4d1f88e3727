package dev.connector.testing.internal.identitycenter;

import java.util.List;

/**
 * A user of the identity store.
 *
 * @param id a UUID
 * @param userName unique, whatever the letter case
 * @param emails e-mail addresses
 * @param enabled whether the user may sign in
 */
record Person(String id, String userName, List<String> emails, boolean enabled) {

    Person {
        emails = List.copyOf(emails);
    }

    Person named(String other) {
        return new Person(id, other, emails, enabled);
    }

    Person enabled(boolean on) {
        return new Person(id, userName, emails, on);
    }
}
