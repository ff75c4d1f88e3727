/** AWS as the connectors see it, in process, under the real SDK clients: for tests of services that use the connectors. */
@NullMarked
package dev.connector.testing;

import org.jspecify.annotations.NullMarked;
