package dev.connector.strategies.iam;

/** A user as IAM knows them now: the name may change and be given to another, the id does not. */
record IamUser(String name, String id) {}
