package dev.connector.examples.otherprocess;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.core.ConnectorClock;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.Revocation;
import dev.connector.examples.ownstrategy.FeatureFlagStrategy;
import dev.connector.examples.ownstrategy.FeatureFlagTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Shows a grant that is prepared, stored and resumed here, and ended in another JVM. */
class StoredGrantTest {

    @TempDir
    private Path flags;

    @TempDir
    private Path database;

    @Test
    @Timeout(60)
    void grant_thatWasStoredHere_isEndedByAnotherProcess() throws Exception {
        Path store = database.resolve("grant.json");
        try (FeatureFlagStrategy strategy =
                new FeatureFlagStrategy(flags, Set.of("new-checkout"), ConnectorClock.system())) {
            StoredGrant.give(strategy, request(), store);
        }
        assertThat(flags.resolve("new-checkout")).hasContent("ada@example.com");

        assertThat(otherProcess(flags, store)).isEqualTo("REVOKED");

        assertThat(flags.resolve("new-checkout")).isEmptyFile();
        Revocation revocation = Revocation.fromJson(Files.readString(store));
        assertThat(revocation.grant().requester()).isEqualTo(Requester.of("ada@example.com"));
        assertThat(revocation.confirmed()).isTrue();
    }

    @Test
    void grant_thatWasPreparedOnly_isEndedToo() throws IOException {
        Path store = database.resolve("grant.json");
        try (FeatureFlagStrategy strategy =
                new FeatureFlagStrategy(flags, Set.of("new-checkout"), ConnectorClock.system())) {
            Files.writeString(store, strategy.prepare(request()).toJson());

            assertThat(StoredGrant.end(strategy, store).result()).isEqualTo(Revocation.Result.ALREADY_ABSENT);
        }
    }

    private static String otherProcess(Path flags, Path store) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoredGrant.class.getName(),
                        flags.toString(),
                        store.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return printed.strip();
    }

    private static AccessRequest<FeatureFlagTarget> request() {
        return AccessRequest.builder(Requester.of("ada@example.com"), new FeatureFlagTarget("new-checkout"))
                .duration(Duration.ofHours(1))
                .build();
    }
}
