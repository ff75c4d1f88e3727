package dev.connector.testing.internal.iam;

import java.time.Instant;

/**
 * A user.
 *
 * @param id the unique id, which no other user ever has
 * @param path the path
 * @param name the name
 * @param created when it was made
 */
public record User(String id, String path, String name, Instant created) {

    User named(String other) {
        return new User(id, path, other, created);
    }
}
