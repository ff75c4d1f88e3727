package dev.connector.strategies.sso;

/** Which way an account assignment is changed. */
enum Direction {
    /** Made, by {@code sso:CreateAccountAssignment}. */
    GRANT("sso:CreateAccountAssignment"),
    /** Taken away, by {@code sso:DeleteAccountAssignment}. */
    REVOKE("sso:DeleteAccountAssignment");

    private final String operation;

    Direction(String operation) {
        this.operation = operation;
    }

    /** The change as IAM names its action. */
    String operation() {
        return operation;
    }
}
