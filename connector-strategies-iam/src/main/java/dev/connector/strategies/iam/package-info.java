/** Membership of IAM groups, given to an existing user and taken away again. */
@NullMarked
package dev.connector.strategies.iam;

import org.jspecify.annotations.NullMarked;
