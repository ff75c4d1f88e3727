/** A small service that uses the library, to show how such a service is tested. */
@NullMarked
package dev.connector.examples.service;

import org.jspecify.annotations.NullMarked;
