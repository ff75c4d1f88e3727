/** A strategy of one's own: access to something that is not AWS's, with the same verbs, requests and grants. */
@NullMarked
package dev.connector.examples.ownstrategy;

import org.jspecify.annotations.NullMarked;
