/** The runtime connector, the narrow sessions that it opens, and what every module builds on. */
@NullMarked
package dev.connector.core;

import org.jspecify.annotations.NullMarked;
