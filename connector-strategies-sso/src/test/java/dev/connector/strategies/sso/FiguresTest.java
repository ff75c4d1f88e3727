package dev.connector.strategies.sso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.strategies.sso.ChangeResult.End;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How close the queue comes to what AWS allows, in virtual time. */
class FiguresTest {

    private static final AssignmentLimits ALL_SLOTS = AssignmentLimits.DEFAULT.withReservedRevocationSlots(0);
    private static final double FLOOR = 1_000 * 5.0 / 10;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void probe(long seed) {
        for (double latency : new double[] {0, 0.02, 0.04, 0.08}) {
            StringBuilder line = new StringBuilder("seed " + seed + " lat " + latency);
            for (int mode = 0; mode < 4; mode++) {
                World world = new World(seed);
                world.latency = (long) (latency * 1e9);
                List<World.Program> processes = new ArrayList<>();
                AssignmentLimits limits = mode == 1 ? AssignmentLimits.DEFAULT : ALL_SLOTS;
                if (mode == 3) limits = AssignmentLimits.DEFAULT;
                for (int p = 0; p < (mode == 3 ? 3 : 1); p++) processes.add(world.program(limits));
                int n = mode == 3 ? 333 : 1000;
                int[] offset = {0};
                for (World.Program process : processes) {
                    IntStream.range(0, n)
                            .mapToObj(user -> mode(offset[0] + user))
                            .forEach(process::submit);
                    offset[0] += n;
                }
                if (mode == 2) {}
                world.run();
                double end = 0;
                for (World.Program process : processes) {
                    assertThat(process.results).hasSize(n);
                    assertThat(process.results.values()).allMatch(r -> r.is(End.SUCCEEDED));
                    end = Math.max(end, process.endedAt.values().stream().mapToDouble(d -> d).max().orElseThrow());
                }
                double sum = world.aws.requests.values().stream().mapToDouble(r -> (r.until - r.from) / 1e9).sum();
                line.append(String.format(java.util.Locale.ROOT, " | %.3f (real %.3f) c %.2f t %d", end / FLOOR / (n * processes.size()) * 1000, end / (sum / 10), world.aws.calls / (double) (n * processes.size()), world.aws.throttled));
            }
            System.err.println(line);
        }
    }

    private static AssignmentChange mode(int user) {
        return Samples.grant(user);
    }
}
