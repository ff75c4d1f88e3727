package dev.connector.testkit;

/**
 * Something that somebody else does to the simulated account while a strategy is at work in it.
 *
 * <p>Immutable.
 */
public enum Change {
    /** The person is given access to the target. Nothing happens if they have it. */
    ACCESS_GIVEN,
    /** The person's access to the target is taken away. Nothing happens if they have none. */
    ACCESS_TAKEN,
    /** The strategy's role may no longer read who has access; what it needs to know the person, it may still read. */
    READS_DENIED,
    /** The person gets another name, and stays who they are: the id and the access stay. */
    PERSON_RENAMED,
    /** The person is deleted, with all access. */
    PERSON_DELETED,
    /** The person is deleted, with all access, and somebody else gets the name, and access to the target. */
    PERSON_REPLACED,
    /** The target is deleted, with everybody's access to it. */
    TARGET_DELETED
}
