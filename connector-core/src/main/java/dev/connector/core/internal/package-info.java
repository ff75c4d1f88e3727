/** Machinery of the core; no public API. */
@NullMarked
package dev.connector.core.internal;

import org.jspecify.annotations.NullMarked;
