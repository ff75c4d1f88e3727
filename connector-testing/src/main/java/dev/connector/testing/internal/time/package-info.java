/** Virtual time: a clock that waits move, and runs in which exactly one thread at a time holds the baton. */
@NullMarked
package dev.connector.testing.internal.time;

import org.jspecify.annotations.NullMarked;
