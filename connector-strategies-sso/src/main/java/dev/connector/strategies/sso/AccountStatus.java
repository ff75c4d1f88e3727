package dev.connector.strategies.sso;

/** What is known of an account in the organization. */
public enum AccountStatus {
    /** The account is in use. */
    ACTIVE,
    /** The account is suspended: assignments there cannot be changed, and the access comes back when it is reinstated. */
    SUSPENDED,
    /** There is no such account in the organization. */
    NOT_FOUND,
    /** Nobody knows. */
    UNKNOWN
}
