/** Accounts with their users, groups and roles, and the operations of IAM on them. */
@NullMarked
package dev.connector.testing.internal.iam;

import org.jspecify.annotations.NullMarked;
