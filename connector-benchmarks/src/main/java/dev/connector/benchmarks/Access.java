package dev.connector.benchmarks;

/** One way to give a user access to a group and to take it away again. For one thread. */
interface Access extends AutoCloseable {

    /** Adds the user to the group, and looks whether they are in it. */
    void give();

    /** Takes the user out of the group, and looks whether they are gone. */
    void takeAway();

    @Override
    void close();
}
