/** The services' wire formats, over the field lists that the SDK's own model classes carry. The only place that uses those. */
@NullMarked
package dev.connector.testing.internal.wire;

import org.jspecify.annotations.NullMarked;
