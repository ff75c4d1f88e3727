/** Puts a strategy, the library's or a user's own, through faults, crashes and random histories, and checks that it keeps its word. */
@NullMarked
package dev.connector.testkit;

import org.jspecify.annotations.NullMarked;
