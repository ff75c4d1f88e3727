/** A grant that one process gives and another one ends: all that goes from one to the other is text. */
@NullMarked
package dev.connector.examples.otherprocess;

import org.jspecify.annotations.NullMarked;
