package dev.connector.strategies.iam;

import dev.connector.core.AwsFailure;
import dev.connector.core.ConnectorListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A listener that keeps all that it is told, and all that can be reached from there; then it throws it, as one that is broken may. */
final class Told implements ConnectorListener {

    private final List<Object> all = new ArrayList<>();

    List<Object> all() {
        return all;
    }

    @Override
    public void onCall(Call call) {
        keep(call, call.failure());
    }

    @Override
    public void onRetry(Retry retry) {
        keep(retry, Optional.of(retry.failure()));
    }

    @Override
    public void onWait(Wait wait) {
        keep(wait, Optional.empty());
    }

    @Override
    public void onRefresh(Refresh refresh) {
        keep(refresh, refresh.failure());
    }

    private void keep(Object event, Optional<AwsFailure> failure) {
        all.add(event);
        failure.ifPresent(failed -> {
            all.addAll(List.of(failed, failed.description(), failed.cause()));
            throw new IllegalStateException(event + ": " + failed.description(), failed.cause());
        });
        throw new IllegalStateException(event.toString());
    }
}
