/** How secrets are recognised in whatever is printed. */
@NullMarked
package dev.connector.testing.internal.canary;

import org.jspecify.annotations.NullMarked;
