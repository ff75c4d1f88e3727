package dev.connector.examples.broken;

/** Is in no module. */
final class Stray {}
