/** Policies: reading them, and deciding by them. */
@NullMarked
package dev.connector.testing.internal.auth;

import org.jspecify.annotations.NullMarked;
