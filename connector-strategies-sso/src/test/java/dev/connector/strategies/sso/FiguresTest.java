package dev.connector.strategies.sso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.strategies.sso.ChangeResult.End;
import dev.connector.strategies.sso.World.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How close the queue comes to what AWS allows, in virtual time, with 40 ms for each call. */
class FiguresTest {

    private static final AssignmentLimits ALL_SLOTS = AssignmentLimits.DEFAULT.withReservedRevocationSlots(0);
    private static final double MEAN_SECONDS = 5;

    private final World world = new World(2);

    private static void submit(Program program, int from, int to, IntFunction<AssignmentChange> change) {
        for (int user = from; user < to; user++) {
            program.submit(change.apply(user));
        }
    }

    private static double floor(int changes) {
        return changes * MEAN_SECONDS / 10;
    }

    private static void assertAllDone(Program program, int changes) {
        assertThat(program.results).hasSize(changes);
        assertThat(program.results.values()).allMatch(result -> result.is(End.SUCCEEDED));
    }

    private static double lastEnd(Program program) {
        return program.endedAt.values().stream().mapToDouble(end -> end).max().orElseThrow();
    }

    @Test
    void thousandGrants_withAllSlots_takeLittleMoreThanAwsDoes() {
        Program program = world.program(ALL_SLOTS);

        submit(program, 0, 1_000, Samples::grant);
        world.run();

        assertAllDone(program, 1_000);
        assertThat(lastEnd(program)).isLessThan(1.06 * floor(1_000));
        assertThat(world.aws.calls).isLessThanOrEqualTo(2_600);
        assertThat(world.aws.throttled).isZero();
        assertThat(world.aws.describes).isZero();
    }

    @Test
    void thousandGrants_withASlotKeptForRevocations_takeOneTenthMore() {
        Program program = world.program(AssignmentLimits.DEFAULT);

        submit(program, 0, 1_000, Samples::grant);
        world.run();

        assertAllDone(program, 1_000);
        assertThat(lastEnd(program)).isLessThan(1.17 * floor(1_000));
        assertThat(world.aws.throttled).isZero();
        assertThat(world.aws.mostOutstanding).isEqualTo(9);
    }

    @Test
    void thousandRevocations_inTheSameSecond_areAllDone() {
        Program program = world.program(AssignmentLimits.DEFAULT);

        submit(program, 0, 1_000, Samples::revocation);
        world.run();

        assertAllDone(program, 1_000);
        assertThat(lastEnd(program)).isLessThan(1.06 * floor(1_000));
        assertThat(world.aws.throttled).isZero();
    }

    @Test
    void urgentRevocation_behindThousandGrants_isSentAtOnce() {
        Program program = world.program(AssignmentLimits.DEFAULT);
        List<Ticket> urgent = new ArrayList<>();
        world.aws.sigma = 0;

        submit(program, 0, 1_000, Samples::grant);
        for (int each = 1; each <= 10; each++) {
            int user = 2_000 + each;
            world.at(20 * each, () -> urgent.add(program.submit(Samples.urgentRevocation(user))));
        }
        world.run();

        assertAllDone(program, 1_010);
        for (int each = 1; each <= 10; each++) {
            assertThat(program.endOf(urgent.get(each - 1)) - 20 * each).isLessThan(MEAN_SECONDS + 1);
        }
    }

    @Test
    void threePrograms_thatKnowNothingOfEachOther_shareTheQuota() {
        List<Program> programs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Program program = world.program(AssignmentLimits.DEFAULT);
            programs.add(program);
            submit(program, i * 333, (i + 1) * 333, Samples::grant);
        }

        world.run();

        programs.forEach(program -> assertAllDone(program, 333));
        assertThat(programs.stream().mapToDouble(FiguresTest::lastEnd).max().orElseThrow())
                .isLessThan(1.25 * floor(999));
        assertThat(world.aws.mostOutstanding).isEqualTo(10);
        assertThat(world.aws.throttled).isLessThan(999);
    }

    @ParameterizedTest
    @CsvSource({"10,true", "10,false", "15,true", "15,false"})
    void bothDirections_whicheverWayAwsCounts_areDoneWithoutThrottling(int limit, boolean shared) {
        world.aws.limit = limit;
        world.aws.shared = shared;
        Program program = world.program(AssignmentLimits.DEFAULT);

        submit(program, 0, 200, Samples::grant);
        submit(program, 200, 400, Samples::revocation);
        world.run();

        assertAllDone(program, 400);
        assertThat(world.aws.throttled).isZero();
        assertThat(lastEnd(program)).isLessThan(1.17 * floor(400));
    }

    @ParameterizedTest
    @CsvSource({"10,true", "10,false", "15,true", "15,false"})
    void bothDirections_withAQuotaSetTooHigh_adaptToAws(int limit, boolean shared) {
        world.aws.limit = limit;
        world.aws.shared = shared;
        Program program = world.program(AssignmentLimits.DEFAULT.withOutstandingChanges(40));

        submit(program, 0, 200, Samples::grant);
        submit(program, 200, 400, Samples::revocation);
        world.run();

        assertAllDone(program, 400);
        assertThat(lastEnd(program)).isLessThan(1.17 * floor(400));
        assertThat(world.aws.throttled).isLessThan(400);
    }

    /** So short that the calls are what there is not enough of. */
    @Test
    void thousandGrants_thatTakeNoTime_areBoundByTheRateAlone() {
        world.aws.meanSeconds = 0.05;
        Program program = world.program(AssignmentLimits.DEFAULT);

        submit(program, 0, 1_000, Samples::grant);
        world.run();

        assertAllDone(program, 1_000);
        assertThat(lastEnd(program)).isLessThan(1.06 * world.aws.calls / 20);
        assertThat(world.aws.throttled).isZero();
    }
}
