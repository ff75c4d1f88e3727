/** Permission sets and groups of IAM Identity Center, given to an existing user and taken away again. */
@NullMarked
package dev.connector.strategies.sso;

import org.jspecify.annotations.NullMarked;
