package dev.connector.examples.ownstrategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connector.core.ConnectorClock;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.Ending;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantRejectedException;
import dev.connector.core.strategy.Prior;
import dev.connector.core.strategy.Requester;
import dev.connector.core.strategy.Revocation.Result;
import dev.connector.core.strategy.StrategyException;
import dev.connector.core.strategy.TargetNotAllowedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows what a strategy of one's own is to be tested for. */
class FeatureFlagStrategyTest {

    private static final FeatureFlagTarget FLAG = new FeatureFlagTarget("new-checkout");

    @TempDir
    private Path directory;

    private FeatureFlagStrategy strategy;

    @BeforeEach
    void makeStrategy() {
        strategy = new FeatureFlagStrategy(directory, Set.of("new-checkout"), ConnectorClock.system());
    }

    @Test
    void prepare_changesNothing() throws Exception {
        assertThat(strategy.prepare(request().build()).prior()).isEqualTo(Prior.ABSENT);

        try (var files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void prepare_whenTheFlagIsNotOnTheList_isRefused() {
        AccessRequest<FeatureFlagTarget> request = AccessRequest.builder(
                        Requester.of("ada@example.com"), new FeatureFlagTarget("kill-switch"))
                .duration(Duration.ofHours(1))
                .build();

        assertThatThrownBy(() -> strategy.prepare(request)).isInstanceOf(TargetNotAllowedException.class);
    }

    @Test
    void deescalate_whenTheFlagWasOnBefore_leavesItOn() {
        strategy.escalate(request().build());

        Grant second = strategy.escalate(request().build());

        assertThat(second.prior()).isEqualTo(Prior.PRESENT);
        assertThat(strategy.deescalate(second).result()).isEqualTo(Result.KEPT_PREEXISTING);
    }

    @Test
    void deescalate_whileAnotherGrantIsOpen_leavesTheFlagOnForIt() {
        Grant first = strategy.escalate(request().build());
        Grant second = strategy.escalate(request().openGrants(List.of(first)).build());

        assertThat(strategy.deescalate(first, Ending.scheduled().whileOpen(List.of(second)))
                        .result())
                .isEqualTo(Result.KEPT_IN_USE);
        assertThat(strategy.deescalate(second).result()).isEqualTo(Result.REVOKED);
        assertThat(strategy.deescalate(second).result()).isEqualTo(Result.ALREADY_ABSENT);
    }

    @Test
    void resume_whenTheGrantWasGiven_answersItAsItIs() {
        Grant grant = strategy.escalate(request().build());

        assertThat(strategy.resume(grant)).isSameAs(grant);
    }

    @Test
    void resume_whenTheEndWasBegun_isRejected() {
        Grant ending = strategy.escalate(request().build()).ending();

        assertThatThrownBy(() -> strategy.resume(ending)).isInstanceOf(GrantRejectedException.class);
    }

    @Test
    void resume_afterItsTime_givesNothingButSeesWhatIsThere() {
        Grant late = strategy.prepare(
                request().requestedAt(Instant.parse("2020-01-01T00:00:00Z")).build());

        assertThatThrownBy(() -> strategy.resume(late))
                .isInstanceOfSatisfying(
                        StrategyException.class,
                        tooLate -> assertThat(tooLate.reason()).isEqualTo(StrategyException.Reason.REQUEST_EXPIRED));
        strategy.escalate(request().build());
        assertThat(strategy.resume(late).confirmed()).isTrue();
    }

    private static AccessRequest.Builder<FeatureFlagTarget> request() {
        AccessRequest.Builder<FeatureFlagTarget> request = AccessRequest.builder(Requester.of("ada@example.com"), FLAG);
        request.duration(Duration.ofHours(1));
        return request;
    }
}
