/** The quick start and longer examples. */
@NullMarked
package dev.connector.examples;

import org.jspecify.annotations.NullMarked;
