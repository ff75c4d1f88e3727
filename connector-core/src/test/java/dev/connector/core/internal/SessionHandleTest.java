package dev.connector.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.connector.core.RoleArn;
import dev.connector.core.RoleAssumptionException;
import dev.connector.core.RoleAssumptionException.Hop;
import dev.connector.core.RoleAssumptionException.Reason;
import dev.connector.core.Samples;
import dev.connector.core.Threads;
import dev.connector.core.Threads.Run;
import dev.connector.core.VirtualClock;
import dev.connector.testing.AwsFact;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** What threads see of a session: through a handle, as all users of it do. */
@Timeout(60)
class SessionHandleTest {

    private static final int THREADS = 200;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration WAIT_LIMIT = Duration.ofSeconds(20);

    private final VirtualClock clock = new VirtualClock();
    private final Loader loader = new Loader();
    private final SessionCache cache = new SessionCache(3, spec -> loader, clock, WAIT_LIMIT);
    private final SessionHandle handle = cache.handle(spec("a"));

    @Test
    void resolve_whenHeld_answersWithTheSameSessionAndNoCall() {
        Session first = handle.resolve();
        clock.advance(Duration.ofMinutes(54));

        assertThat(handle.resolve()).isSameAs(first);
        assertThat(handle.provider().resolveCredentials()).isSameAs(first.credentials());
        assertThat(loader.calls()).isEqualTo(1);
    }

    @AwsFact(12)
    @Test
    void resolve_whenManyThreadsComeCold_makesOneCall() throws Exception {
        CountDownLatch answer = loader.holdNext();
        List<Run<Session>> runs = Threads.start(THREADS, handle::resolve);
        Threads.await(() -> clock.waiting() == THREADS - 1);

        answer.countDown();

        assertThat(sessionsOf(runs)).containsOnly(loader.loaded().get(0));
        assertThat(loader.calls()).isEqualTo(1);
    }

    @AwsFact(12)
    @Test
    void resolve_whenManyThreadsComeAtTheEnd_makesOneCallAndHandsOutNoOldSession() throws Exception {
        Session old = handle.resolve();
        clock.advance(HOUR);
        CountDownLatch answer = loader.holdNext();
        List<Run<Session>> runs = Threads.start(THREADS, handle::resolve);
        Threads.await(() -> clock.waiting() == THREADS - 1);

        answer.countDown();

        assertThat(sessionsOf(runs)).containsOnly(loader.loaded().get(1)).doesNotContain(old);
        assertThat(loader.calls()).isEqualTo(2);
    }

    @AwsFact(6)
    @Test
    void resolve_whenEndIsNear_oneCallerRefreshesAndTheOthersGoOn() throws Exception {
        Session old = handle.resolve();
        clock.advance(Duration.ofMinutes(55));
        CountDownLatch answer = loader.holdNext();
        Run<Session> refresher = Threads.start(handle::resolve);
        Threads.await(() -> loader.calls() == 2);

        for (Run<Session> other : Threads.start(THREADS, handle::resolve)) {
            assertThat(other.get()).isSameAs(old);
        }
        answer.countDown();

        Session fresh = refresher.get();
        assertThat(fresh).isNotSameAs(old);
        assertThat(handle.resolve()).isSameAs(fresh);
        assertThat(loader.calls()).isEqualTo(2);
    }

    @Test
    void resolve_whenRefreshIsStillUnderWayAtTheEnd_waitsForIt() throws Exception {
        handle.resolve();
        clock.advance(Duration.ofMinutes(55));
        CountDownLatch answer = loader.holdNext();
        Run<Session> refresher = Threads.start(handle::resolve);
        Threads.await(() -> loader.calls() == 2);
        clock.advance(Duration.ofMinutes(5));
        Run<Session> late = Threads.start(handle::resolve);
        Threads.await(() -> clock.waiting() == 1);

        answer.countDown();

        assertThat(late.get()).isSameAs(refresher.get());
        assertThat(loader.calls()).isEqualTo(2);
    }

    @AwsFact(11)
    @Test
    void resolve_whenRefreshFailsUntilTheEnd_backsOffAndThenFailsClosed() {
        try (Logs logs = new Logs()) {
            Session session = handle.resolve();
            clock.advance(Duration.ofMinutes(55));
            loader.failAlways(Reason.UNAVAILABLE);

            List<Long> triedAt = new ArrayList<>();
            for (int second = 0; second < 290; second++) {
                int before = loader.calls();
                assertThat(handle.resolve()).isSameAs(session);
                if (loader.calls() > before) {
                    triedAt.add((long) second);
                }
                clock.advance(Duration.ofSeconds(1));
            }

            assertThat(triedAt).containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 61L, 91L, 121L, 151L, 181L, 211L, 241L, 271L);
            assertThat(logs.events())
                    .hasSameSizeAs(triedAt)
                    .allSatisfy(event -> assertThat(event.getLevel()).isEqualTo(Level.WARN));
        }
        assertThatThrownBy(handle::resolve).isInstanceOf(RoleAssumptionException.class);
        assertThatThrownBy(handle::resolve).isInstanceOf(RoleAssumptionException.class);
        assertThat(loader.calls()).isEqualTo(1 + 14 + 2);
    }

    @Test
    void resolve_whenRefreshWorksAgain_startsTheBackOffAnew() {
        handle.resolve();
        clock.advance(Duration.ofMinutes(55));
        loader.fail(Reason.THROTTLED);
        handle.resolve();
        clock.advance(Duration.ofSeconds(1));
        Session fresh = handle.resolve();
        clock.advance(Duration.ofMinutes(55));
        loader.fail(Reason.THROTTLED);

        assertThat(handle.resolve()).isSameAs(fresh);
        clock.advance(Duration.ofSeconds(1));
        assertThat(handle.resolve()).isNotSameAs(fresh);
    }

    @Test
    void resolve_whenRefreshFailsAfterTheEndHasCome_failsClosed() throws Exception {
        handle.resolve();
        clock.advance(Duration.ofMinutes(55));
        CountDownLatch answer = loader.holdNext(Reason.TIMEOUT);
        Run<Session> refresher = Threads.start(handle::resolve);
        Threads.await(() -> loader.calls() == 2);
        clock.advance(Duration.ofMinutes(5));

        answer.countDown();

        assertThat(refresher.thrown()).isInstanceOf(RoleAssumptionException.class);
    }

    /** As where a machine is suspended after AWS has answered, and before those who wait are told. */
    @Test
    void resolve_whenTheCallThatItWaitsForBringsASessionThatIsOver_opensAnother() throws Exception {
        CountDownLatch resumed = new CountDownLatch(1);
        loader.next(() -> {
            Session opened = loader.open();
            Loader.hold(resumed);
            return opened;
        });
        Run<Session> first = Threads.start(handle::resolve);
        Threads.await(() -> loader.loaded().size() == 1);
        clock.advance(HOUR);
        Run<Session> late = Threads.start(handle::resolve);
        Threads.await(() -> clock.waiting() == 1);

        resumed.countDown();

        assertThat(late.get()).isNotSameAs(first.get()).isSameAs(handle.resolve());
        assertThat(loader.calls()).isEqualTo(2);
    }

    @Test
    void resolve_whenInTheLastSeconds_isNotHandedOut() {
        Session session = handle.resolve();
        clock.advance(HOUR.minusSeconds(10));

        assertThat(handle.resolve()).isNotSameAs(session);
    }

    @Test
    void resolve_whenLifeIsShort_refreshesAndEndsInProportion() {
        loader.life(Duration.ofMinutes(15));
        Session session = handle.resolve();
        clock.advance(Duration.ofSeconds(749));
        assertThat(handle.resolve()).isSameAs(session);
        clock.advance(Duration.ofSeconds(1));
        assertThat(handle.resolve()).isNotSameAs(session);

        loader.life(Duration.ofSeconds(10));
        handle.refresh();
        loader.failAlways(Reason.UNAVAILABLE);
        clock.advance(Duration.ofSeconds(9).minusNanos(1));
        handle.resolve();
        clock.advance(Duration.ofNanos(1));
        assertThatThrownBy(handle::resolve).isInstanceOf(RoleAssumptionException.class);
    }

    @AwsFact(9)
    @Test
    void resolve_whenFirstCallFails_sharesTheFailureAndDoesNotKeepIt() throws Exception {
        CountDownLatch answer = loader.holdNext(Reason.DENIED);
        List<Run<Session>> runs = Threads.start(THREADS, handle::resolve);
        Threads.await(() -> clock.waiting() == THREADS - 1);

        answer.countDown();

        List<Throwable> failures = new ArrayList<>();
        for (Run<Session> run : runs) {
            failures.add(run.thrown());
        }
        assertThat(failures)
                .allSatisfy(failure -> assertThat(failure)
                        .isInstanceOfSatisfying(
                                RoleAssumptionException.class,
                                thrown -> assertThat(thrown.reason()).isEqualTo(Reason.DENIED)));
        assertThat(loader.calls()).isEqualTo(1);
        assertThat(loader.shared()).isEqualTo(THREADS - 1);
        assertThat(handle.resolve()).isNotNull();
        assertThat(loader.calls()).isEqualTo(2);
    }

    @Test
    void resolve_whenLoaderIsInterrupted_oneOfTheWaitingTakesOver() throws Exception {
        loader.holdNext();
        Run<Session> first = Threads.start(handle::resolve);
        Threads.await(() -> loader.calls() == 1);
        List<Run<Session>> waiting = Threads.start(THREADS, handle::resolve);
        Threads.await(() -> clock.waiting() == THREADS);

        first.thread().interrupt();

        assertThat(first.thrown()).isInstanceOf(RoleAssumptionException.class);
        assertThat(first.endedInterrupted()).isTrue();
        assertThat(sessionsOf(waiting)).containsOnly(loader.loaded().get(0));
        assertThat(loader.calls()).isEqualTo(2);
    }

    @Test
    void resolve_whenWaitingThreadIsInterrupted_leavesWithItsFlagSet() throws Exception {
        CountDownLatch answer = loader.holdNext();
        Run<Session> first = Threads.start(handle::resolve);
        Threads.await(() -> loader.calls() == 1);
        Run<Session> waiting = Threads.start(handle::resolve);
        Threads.await(() -> clock.waiting() == 1);

        waiting.thread().interrupt();

        assertThat(waiting.thrown())
                .isInstanceOfSatisfying(
                        RoleAssumptionException.class,
                        thrown -> assertThat(thrown.reason()).isEqualTo(Reason.INTERRUPTED));
        assertThat(waiting.endedInterrupted()).isTrue();
        answer.countDown();
        assertThat(first.get()).isNotNull();
        assertThat(loader.calls()).isEqualTo(1);
    }

    @Test
    void resolve_whenRefresherIsInterrupted_goesOnAndLeavesTheRefreshToTheNext() throws Exception {
        try (Logs logs = new Logs()) {
            Session session = handle.resolve();
            clock.advance(Duration.ofMinutes(55));
            loader.holdNext();
            Run<Session> refresher = Threads.start(handle::resolve);
            Threads.await(() -> loader.calls() == 2);

            refresher.thread().interrupt();

            assertThat(refresher.get()).isSameAs(session);
            assertThat(refresher.endedInterrupted()).isTrue();
            assertThat(handle.resolve()).isNotSameAs(session);
            assertThat(logs.events()).isEmpty();
        }
    }

    @Test
    void resolve_whenCallOutlastsEveryLimit_letsTheWaitingGoAndTheNextTryAgain() throws Exception {
        CountDownLatch answer = loader.holdNext();
        Run<Session> hanging = Threads.start(handle::resolve);
        Threads.await(() -> loader.calls() == 1);
        Run<Session> waiting = Threads.start(handle::resolve);
        Threads.await(() -> clock.waiting() == 1);

        clock.advance(WAIT_LIMIT);

        assertThat(waiting.thrown())
                .isInstanceOfSatisfying(
                        RoleAssumptionException.class,
                        thrown -> assertThat(thrown.reason()).isEqualTo(Reason.TIMEOUT));
        Session fresh = handle.resolve();
        answer.countDown();
        assertThat(hanging.get()).isNotSameAs(fresh);
        assertThat(handle.resolve()).isSameAs(fresh);
    }

    @Test
    void resolve_whenLoaderThrowsSomethingElse_throwsItAndKeepsNothing() throws Exception {
        loader.next(() -> {
            throw new IllegalStateException("stub");
        });
        assertThatIllegalStateException().isThrownBy(handle::resolve).withMessage("stub");

        Session session = handle.resolve();
        clock.advance(Duration.ofMinutes(55));
        loader.next(() -> {
            throw new IllegalStateException("stub");
        });
        assertThatIllegalStateException().isThrownBy(handle::resolve).withMessage("stub");
        assertThat(handle.resolve()).isSameAs(session);
    }

    @Test
    void resolve_whenLoaderDiesOfAnError_theWaitingDoNotHang() throws Exception {
        CountDownLatch dying = new CountDownLatch(1);
        loader.next(() -> {
            Loader.hold(dying);
            throw new StackOverflowError();
        });
        Run<Session> first = Threads.start(handle::resolve);
        Threads.await(() -> loader.calls() == 1);
        Run<Session> waiting = Threads.start(handle::resolve);
        Threads.await(() -> clock.waiting() == 1);

        dying.countDown();

        assertThat(first.thrown()).isInstanceOf(StackOverflowError.class);
        assertThat(waiting.thrown())
                .isInstanceOf(IllegalStateException.class)
                .hasCauseInstanceOf(StackOverflowError.class);
        assertThat(handle.resolve()).isNotNull();
    }

    /** A source of credentials that is not written in Java may throw what it does not declare. */
    @Test
    void resolve_whenLoaderThrowsWhatItDoesNotDeclare_theNextOneTriesAnewAtOnce() {
        IOException undeclared = new IOException("disk");
        loader.next(() -> throwAny(undeclared));

        assertThatThrownBy(handle::resolve).isSameAs(undeclared);

        assertThat(handle.resolve()).isNotNull();
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> Session throwAny(Throwable thrown) throws T {
        throw (T) thrown;
    }

    @Test
    void resolve_whenWallClockSteps_doesNotCare() {
        Session session = handle.resolve();
        clock.stepWall(Duration.ofDays(365));
        assertThat(handle.resolve()).isSameAs(session);
        clock.stepWall(Duration.ofDays(-730));
        assertThat(handle.resolve()).isSameAs(session);
        clock.advance(HOUR);
        assertThat(handle.resolve()).isNotSameAs(session);
    }

    @Test
    void refresh_whenSessionIsGood_replacesItWhileOthersGoOn() throws Exception {
        Session old = handle.resolve();
        CountDownLatch answer = loader.holdNext();
        Run<Boolean> refresher = Threads.start(() -> {
            handle.refresh();
            return true;
        });
        Threads.await(() -> loader.calls() == 2);
        assertThat(handle.resolve()).isSameAs(old);

        Run<Boolean> second = Threads.start(() -> {
            handle.refresh();
            return true;
        });
        Threads.await(() -> clock.waiting() == 1);
        answer.countDown();

        assertThat(refresher.get()).isTrue();
        assertThat(second.get()).isTrue();
        assertThat(handle.resolve()).isNotSameAs(old);
        assertThat(loader.calls()).isEqualTo(2);
    }

    @Test
    void refresh_whenItFails_throwsAndKeepsTheSessionAndItsRefreshTime() {
        Session session = handle.resolve();
        loader.fail(Reason.UNAVAILABLE);

        assertThatThrownBy(handle::refresh).isInstanceOf(RoleAssumptionException.class);

        clock.advance(Duration.ofMinutes(55).minusNanos(1));
        assertThat(handle.resolve()).isSameAs(session);
        assertThat(loader.calls()).isEqualTo(2);
    }

    @Test
    void evict_whenSessionIsHeld_nextUseOpensAnother() {
        Session session = handle.resolve();
        handle.evict();
        handle.evict();

        Session next = handle.resolve();
        assertThat(next).isNotSameAs(session);
        handle.evict(session.credentials());
        assertThat(handle.resolve()).isSameAs(next);
        handle.evict(next.credentials());
        assertThat(handle.resolve()).isNotSameAs(next);
        assertThat(loader.calls()).isEqualTo(3);
    }

    @Test
    void evict_whenRefreshIsUnderWay_waitsForThatOne() throws Exception {
        Session old = handle.resolve();
        clock.advance(Duration.ofMinutes(55));
        CountDownLatch answer = loader.holdNext();
        Run<Session> refresher = Threads.start(handle::resolve);
        Threads.await(() -> loader.calls() == 2);
        handle.evict(old.credentials());
        Run<Session> other = Threads.start(handle::resolve);
        Threads.await(() -> clock.waiting() == 1);

        answer.countDown();

        assertThat(other.get()).isSameAs(refresher.get()).isNotSameAs(old);
    }

    @Test
    void evict_whenRefreshUnderWayThenFails_doesNotBringTheOldSessionBack() throws Exception {
        Session old = handle.resolve();
        clock.advance(Duration.ofMinutes(55));
        CountDownLatch answer = loader.holdNext(Reason.UNAVAILABLE);
        Run<Session> refresher = Threads.start(handle::resolve);
        Threads.await(() -> loader.calls() == 2);
        handle.evict(old.credentials());

        answer.countDown();

        assertThat(refresher.thrown()).isInstanceOf(RoleAssumptionException.class);
        assertThat(handle.resolve()).isNotSameAs(old);
    }

    @Test
    void evict_whenNothingWasEverUsed_doesNothing() {
        cache.forget(spec("a"), cache.cell(spec("a")));

        handle.evict();
        handle.evict(loader.load().credentials());

        assertThat(handle.resolve()).isNotNull();
    }

    @Test
    void handle_whenSpecIsEqual_sharesOneSession() {
        assertThat(cache.handle(spec("a")).resolve()).isSameAs(handle.resolve());
        assertThat(cache.handle(spec("b")).resolve()).isNotSameAs(handle.resolve());
        assertThat(loader.calls()).isEqualTo(2);
    }

    @Test
    void handle_whenThereAreTooMany_dropsTheOneNotUsedForLongest() {
        Session a = handle.resolve();
        clock.advance(Duration.ofSeconds(2));
        SessionHandle handleB = cache.handle(spec("b"));
        Session b = handleB.resolve();
        clock.advance(Duration.ofSeconds(2));
        Session c = cache.handle(spec("c")).resolve();
        clock.advance(Duration.ofSeconds(2));
        assertThat(handle.resolve()).isSameAs(a);

        Session d = cache.handle(spec("d")).resolve();

        assertThat(handle.resolve()).isSameAs(a);
        assertThat(cache.handle(spec("c")).resolve()).isSameAs(c);
        assertThat(cache.handle(spec("d")).resolve()).isSameAs(d);
        assertThat(loader.calls()).isEqualTo(4);
        assertThat(handleB.resolve()).isNotSameAs(b);
        assertThat(loader.calls()).isEqualTo(5);
    }

    @Test
    void handle_whenAllAreBusy_dropsNoneOfThem() throws Exception {
        List<CountDownLatch> answers = new ArrayList<>();
        List<Run<Session>> runs = new ArrayList<>();
        for (String name : List.of("a", "b", "c", "d")) {
            int calls = loader.calls();
            answers.add(loader.holdNext());
            runs.add(Threads.start(() -> cache.handle(spec(name)).resolve()));
            Threads.await(() -> loader.calls() == calls + 1);
        }
        answers.forEach(CountDownLatch::countDown);

        List<Session> sessions = sessionsOf(runs);
        for (String name : List.of("a", "b", "c", "d")) {
            assertThat(sessions).contains(cache.handle(spec(name)).resolve());
        }
        assertThat(loader.calls()).isEqualTo(4);
    }

    @Test
    void handle_whenManyThreadsUseMoreThanAreKept_alwaysGivesTheRightSession() throws Exception {
        AtomicInteger next = new AtomicInteger();
        List<Run<Boolean>> runs = Threads.start(8, () -> {
            for (int i = 0; i < 500; i++) {
                assertThat(cache.handle(spec("n" + next.incrementAndGet() % 7)).resolve())
                        .isNotNull();
            }
            return true;
        });

        for (Run<Boolean> run : runs) {
            assertThat(run.get()).isTrue();
        }
    }

    @Test
    void close_always_endsEveryUse() {
        handle.resolve();

        cache.close();
        cache.close();

        assertThatIllegalStateException().isThrownBy(handle::resolve).withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(handle::refresh);
        assertThatIllegalStateException().isThrownBy(() -> cache.handle(spec("a")));
        assertThatIllegalStateException().isThrownBy(() -> cache.handle(spec("b")));
        handle.evict();
        assertThat(loader.calls()).isEqualTo(1);
    }

    @Test
    void close_whenCallIsUnderWay_answersThoseWhoWait() throws Exception {
        CountDownLatch answer = loader.holdNext();
        Run<Session> first = Threads.start(handle::resolve);
        Threads.await(() -> loader.calls() == 1);
        Run<Session> waiting = Threads.start(handle::resolve);
        Threads.await(() -> clock.waiting() == 1);

        cache.close();
        answer.countDown();

        assertThat(waiting.get()).isSameAs(first.get());
        assertThatIllegalStateException().isThrownBy(handle::resolve);
    }

    @Test
    void close_whenLoaderIsThenInterrupted_theWaitingMakeNoFurtherCall() throws Exception {
        loader.holdNext();
        Run<Session> first = Threads.start(handle::resolve);
        Threads.await(() -> loader.calls() == 1);
        Run<Session> waiting = Threads.start(handle::resolve);
        Threads.await(() -> clock.waiting() == 1);

        cache.close();
        first.thread().interrupt();

        assertThat(waiting.thrown()).isInstanceOf(IllegalStateException.class);
        assertThat(loader.calls()).isEqualTo(1);
    }

    @Test
    void toString_always_leavesSecretsOut() {
        SessionSpec spec = spec("a");

        assertThat(handle.resolve()).hasToString("Session{***}");
        assertThat(handle.provider()).hasToString("SessionCredentials{" + spec + "}");
        assertThat(spec.toString())
                .contains("SymIAMMain")
                .doesNotContain(Samples.EXTERNAL_ID)
                .doesNotContain(Samples.SECRET_KEY)
                .doesNotContain(Samples.TOKEN);
    }

    private static SessionSpec spec(String sessionName) {
        return new SessionSpec(
                Hop.CONNECTOR,
                RoleArn.parse(Samples.IAM_ROLE),
                Optional.of(Samples.EXTERNAL_ID),
                Optional.empty(),
                sessionName,
                HOUR);
    }

    private static List<Session> sessionsOf(List<Run<Session>> runs) throws Exception {
        List<Session> sessions = new ArrayList<>();
        for (Run<Session> run : runs) {
            sessions.add(run.get());
        }
        return sessions;
    }

    /** Opens sessions as it is told to, by default at once. */
    private final class Loader implements SessionLoader {

        private final BlockingQueue<Supplier<Session>> script = new LinkedBlockingQueue<>();
        private final List<Session> loaded = new CopyOnWriteArrayList<>();
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicInteger shared = new AtomicInteger();
        private volatile Supplier<Session> otherwise = this::open;
        private volatile Duration life = HOUR;

        void next(Supplier<Session> answer) {
            script.add(answer);
        }

        CountDownLatch holdNext() {
            CountDownLatch latch = new CountDownLatch(1);
            next(() -> {
                hold(latch);
                return open();
            });
            return latch;
        }

        CountDownLatch holdNext(Reason reason) {
            CountDownLatch latch = new CountDownLatch(1);
            next(() -> {
                hold(latch);
                throw failure(reason);
            });
            return latch;
        }

        void fail(Reason reason) {
            next(() -> {
                throw failure(reason);
            });
        }

        void failAlways(Reason reason) {
            otherwise = () -> {
                throw failure(reason);
            };
        }

        void life(Duration value) {
            life = value;
        }

        int calls() {
            return calls.get();
        }

        int shared() {
            return shared.get();
        }

        List<Session> loaded() {
            return List.copyOf(loaded);
        }

        @Override
        public Session load() {
            Supplier<Session> answer = script.poll();
            calls.incrementAndGet();
            return (answer == null ? otherwise : answer).get();
        }

        private Session open() {
            Session session = Session.of(
                    AwsSessionCredentials.create("key", Samples.SECRET_KEY, Samples.TOKEN),
                    clock.nanos(),
                    clock.nanos() + life.toNanos());
            loaded.add(session);
            return session;
        }

        static void hold(CountDownLatch latch) {
            try {
                assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw failure(Reason.INTERRUPTED);
            }
        }

        @Override
        public RuntimeException interrupted() {
            return failure(Reason.INTERRUPTED);
        }

        @Override
        public RuntimeException timedOut(Duration waited) {
            return failure(Reason.TIMEOUT);
        }

        @Override
        public RuntimeException shared(RuntimeException failure) {
            shared.incrementAndGet();
            return failure;
        }

        private static RoleAssumptionException failure(Reason reason) {
            return new RoleAssumptionException(
                    Hop.CONNECTOR, Samples.IAM_ROLE, reason, "Cannot assume the role.", (Throwable) null);
        }
    }

    /** What the cells log. */
    private static final class Logs implements AutoCloseable {

        private final Logger logger = (Logger) LoggerFactory.getLogger(SessionCell.class);
        private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

        private Logs() {
            appender.start();
            logger.addAppender(appender);
            logger.setAdditive(false);
        }

        private List<ILoggingEvent> events() {
            return appender.list;
        }

        @Override
        public void close() {
            logger.detachAppender(appender);
            logger.setAdditive(true);
        }
    }
}
