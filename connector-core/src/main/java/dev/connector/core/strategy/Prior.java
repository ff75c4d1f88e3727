package dev.connector.core.strategy;

/** Whether the access was there before the request. It decides whether the end of the grant takes it away. */
public enum Prior {
    /** It was there already: at the end it is kept. */
    PRESENT,
    /** It was not there: at the end it is taken away. */
    ABSENT,
    /** Nobody can tell: at the end it is taken away, unless the strategy is told to keep it. */
    UNKNOWN
}
