package dev.connector.core.internal;

import dev.connector.core.ConnectorListener;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what a listener throws away from the work that it is told of. */
public final class SafeListener implements ConnectorListener {

    private static final Logger LOG = LoggerFactory.getLogger(SafeListener.class);

    private final ConnectorListener listener;

    private SafeListener(ConnectorListener listener) {
        this.listener = listener;
    }

    /**
     * Wraps a listener once.
     *
     * @param listener any listener
     * @return one that does not throw
     */
    public static ConnectorListener of(ConnectorListener listener) {
        return listener instanceof SafeListener || listener == NoListener.INSTANCE
                ? listener
                : new SafeListener(listener);
    }

    @Override
    public void onCall(Call call) {
        tell(told -> told.onCall(call));
    }

    @Override
    public void onRetry(Retry retry) {
        tell(told -> told.onRetry(retry));
    }

    @Override
    public void onWait(Wait wait) {
        tell(told -> told.onWait(wait));
    }

    @Override
    public void onQueue(Place place) {
        tell(told -> told.onQueue(place));
    }

    @Override
    public void onRefresh(Refresh refresh) {
        tell(told -> told.onRefresh(refresh));
    }

    private void tell(Consumer<ConnectorListener> what) {
        try {
            what.accept(listener);
        } catch (Throwable thrown) {
            LOG.warn(
                    "A ConnectorListener threw; the work goes on. [listener={}]",
                    listener.getClass().getName(),
                    thrown);
        }
    }
}
