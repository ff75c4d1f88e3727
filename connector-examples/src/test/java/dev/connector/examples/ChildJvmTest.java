package dev.connector.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ChildJvmTest {

    /** The JVM that prints what it was given. */
    static final class Echo {

        private Echo() {}

        public static void main(String[] arguments) {
            System.out.print(String.join(" ", arguments));
            System.err.print(System.getenv("AWS_PROFILE") + " " + System.getenv("AWS_EC2_METADATA_DISABLED") + " "
                    + System.getenv("PATH") + " " + System.getProperty("dev.connector.told"));
            System.exit(7);
        }
    }

    @Test
    void run_whenItEnds_tellsHowAndWhatItPrinted() throws Exception {
        ChildJvm.Ended ended = ChildJvm.of(Echo.class)
                .arguments("one", "two")
                .environment(Map.of("AWS_PROFILE", "other"))
                .systemProperties(Map.of("dev.connector.told", "yes"))
                .run();

        assertThat(ended).isEqualTo(new ChildJvm.Ended(7, "one two", "other true " + System.getenv("PATH") + " yes"));
    }
}
