/** What the library costs, against the same work done by hand with the SDK. Nothing here is published. */
@NullMarked
package dev.connector.benchmarks;

import org.jspecify.annotations.NullMarked;
