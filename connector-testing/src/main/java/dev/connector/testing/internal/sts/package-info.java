/** The operations of STS. */
@NullMarked
package dev.connector.testing.internal.sts;

import org.jspecify.annotations.NullMarked;
