package dev.connector.strategies.iam;

/** What one look at a group shows of a user. */
enum Membership {
    /** The user is a member. */
    PRESENT,
    /** The user is not, as far as this look shows: it may be behind what is so. */
    ABSENT,
    /** The role may not look. */
    NOT_READABLE,
    /** This look failed; another may not. */
    UNREAD
}
