package dev.connector.benchmarks;

import dev.connector.testing.SimulatedClock;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** The SDK's standard retries of throttled calls, on the simulated clock: three attempts, a second and then two between them, half of it on average. */
final class Patiently {

    private static final int ATTEMPTS = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    private Patiently() {}

    static <T> T call(SimulatedClock clock, Supplier<T> call) {
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                return call.get();
            } catch (AwsServiceException failed) {
                if (attempt == ATTEMPTS || !failed.isThrottlingException()) {
                    throw failed;
                }
            }
            sleep(clock, pause);
            pause = pause.multipliedBy(2);
        }
    }

    static void sleep(SimulatedClock clock, Duration time) {
        try {
            clock.sleep(time);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
