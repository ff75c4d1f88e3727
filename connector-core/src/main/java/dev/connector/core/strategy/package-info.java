/** What every strategy shares: the verbs, the values that pass through them, and the exceptions. */
@NullMarked
package dev.connector.core.strategy;

import org.jspecify.annotations.NullMarked;
