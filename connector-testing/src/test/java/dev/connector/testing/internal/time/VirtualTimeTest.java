package dev.connector.testing.internal.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualTimeTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    private final VirtualTime time = new VirtualTime(START, new SplittableRandom(1));
    private final List<String> log = new ArrayList<>();
    private final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());

    private interface Task {
        void run() throws Exception;
    }

    @Test
    void run_ofTasksThatSleep_letsEachGoOnAtItsTime() {
        run(
                time,
                () -> {
                    time.sleep(Duration.ofSeconds(20));
                    log("a");
                    time.sleep(Duration.ofSeconds(20));
                    log("a");
                },
                () -> {
                    time.sleep(Duration.ofSeconds(30));
                    log("b");
                });

        assertThat(log).containsExactly("a 20", "b 30", "a 40");
        assertThat(time.instant()).isEqualTo(START.plusSeconds(40));
    }

    @Test
    void run_withoutTasks_returns() {
        time.run(List.of());

        assertThat(time.nanos()).isZero();
    }

    @Test
    void run_whenOver_leavesTheClockToOneThreadAgain() throws InterruptedException {
        run(time, () -> time.sleep(Duration.ofSeconds(1)));
        time.sleep(Duration.ofSeconds(1));
        run(time, () -> time.sleep(Duration.ofSeconds(1)));

        assertThat(time.instant()).isEqualTo(START.plusSeconds(3));
    }

    @Test
    void task_whileItDoesNotWait_isNotDisturbed() {
        int[] counter = {0};
        Task task = () -> {
            for (int i = 0; i < 100; i++) {
                int seen = counter[0];
                time.sleep(Duration.ZERO);
                time.await(new CompletableFuture<>(), Duration.ofSeconds(-1));
                counter[0] = seen + 1;
                time.sleep(Duration.ofNanos(1));
            }
        };

        run(time, IntStream.range(0, 50).mapToObj(i -> task).toArray(Task[]::new));

        assertThat(counter[0]).isEqualTo(5_000);
        assertThat(time.nanos()).isEqualTo(100);
    }

    @Test
    void ties_areDecidedBySeed() {
        Set<List<String>> orders = new HashSet<>();
        for (long seed = 0; seed < 50; seed++) {
            List<String> order = orderOfThree(seed);
            assertThat(orderOfThree(seed)).isEqualTo(order);
            orders.add(order.subList(0, 3));
        }

        assertThat(orders).hasSize(6);
    }

    @Test
    void await_whenATaskCompletesTheFuture_endsAtThatInstant() {
        CompletableFuture<String> future = new CompletableFuture<>();
        CompletableFuture<String> failing = new CompletableFuture<>();
        run(
                time,
                () -> log("a " + time.await(future, Duration.ofMinutes(1))),
                () -> log("b " + time.await(failing, FOR_EVER)),
                () -> {
                    time.sleep(Duration.ofSeconds(5));
                    future.complete("done");
                    log("c");
                    time.sleep(Duration.ofSeconds(5));
                    failing.completeExceptionally(new IllegalStateException("expected"));
                });

        assertThat(log).containsExactly("c 5", "a true 5", "b true 10");
    }

    @Test
    void await_whenNobodyCompletesTheFuture_endsAtItsLimit() {
        CompletableFuture<String> late = new CompletableFuture<>();
        run(time, () -> log("a " + time.await(late, Duration.ofSeconds(9))), () -> {
            time.sleep(Duration.ofSeconds(10));
            late.complete("done");
            log("b");
        });

        assertThat(log).containsExactly("a false 9", "b 10");
    }

    @Test
    void await_ofAFutureThatIsComplete_doesNotPassTheBaton() {
        run(
                time,
                () -> {
                    log("first");
                    time.await(CompletableFuture.completedFuture(1), FOR_EVER);
                    log("first");
                },
                () -> {
                    log("second");
                    time.await(CompletableFuture.completedFuture(1), FOR_EVER);
                    log("second");
                });

        assertThat(log.get(0)).isEqualTo(log.get(1));
        assertThat(log.get(2)).isEqualTo(log.get(3));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, 9_223_372_036L, 292L * 365 * 24 * 3600})
    void waits_ofAllTasksWithoutALimit_areADeadlockWithStacks(long seconds) throws InterruptedException {
        Duration unlimited = Duration.ofSeconds(seconds);
        List<String> ended = Collections.synchronizedList(new ArrayList<>());

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> run(
                        time,
                        () -> {
                            time.sleep(Duration.ofSeconds(1));
                            try {
                                time.await(new CompletableFuture<>(), unlimited);
                            } finally {
                                ended.add("a");
                            }
                        },
                        () -> {
                            try {
                                sleepWithoutLimit(unlimited);
                            } finally {
                                ended.add("b");
                            }
                        },
                        () -> time.sleep(Duration.ofSeconds(5))))
                .withMessageContaining("without a limit")
                .withMessageContaining("\"task-1\" ")
                .withMessageContaining("\"task-2\" ")
                .withMessageContaining("VirtualTimeTest.sleepWithoutLimit(")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("task-3"));
        joinAll();
        assertThat(ended).containsExactlyInAnyOrder("a", "b");
        assertThat(time.nanos()).isEqualTo(5_000_000_000L);
        time.sleep(Duration.ofSeconds(1));
    }

    @Test
    void waits_ofATaskThatGoesOnAfterADeadlock_throwAgain() {
        List<Throwable> thrown = new ArrayList<>();
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> run(time, () -> {
                    for (int i = 0; i < 3; i++) {
                        try {
                            time.sleep(FOR_EVER);
                        } catch (RunOver over) {
                            thrown.add(over);
                        }
                    }
                    throw new IllegalStateException("not what the run failed of");
                }));

        assertThat(thrown).hasSize(3);
    }

    @Test
    void wait_withoutALimitThatIsTooLongForTheClock_isStillCutByOthers() {
        CompletableFuture<String> future = new CompletableFuture<>();
        time.advance(Duration.ofDays(365 * 10));
        run(
                time,
                () -> assertThat(time.await(future, Duration.ofDays(365 * 291))).isTrue(),
                () -> {
                    time.sleep(Duration.ofDays(1));
                    future.complete("done");
                });

        assertThat(time.instant()).isEqualTo(START.plus(Duration.ofDays(365 * 10 + 1)));
    }

    @Test
    void failures_areThrownWhenAllHaveEnded_theFirstWithTheOthersSuppressed() {
        RuntimeException first = new IllegalStateException("first");
        Error second = new AssertionError("second");

        assertThatThrownBy(() -> run(
                        time,
                        () -> {
                            time.sleep(Duration.ofSeconds(2));
                            throw second;
                        },
                        () -> {
                            time.sleep(Duration.ofSeconds(1));
                            throw first;
                        },
                        () -> {
                            time.sleep(Duration.ofSeconds(3));
                            log("c");
                        },
                        () -> {
                            time.sleep(Duration.ofSeconds(4));
                            throw first;
                        }))
                .isSameAs(first)
                .hasSuppressedException(second)
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(log).containsExactly("c 3");
    }

    @Test
    void failure_thatLeadsToADeadlock_isThrownFirst() {
        CompletableFuture<String> future = new CompletableFuture<>();

        assertThatThrownBy(() -> run(time, () -> time.await(future, FOR_EVER), () -> {
                    throw new IllegalStateException("cannot complete it");
                }))
                .hasMessage("cannot complete it")
                .satisfies(e -> assertThat(e.getSuppressed())
                        .singleElement()
                        .satisfies(deadlock -> assertThat(deadlock).hasMessageContaining("without a limit")));
    }

    @Test
    void failure_thatIsAnError_isThrownAsItIs() {
        Error error = new StackOverflowError();

        assertThatThrownBy(() -> run(time, () -> {
                    throw error;
                }))
                .isSameAs(error);
    }

    @Test
    void failure_thatNoRunnableDeclares_isThrownWrapped() {
        assertThatExceptionOfType(UndeclaredThrowableException.class)
                .isThrownBy(() ->
                        time.run(List.of(() -> VirtualTimeTest.<RuntimeException>sneak(new Exception("checked")))))
                .withRootCauseInstanceOf(Exception.class);
    }

    @Test
    void interrupt_ofATaskThatWaits_endsTheWaitAtThatInstant() {
        CompletableFuture<Thread> sleeper = new CompletableFuture<>();
        run(
                time,
                () -> {
                    sleeper.complete(Thread.currentThread());
                    assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> time.sleep(FOR_EVER));
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                    log("interrupted");
                    time.sleep(Duration.ofSeconds(1));
                    log("on");
                },
                () -> {
                    time.sleep(Duration.ofSeconds(7));
                    sleeper.join().interrupt();
                    assertThat(sleeper.join().isInterrupted()).isTrue();
                    log("other");
                });

        assertThat(log).containsExactly("other 7", "interrupted 7", "on 8");
    }

    @Test
    void interrupt_ofATaskWhoseFutureIsCompleteToo_leavesTheFlag() {
        CompletableFuture<Thread> waiter = new CompletableFuture<>();
        CompletableFuture<String> future = new CompletableFuture<>();
        run(
                time,
                () -> {
                    waiter.complete(Thread.currentThread());
                    assertThat(time.await(future, FOR_EVER)).isTrue();
                    assertThat(Thread.interrupted()).isTrue();
                    log("a");
                },
                () -> {
                    time.sleep(Duration.ofSeconds(7));
                    waiter.join().interrupt();
                    future.complete("done");
                });

        assertThat(log).containsExactly("a 7");
    }

    @Test
    void interrupt_ofATaskThatHasNotBegunOrOfItself_isMetByItsFirstWait() {
        Task task = () -> {
            tasksThatLive().forEach(Thread::interrupt);
            assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> time.sleep(Duration.ofSeconds(1)));
            log("interrupted");
        };
        run(time, task, task);

        assertThat(log).containsExactly("interrupted 0", "interrupted 0");
    }

    @Test
    void interrupt_byAnotherThread_isNotPassedOn() {
        run(time, () -> {
            Thread task = Thread.currentThread();
            Thread timer = new Thread(task::interrupt);
            timer.start();
            timer.join();
            time.sleep(Duration.ofSeconds(1));
            log("undisturbed");
        });

        assertThat(log).containsExactly("undisturbed 1");
    }

    @Test
    void advance_byATask_letsThoseWhoseTimeHasComeFollowInTheirOrder() {
        run(
                time,
                () -> {
                    time.sleep(Duration.ofSeconds(2));
                    log("second");
                },
                () -> {
                    time.sleep(Duration.ofSeconds(1));
                    log("first");
                },
                () -> {
                    time.sleep(Duration.ofMillis(1));
                    time.advance(Duration.ofSeconds(60));
                    log("advanced");
                    time.sleep(Duration.ofNanos(1));
                    log("last");
                });

        assertThat(log).containsExactly("advanced 60", "first 60", "second 60", "last 60");
    }

    @Test
    void set_byATask_movesNoWait() {
        run(
                time,
                () -> {
                    time.sleep(Duration.ofSeconds(2));
                    log("a");
                },
                () -> {
                    time.set(START.minusSeconds(3600));
                    time.sleep(Duration.ofSeconds(1));
                    log("b");
                });

        assertThat(log).containsExactly("b 1", "a 2");
        assertThat(time.instant()).isEqualTo(START.minusSeconds(3598));
    }

    @Test
    void waits_ofOtherThreads_areRefusedWhileARunIsOn() {
        List<Throwable> refused = new ArrayList<>();
        run(time, () -> {
            refused.add(thrownByOther(() -> time.sleep(Duration.ofSeconds(1))));
            refused.add(thrownByOther(() -> time.await(new CompletableFuture<>(), Duration.ofSeconds(1))));
            refused.add(thrownByOther(() -> time.sleepOrPass(Duration.ofSeconds(1))));
            refused.add(thrownByOther(() -> time.advance(Duration.ofSeconds(1))));
            assertThat(time.nanos()).isZero();
        });

        assertThat(refused)
                .hasSize(4)
                .allSatisfy(e -> assertThat(e)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("\"other\"")
                        .hasMessageContaining("SimulatedAws.run"));
    }

    @Test
    void readings_ofOtherThreads_areAllowedWhileARunIsOn() {
        run(
                time,
                () -> assertThat(thrownByOther(() -> {
                            time.instant();
                            time.nanos();
                            time.set(START.plusSeconds(1));
                            time.await(CompletableFuture.completedFuture(1), FOR_EVER);
                            time.await(new CompletableFuture<>(), Duration.ZERO);
                        }))
                        .isNull());

        assertThat(time.instant()).isEqualTo(START.plusSeconds(1));
    }

    @Test
    void run_duringARun_isRefused() {
        run(time, () -> {
            assertThatIllegalStateException()
                    .isThrownBy(() -> time.run(List.of(() -> {})))
                    .withMessageContaining("A run is on already");
            assertThat(thrownByOther(() -> time.run(List.of(() -> {})))).isInstanceOf(IllegalStateException.class);
        });
    }

    @Test
    void run_ofAnotherTime_mayBeMadeByATask() {
        VirtualTime other = new VirtualTime(START, new SplittableRandom(1));
        run(time, () -> {
            other.sleep(Duration.ofSeconds(5));
            run(other, () -> other.sleep(Duration.ofSeconds(7)), () -> {
                assertThatIllegalStateException().isThrownBy(() -> time.sleep(Duration.ofSeconds(1)));
                other.sleep(Duration.ofSeconds(3));
            });
            time.sleep(Duration.ofSeconds(1));
        });

        assertThat(other.instant()).isEqualTo(START.plusSeconds(12));
        assertThat(time.instant()).isEqualTo(START.plusSeconds(1));
    }

    /** The machine's clock decides only when this fails, not that it does. */
    @Test
    void task_thatBlocksOnALatch_isAStallAndIsEnded() throws InterruptedException {
        VirtualTime impatient = impatient();

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> run(
                        impatient, () -> new CountDownLatch(1).await(), () -> impatient.sleep(Duration.ofSeconds(1))))
                .withMessageContaining("has neither ended nor waited on the clock")
                .withMessageContaining("task-1");
        joinAll();
    }

    @Test
    void task_thatBlocksOnALockOfOneThatWaits_isAStallAndBothAreEnded() throws InterruptedException {
        VirtualTime impatient = impatient();
        ReentrantLock foreign = new ReentrantLock();
        Task task = () -> {
            foreign.lock();
            try {
                impatient.sleep(Duration.ofSeconds(1));
            } finally {
                foreign.unlock();
            }
        };

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> run(impatient, task, task))
                .withMessageContaining("has neither ended nor waited on the clock");
        joinAll();
        assertThat(foreign.isLocked()).isFalse();
    }

    @Test
    void task_thatCannotBeEnded_isNamedAndGivenUp() throws InterruptedException {
        VirtualTime impatient = impatient();
        CountDownLatch latch = new CountDownLatch(1);

        assertThatThrownBy(() -> run(impatient, () -> awaitUninterruptibly(latch)))
                .isInstanceOf(AssertionError.class)
                .satisfies(e -> assertThat(e.getSuppressed())
                        .singleElement()
                        .satisfies(given -> assertThat(given).hasMessageContaining("could not be ended")));
        latch.countDown();
        joinAll();
        impatient.sleep(Duration.ofSeconds(1));
    }

    @Test
    void caller_whenInterrupted_endsTheRun() throws InterruptedException {
        Thread caller = Thread.currentThread();

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> run(time, () -> time.sleep(FOR_EVER), () -> {
                    caller.interrupt();
                    new CountDownLatch(1).await();
                }))
                .withMessageContaining("was interrupted");
        assertThat(Thread.interrupted()).isTrue();
        joinAll();
    }

    private static VirtualTime impatient() {
        return new VirtualTime(START, new SplittableRandom(1), new StallDetector(Duration.ofMillis(300)));
    }

    private List<String> orderOfThree(long seed) {
        VirtualTime seeded = new VirtualTime(START, new SplittableRandom(seed));
        List<String> order = new ArrayList<>();
        run(
                seeded,
                Stream.of("a", "b", "c")
                        .<Task>map(name -> () -> {
                            for (int i = 0; i < 4; i++) {
                                order.add(name);
                                seeded.sleep(Duration.ofSeconds(1));
                            }
                        })
                        .toArray(Task[]::new));
        return order;
    }

    private void sleepWithoutLimit(Duration unlimited) throws InterruptedException {
        time.sleep(unlimited);
    }

    private void log(String what) {
        log.add(what + " " + time.nanos() / 1_000_000_000);
    }

    private void run(VirtualTime of, Task... tasks) {
        of.run(Arrays.stream(tasks).map(this::runnable).toList());
    }

    private Runnable runnable(Task task) {
        return () -> {
            threads.add(Thread.currentThread());
            try {
                task.run();
            } catch (RuntimeException failure) {
                throw failure;
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        };
    }

    private static @Nullable Throwable thrownByOther(Task task) throws InterruptedException {
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        Thread other = new Thread(() -> thrown.set(catchThrowable(task::run)), "other");
        other.start();
        other.join();
        return thrown.get();
    }

    @SuppressWarnings("unchecked")
    private static <E extends Exception> void sneak(Exception exception) throws E {
        throw (E) exception;
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException again) {
                // A task that cannot be ended.
            }
        }
    }

    private static Stream<Thread> tasksThatLive() {
        return Thread.getAllStackTraces().keySet().stream().filter(TaskThread.class::isInstance);
    }

    private void joinAll() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
