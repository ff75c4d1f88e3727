package dev.connector.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.connector.testing.SimulatedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PriorAccessTest {

    private static final Duration SETTLE_TIME = Duration.ofSeconds(30);

    private final SimulatedClock clock = Samples.clock();
    private final PriorAccess priorAccess = new PriorAccess(Samples.connectorClock(clock), SETTLE_TIME);
    private final GrantKey key = Samples.preparedGrant().key();

    private AccessRequest.Builder<TargetSnapshot> request() {
        return Samples.requestOf(Samples.target()).requestedAt(clock.instant());
    }

    /** When an access was last ended, as this process or the caller knows it. */
    private enum Ended {
        NEVER,
        LATELY_HERE,
        LONG_AGO_HERE,
        LATELY_ELSEWHERE,
        LONG_AGO_ELSEWHERE,
        IN_THE_FUTURE_ELSEWHERE;

        private boolean isLately() {
            return this == LATELY_HERE || this == LATELY_ELSEWHERE || this == IN_THE_FUTURE_ELSEWHERE;
        }
    }

    static Stream<Arguments> everyCase() {
        List<List<Prior>> open = List.of(
                List.of(),
                List.of(Prior.ABSENT),
                List.of(Prior.UNKNOWN),
                List.of(Prior.PRESENT),
                List.of(Prior.PRESENT, Prior.UNKNOWN),
                List.of(Prior.PRESENT, Prior.UNKNOWN, Prior.ABSENT));
        return open.stream()
                .flatMap(inherited -> Arrays.stream(Prior.values())
                        .flatMap(seen -> Stream.of(true, false)
                                .flatMap(mayHaveRun -> Arrays.stream(Ended.values())
                                        .map(ended -> Arguments.of(inherited, seen, mayHaveRun, ended)))));
    }

    @ParameterizedTest
    @MethodSource("everyCase")
    void of_whenAskedInAnyCase_followsTheRules(List<Prior> inherited, Prior seen, boolean mayHaveRun, Ended ended) {
        if (ended == Ended.LATELY_HERE || ended == Ended.LONG_AGO_HERE) {
            priorAccess.ending(key, () -> {});
        }
        clock.advance(ended == Ended.LONG_AGO_HERE ? SETTLE_TIME.plusNanos(1) : SETTLE_TIME);
        List<Grant> open = new ArrayList<>();
        inherited.forEach(prior -> open.add(Samples.openGrant(prior)));
        Instant now = clock.instant();
        AccessRequest<TargetSnapshot> request = request()
                .openGrants(open)
                .mayHaveRun(mayHaveRun)
                .lastEndedAt(
                        switch (ended) {
                            case LATELY_ELSEWHERE -> Optional.of(now.minus(SETTLE_TIME));
                            case LONG_AGO_ELSEWHERE ->
                                Optional.of(now.minus(SETTLE_TIME).minusNanos(1));
                            case IN_THE_FUTURE_ELSEWHERE -> Optional.of(now.plusSeconds(3_600));
                            default -> Optional.empty();
                        })
                .build();

        assertThat(priorAccess.of(request, key, seen)).isEqualTo(expected(inherited, seen, mayHaveRun, ended));
    }

    /** Whoever is PRESENT keeps the access for ever, so nothing may speak against it. */
    private static Prior expected(List<Prior> inherited, Prior seen, boolean mayHaveRun, Ended ended) {
        if (inherited.contains(Prior.ABSENT)) {
            return Prior.ABSENT;
        }
        if (inherited.isEmpty() && seen != Prior.PRESENT) {
            return seen;
        }
        boolean someoneDoubts =
                inherited.contains(Prior.UNKNOWN) || seen == Prior.ABSENT || mayHaveRun || ended.isLately();
        return someoneDoubts ? Prior.UNKNOWN : Prior.PRESENT;
    }

    @Test
    void of_whenOpenGrantsAreOfOtherAccess_ignoresThem() {
        AccessRequest<TargetSnapshot> request = request()
                .addOpenGrants(
                        Samples.openGrant().toBuilder().principalId("AIDAGRACE").build(),
                        Samples.openGrant().toBuilder()
                                .scope(Samples.otherScope())
                                .build())
                .build();

        assertThat(priorAccess.of(request, key, Prior.PRESENT)).isEqualTo(Prior.PRESENT);
    }

    /** Prepared again, with its own stored grant among the open ones: what a read shows now is what that grant gave. */
    @Test
    void of_whenOwnGrantIsAmongTheOpenOnes_believesIt() {
        AccessRequest<TargetSnapshot> request =
                request().addOpenGrants(Samples.grantedGrant()).build();

        assertThat(priorAccess.of(request, key, Prior.PRESENT)).isEqualTo(Prior.ABSENT);
    }

    /** It was there before the open grant and was taken away since: were it PRESENT, what this request gives would never end. */
    @Test
    void of_whenAccessOfAnOpenGrantIsGone_isNotPresent() {
        AccessRequest<TargetSnapshot> request =
                request().addOpenGrants(Samples.openGrant(Prior.PRESENT)).build();

        assertThat(priorAccess.of(request, key, Prior.ABSENT)).isEqualTo(Prior.UNKNOWN);
    }

    @Test
    void of_whenAnotherAccessWasEnded_isNotTouched() {
        priorAccess.ending(GrantKey.of(Samples.otherScope(), "AIDAADA", Samples.target()), () -> {});

        assertThat(priorAccess.of(request().build(), key, Prior.PRESENT)).isEqualTo(Prior.PRESENT);
    }

    /** What happened here is measured by the monotonic clock. */
    @Test
    void of_whenWallClockIsSet_remembersAllTheSame() {
        priorAccess.ending(key, () -> {});
        clock.set(clock.instant().plus(Duration.ofDays(1)));
        assertThat(priorAccess.of(request().build(), key, Prior.PRESENT)).isEqualTo(Prior.UNKNOWN);

        clock.set(clock.instant().minus(Duration.ofDays(2)));
        clock.advance(SETTLE_TIME.plusNanos(1));
        assertThat(priorAccess.of(request().build(), key, Prior.PRESENT)).isEqualTo(Prior.PRESENT);
    }

    @Test
    void ending_whenCalledAgain_countsFromTheLaterOne() {
        GrantKey other = GrantKey.of(Samples.scope(), "AIDAGRACE", Samples.target());
        priorAccess.ending(key, () -> {});
        clock.advance(SETTLE_TIME);
        priorAccess.ending(key, () -> {});
        clock.advance(SETTLE_TIME);
        priorAccess.ending(other, () -> {});

        assertThat(priorAccess.of(request().build(), key, Prior.PRESENT)).isEqualTo(Prior.UNKNOWN);
        clock.advance(Duration.ofNanos(1));
        assertThat(priorAccess.of(request().build(), key, Prior.PRESENT)).isEqualTo(Prior.PRESENT);
    }

    /** Attempts at a call can last longer than the settle time, and the last of them may be the one that takes effect. */
    @Test
    void of_whileAnEndIsUnderWay_isNotPresentHoweverLongThatTakes() {
        priorAccess.ending(key, () -> {
            clock.advance(SETTLE_TIME.multipliedBy(2));
            priorAccess.ending(GrantKey.of(Samples.scope(), "AIDAGRACE", Samples.target()), () -> {});
            priorAccess.ending(key, () -> clock.advance(SETTLE_TIME));
            clock.advance(SETTLE_TIME.multipliedBy(2));

            assertThat(priorAccess.of(request().build(), key, Prior.PRESENT)).isEqualTo(Prior.UNKNOWN);
        });
    }

    @Test
    void ending_whenClosedTwice_isOverOnce() {
        PriorAccess.UnderWay first = priorAccess.ending(key);
        PriorAccess.UnderWay second = priorAccess.ending(key);
        first.close();
        first.close();
        clock.advance(SETTLE_TIME.multipliedBy(2));
        assertThat(priorAccess.of(request().build(), key, Prior.PRESENT))
                .as("the second is still under way")
                .isEqualTo(Prior.UNKNOWN);

        second.close();
        clock.advance(SETTLE_TIME.plusNanos(1));
        assertThat(priorAccess.of(request().build(), key, Prior.PRESENT)).isEqualTo(Prior.PRESENT);
    }

    @Test
    void of_whenAnEndFailed_countsItUntilTheSettleTimeHasPassed() {
        assertThatThrownBy(() -> priorAccess.ending(key, () -> {
                    clock.advance(SETTLE_TIME.multipliedBy(2));
                    throw new IllegalStateException("lost");
                }))
                .hasMessage("lost");

        clock.advance(SETTLE_TIME);
        assertThat(priorAccess.of(request().build(), key, Prior.PRESENT)).isEqualTo(Prior.UNKNOWN);
        clock.advance(Duration.ofNanos(1));
        assertThat(priorAccess.of(request().build(), key, Prior.PRESENT)).isEqualTo(Prior.PRESENT);
    }

    @Test
    void of_whenSettleTimeIsLongerThanNanosecondsCount_doesNotOverflow() {
        PriorAccess patient = new PriorAccess(Samples.connectorClock(clock), Duration.ofDays(365 * 1_000));
        patient.ending(key, () -> {});
        patient.ending(GrantKey.of(Samples.scope(), "AIDAGRACE", Samples.target()), () -> {});
        clock.advance(Duration.ofDays(1));
        AccessRequest<TargetSnapshot> request =
                request().lastEndedAt(clock.instant()).build();

        assertThat(patient.of(request, key, Prior.PRESENT)).isEqualTo(Prior.UNKNOWN);
    }

    @Test
    void new_whenSettleTimeIsNegative_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PriorAccess(Samples.connectorClock(clock), Duration.ofNanos(-1)))
                .withMessage("settleTime must not be negative, but is PT-0.000000001S.");
    }
}
