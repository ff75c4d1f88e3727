/** The quick start: one access given and taken away, on a simulated account. The longer examples are in the packages below. */
@NullMarked
package dev.connector.examples;

import org.jspecify.annotations.NullMarked;
