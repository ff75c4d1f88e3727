/** A permission set of IAM Identity Center for an hour. */
@NullMarked
package dev.connector.examples.identitycenter;

import org.jspecify.annotations.NullMarked;
