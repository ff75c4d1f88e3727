package dev.connector.examples.broken.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps what everybody shares. */
@SuppressWarnings({"unused", "JavaUtilDate", "NonFinalStaticField", "MutablePublicArray", "ThreadLocalUsage"})
final class StaticState {

    static int counter;
    static final int[] ARRAY = {1};
    static final List<String> LIST = new ArrayList<>();
    static final List<String> FIXED_SIZE = Arrays.asList("a", "b");
    static final Map<String, String> MAP = new ConcurrentHashMap<>();
    static final AtomicInteger ATOMIC = new AtomicInteger();
    static final ReentrantLock LOCK = new ReentrantLock();
    static final ThreadLocal<String> THREAD_LOCAL = new ThreadLocal<>();
    static final Date DATE = new Date(0);
    static final Mutable OWN = new Mutable();

    static final class Mutable {
        int value;
    }
}
