package dev.connector.testkit;

/** That a principal has access to a target. */
record Access(String principalId, String target) {}
