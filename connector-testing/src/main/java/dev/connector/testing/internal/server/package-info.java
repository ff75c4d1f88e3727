/** How a request becomes a call: transport, authentication, faults and the record of calls. */
@NullMarked
package dev.connector.testing.internal.server;

import org.jspecify.annotations.NullMarked;
