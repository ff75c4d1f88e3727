/** A small library of mistakes: each class breaks the rule of the architecture that it is named after, once with each of its members. */
package dev.connector.examples.broken;
