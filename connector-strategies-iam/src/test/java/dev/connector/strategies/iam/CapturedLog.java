package dev.connector.strategies.iam;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** All that the library logs until it is closed, at every level, and none of it elsewhere. */
final class CapturedLog implements AutoCloseable {

    private final Logger library = (Logger) LoggerFactory.getLogger("dev.connector");
    private final @Nullable Level before = library.getLevel();
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();

    CapturedLog() {
        library.setLevel(Level.TRACE);
        library.setAdditive(false);
        library.addAppender(events);
        events.start();
    }

    /** The messages, and the exceptions that were logged with them. */
    List<Object> all() {
        return events.list.stream()
                .<Object>flatMap(event -> Stream.concat(Stream.of(event.getFormattedMessage()), thrown(event)))
                .toList();
    }

    private static Stream<Throwable> thrown(ILoggingEvent event) {
        return event.getThrowableProxy() instanceof ThrowableProxy proxy
                ? Stream.of(proxy.getThrowable())
                : Stream.empty();
    }

    List<String> messages() {
        return events.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Override
    public void close() {
        library.detachAppender(events);
        library.setAdditive(true);
        library.setLevel(before);
    }
}
