/** Who calls: access keys, sessions and what stands behind them. */
@NullMarked
package dev.connector.testing.internal.identity;

import org.jspecify.annotations.NullMarked;
