package dev.connector.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.connector.core.ConnectorClock;
import dev.connector.core.ConnectorListener;
import dev.connector.core.Retries;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class SafeListenerTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(SafeListener.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void capture() {
        logger.setAdditive(false);
        logger.addAppender(log);
        log.start();
    }

    @AfterEach
    void release() {
        logger.detachAppender(log);
        logger.setAdditive(true);
    }

    static Stream<Consumer<ConnectorListener>> events() {
        return Stream.of(
                listener -> listener.onCall(nothing()),
                listener -> listener.onRetry(nothing()),
                listener -> listener.onWait(nothing()),
                listener -> listener.onQueue(nothing()),
                listener -> listener.onRefresh(nothing()));
    }

    @ParameterizedTest
    @MethodSource("events")
    void on_whenListenerThrows_logsItOnceAndGoesOn(Consumer<ConnectorListener> event) {
        event.accept(SafeListener.of(new Throwing()));

        assertThat(log.list).singleElement().satisfies(logged -> {
            assertThat(logged.getLevel()).isEqualTo(Level.WARN);
            assertThat(logged.getFormattedMessage())
                    .contains("the work goes on", "[listener=" + Throwing.class.getName() + "]");
            assertThat(logged.getThrowableProxy().getMessage()).isEqualTo("broken metric");
        });
    }

    /** An error too, for instance of a metrics library in another version; and what other languages let through unchecked. */
    @ParameterizedTest
    @ValueSource(classes = {NoSuchMethodError.class, AssertionError.class, IOException.class})
    void on_whenListenerThrowsWhatIsNoRuntimeException_logsItAndGoesOn(Class<? extends Throwable> thrown)
            throws ReflectiveOperationException {
        Throwable broken = thrown.getConstructor().newInstance();

        SafeListener.of(new ConnectorListener() {
                    @Override
                    public void onCall(Call call) {
                        throwAny(broken);
                    }
                })
                .onCall(nothing());

        assertThat(log.list).hasSize(1);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void throwAny(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @ParameterizedTest
    @MethodSource("events")
    void on_whenListenerDoesNotThrow_isToldOnceAndNothingIsLogged(Consumer<ConnectorListener> event) {
        List<String> told = new ArrayList<>();

        event.accept(SafeListener.of(new Recording(told)));

        assertThat(told).hasSize(1);
        assertThat(log.list).isEmpty();
    }

    @Test
    void of_whenAlreadyWrapped_doesNotWrapAgain() {
        ConnectorListener wrapped = SafeListener.of(new Throwing());

        assertThat(wrapped).isInstanceOf(SafeListener.class);
        assertThat(SafeListener.of(wrapped)).isSameAs(wrapped);
    }

    @Test
    void onCall_whenListenerOfRetriesThrows_isLoggedOnceForEachCall() {
        Retries retries = Retries.builder()
                .clock(ConnectorClock.system())
                .listener(SafeListener.of(new Throwing()))
                .build();

        assertThat(retries.call("iam:GetUser", Duration.ZERO, () -> {}, () -> "answer"))
                .isEqualTo("answer");

        assertThat(log.list).hasSize(1);
    }

    /** The wrapper passes on whatever it is given, so these tests need no real event. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T nothing() {
        return null;
    }

    private static final class Throwing implements ConnectorListener {

        @Override
        public void onCall(Call call) {
            throw new IllegalStateException("broken metric");
        }

        @Override
        public void onRetry(Retry retry) {
            throw new IllegalStateException("broken metric");
        }

        @Override
        public void onWait(Wait wait) {
            throw new IllegalStateException("broken metric");
        }

        @Override
        public void onQueue(Place place) {
            throw new IllegalStateException("broken metric");
        }

        @Override
        public void onRefresh(Refresh refresh) {
            throw new IllegalStateException("broken metric");
        }
    }

    private static final class Recording implements ConnectorListener {

        private final List<String> told;

        private Recording(List<String> told) {
            this.told = told;
        }

        @Override
        public void onCall(Call call) {
            told.add("call");
        }

        @Override
        public void onRetry(Retry retry) {
            told.add("retry");
        }

        @Override
        public void onWait(Wait wait) {
            told.add("wait");
        }

        @Override
        public void onQueue(Place place) {
            told.add("queue");
        }

        @Override
        public void onRefresh(Refresh refresh) {
            told.add("refresh");
        }
    }
}
