package dev.connector.strategies.iam;

import dev.connector.core.ConnectorListener;

/** Listeners that do something in the middle of a verb. */
final class Listeners {

    private Listeners() {}

    static ConnectorListener onWait(Runnable action) {
        return new ConnectorListener() {
            @Override
            public void onWait(Wait wait) {
                action.run();
            }
        };
    }

    static ConnectorListener onCall(String operation, Runnable action) {
        return new ConnectorListener() {
            @Override
            public void onCall(Call call) {
                if (call.operation().equals(operation)) {
                    action.run();
                }
            }
        };
    }
}
