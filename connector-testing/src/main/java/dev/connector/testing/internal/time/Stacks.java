package dev.connector.testing.internal.time;

import java.util.Collection;

/** What threads are doing, as text for people. */
final class Stacks {

    private Stacks() {}

    static String of(Collection<? extends Thread> threads) {
        StringBuilder text = new StringBuilder();
        for (Thread thread : threads) {
            text.append('\n').append('"').append(thread.getName()).append("\" ").append(thread.getState());
            for (StackTraceElement frame : thread.getStackTrace()) {
                text.append("\n    at ").append(frame);
            }
        }
        return text.toString();
    }
}
